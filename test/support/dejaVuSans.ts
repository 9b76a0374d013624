/** Widths of characters in DejaVu Sans of 13 px, as Chromium measures them on a canvas; CSS pixels. */
export const DEJAVU_SANS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      [3.6, "'ijl"],
      [3.8, 'IJ'],
      [4.1, ' ,.·'],
      [4.4, '/:;\\|'],
      [4.6, 'f'],
      [4.7, '-'],
      [5.1, '()[]t'],
      [5.2, '!'],
      [5.3, 'r'],
      [6, '"'],
      [6.5, '*_`–'],
      [6.8, 'sz'],
      [6.9, '?'],
      [7.1, 'c'],
      [7.2, 'L'],
      [7.5, 'Fk'],
      [7.7, 'vxy'],
      [7.8, 'P'],
      [7.9, 'TY'],
      [8, 'aeo'],
      [8.2, 'Ehnu'],
      [8.3, '$0123456789Sbdgpq{}'],
      [8.5, 'K'],
      [8.9, 'ABVX'],
      [9, 'RZ'],
      [9.1, 'C'],
      [9.5, 'U'],
      [9.7, 'N'],
      [9.8, 'H'],
      [10, 'D'],
      [10.1, '&G'],
      [10.2, 'OQ'],
      [10.6, 'w'],
      [10.9, '#+<=>^~≈≥'],
      [11.2, 'M'],
      [12.4, '%'],
      [12.7, 'm'],
      [12.9, 'W'],
      [13, '@…—'],
    ] as const
  ).flatMap(([width, characters]) => Array.from(characters, (character) => [character, width] as const)),
);

/** The width of a text of these characters, without kerning. */
export function dejaVuWidth(text: string): number {
  return Array.from(text).reduce((all, character) => {
    const width = DEJAVU_SANS[character];
    if (width === undefined) throw new Error(`The width of ${JSON.stringify(character)} was not measured`);
    return all + width;
  }, 0);
}
