/** Pixels as red, green and blue bytes, one after the other. */
type Pixels = Uint8Array;

/**
 * The same picture with fewer colours: one that is nearer than `distance` to a more frequent one becomes that one. So no
 * pixel moves farther than that, in steps of 255 of red, green and blue, however rare its colour is.
 */
export function fewerColours(pixels: Pixels, distance: number): Pixels {
  const kept: number[] = [];
  const becomes = new Map<number, number>();
  for (const colour of byFrequency(pixels)) {
    const nearest = nearestOf(kept, colour);
    if (nearest !== undefined && apart(nearest, colour) < distance ** 2) {
      becomes.set(colour, nearest);
    } else {
      kept.push(colour);
      becomes.set(colour, colour);
    }
  }
  const result = new Uint8Array(pixels.length);
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = becomes.get(colourAt(pixels, at)) ?? 0;
    result.set([colour >> 16, (colour >> 8) & 255, colour & 255], at);
  }
  return result;
}

function byFrequency(pixels: Pixels): number[] {
  const counts = new Map<number, number>();
  for (let at = 0; at < pixels.length; at += 3) {
    const colour = colourAt(pixels, at);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([colour]) => colour);
}

function colourAt(pixels: Pixels, at: number): number {
  return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
}

function nearestOf(colours: readonly number[], colour: number): number | undefined {
  let nearest: number | undefined;
  for (const other of colours) {
    if (nearest === undefined || apart(other, colour) < apart(nearest, colour)) {
      nearest = other;
    }
  }
  return nearest;
}

/** The square of their distance. */
function apart(a: number, b: number): number {
  return [16, 8, 0].reduce((sum, shift) => sum + (((a >> shift) & 255) - ((b >> shift) & 255)) ** 2, 0);
}
