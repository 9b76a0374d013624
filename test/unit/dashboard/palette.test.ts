import assert from 'node:assert/strict';
import test from 'node:test';
import {
  type Colour,
  contrast,
  distance,
  GRAPHIC_CONTRAST,
  othersColour,
  parseColour,
  seriesColours,
  TEXT_CONTRAST,
  toCss,
  visibleOn,
} from '../../../webview/dashboard/parts/palette';

const BLACK: Colour = { red: 0, green: 0, blue: 0 };
const WHITE: Colour = { red: 255, green: 255, blue: 255 };

function colour(text: string): Colour {
  const read = parseColour(text, WHITE);
  assert.ok(read, text);
  return read;
}

/** Background, foreground and `charts.*` (blue, orange, green, purple, yellow) of the themes that come with VS Code. */
const THEMES = {
  'dark modern': ['#1f1f1f', '#cccccc', '#3794ff', '#d18616', '#89d185', '#b180d7', '#cca700'],
  'light modern': ['#ffffff', '#3b3b3b', '#1a85ff', '#d18616', '#388a34', '#652d90', '#bf8803'],
  'high contrast': ['#000000', '#ffffff', '#3794ff', '#ab5a00', '#89d185', '#b180d7', '#ffd370'],
  'high contrast light': ['#ffffff', '#292929', '#1a85ff', '#0f4a85', '#374e06', '#652d90', '#895503'],
};

/**
 * How linear sRGB looks with protanopia and deuteranopia: Viénot, Brettel, Mollon, Digital video colourmaps for checking the
 * legibility of displays by dichromats (1999), for sRGB. With tritanopia: Machado, Oliveira, Fernandes (2009), severity 1.
 */
const SIGHTS = {
  protanopia: [0.11238, 0.88762, 0, 0.11238, 0.88762, 0, 0.00401, -0.00401, 1],
  deuteranopia: [0.29275, 0.70725, 0, 0.29275, 0.70725, 0, -0.02234, 0.02234, 1],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

function seenWith(matrix: readonly number[], { red, green, blue }: Colour): Colour {
  const linear = [red, green, blue].map((part) =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  const [r = 0, g = 0, b = 0] = [0, 3, 6].map((row) => {
    const sum = linear.reduce((all, part, column) => all + part * (matrix[row + column] ?? 0), 0);
    const part = Math.max(0, Math.min(sum, 1));
    return 255 * (part <= 0.0031308 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055);
  });
  return { red: r, green: g, blue: b };
}

for (const [theme, texts] of Object.entries(THEMES)) {
  const [background = WHITE, foreground = BLACK, ...hues] = texts.map(colour);

  test(`${theme}: eight machines have colours that stand out from the background and from each other`, () => {
    const colours = seriesColours(hues, background, foreground, 8);
    for (const [index, one] of colours.entries()) {
      assert.ok(contrast(one, background) >= GRAPHIC_CONTRAST, `${toCss(one)} is too faint`);
      for (const other of colours.slice(index + 1)) {
        assert.ok(distance(one, other) > 0.06, `${toCss(one)} looks like ${toCss(other)}`);
      }
    }
  });

  for (const [sight, matrix] of Object.entries(SIGHTS)) {
    test(`${theme}: eight machines and the others are told apart with ${sight}`, () => {
      const series = [
        ...seriesColours(hues, background, foreground, 8),
        othersColour(background, foreground),
      ].map((own) => seenWith(matrix, own));
      for (const [index, one] of series.entries()) {
        for (const [place, other] of series.slice(index + 1).entries()) {
          const apart = distance(one, other);
          assert.ok(apart > 0.055, `${index} and ${index + 1 + place} are ${apart.toFixed(3)} apart`);
        }
      }
    });
  }

  test(`${theme}: twelve machines have twelve colours`, () => {
    const colours = seriesColours(hues, background, foreground, 12);
    assert.equal(new Set(colours.map((own) => toCss(own))).size, 12);
  });
}

test('the largest machine has the theme’s own first hue', () => {
  const [first] = seriesColours([colour('#3794ff'), colour('#d18616')], BLACK, WHITE, 2);
  assert.equal(first && toCss(first), 'rgb(55 148 255)');
});

test('a theme without chart colours still gives every machine a colour that can be seen', () => {
  assert.deepEqual(seriesColours([], BLACK, WHITE, 2), [WHITE, WHITE]);
});

test('a hue too faint for the background is strengthened', () => {
  const [seen] = seriesColours([colour('#ffffe0')], WHITE, BLACK, 1);
  assert.ok(seen && contrast(seen, WHITE) >= GRAPHIC_CONTRAST);
});

test('a label too faint to be read is strengthened further than a mark', () => {
  const faint = colour('#888888');
  assert.deepEqual(visibleOn(faint, WHITE, BLACK), faint);
  assert.ok(contrast(visibleOn(faint, WHITE, BLACK, TEXT_CONTRAST), WHITE) >= 4.5);
});

test('the forms in which a theme writes colours are understood', () => {
  assert.deepEqual(parseColour(' #FF8000 ', BLACK), { red: 255, green: 128, blue: 0 });
  assert.deepEqual(parseColour('#f80', BLACK), { red: 255, green: 136, blue: 0 });
  assert.deepEqual(parseColour('rgb(255, 128, 0)', BLACK), { red: 255, green: 128, blue: 0 });
  assert.deepEqual(parseColour('rgb(100% 50% 0%)', BLACK), { red: 255, green: 127.5, blue: 0 });
});

test('a transparent colour is what it looks like on its background', () => {
  assert.deepEqual(parseColour('rgba(255, 255, 255, 0.5)', BLACK), { red: 127.5, green: 127.5, blue: 127.5 });
  assert.deepEqual(parseColour('#ffffff00', BLACK), BLACK);
});

test('anything else is refused rather than guessed', () => {
  for (const text of ['', 'red', '#12345', 'rgb(1, 2)', 'rgb(a, b, c)', 'url(#ffffff)']) {
    assert.equal(parseColour(text, BLACK), undefined, text);
  }
});
