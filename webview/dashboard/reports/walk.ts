/** The place of a focusable item in a table. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/**
 * Where an arrow key, Home or End leads from a place, with `places` sorted by row: left and right within the row, up and
 * down to the nearest column of the next row that has a place. Undefined for other keys and at the edges.
 */
export function placeAfterKey<T extends Place>(key: string, from: T, places: readonly T[]): T | undefined {
  const inRow = places.filter(({ row }) => row === from.row);
  switch (key) {
    case 'ArrowLeft':
      return inRow.filter(({ column }) => column < from.column).at(-1);
    case 'ArrowRight':
      return inRow.find(({ column }) => column > from.column);
    case 'ArrowUp':
      return nearest(from, lineAt(places, places.filter(({ row }) => row < from.row).at(-1)));
    case 'ArrowDown':
      return nearest(
        from,
        lineAt(
          places,
          places.find(({ row }) => row > from.row),
        ),
      );
    case 'Home':
      return nearest(from, lineAt(places, places[0]));
    case 'End':
      return nearest(from, lineAt(places, places.at(-1)));
    default:
      return undefined;
  }
}

/** The place nearest to one that is gone: in its row if that is still there, else in the last row before it. */
export function placeNear<T extends Place>(gone: Place, places: readonly T[]): T | undefined {
  const line = lineAt(places, places.filter(({ row }) => row <= gone.row).at(-1) ?? places[0]);
  return nearest(gone, line);
}

function lineAt<T extends Place>(places: readonly T[], one: T | undefined): T[] {
  return places.filter(({ row }) => row === one?.row);
}

function nearest<T extends Place>({ column }: Place, line: readonly T[]): T | undefined {
  const away = (place: Place): number => Math.abs(place.column - column);
  return line.reduce<T | undefined>(
    (best, place) => (best === undefined || away(place) < away(best) ? place : best),
    undefined,
  );
}
