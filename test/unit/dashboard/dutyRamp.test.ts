import assert from 'node:assert/strict';
import test from 'node:test';
import { dutyRamp } from '../../../webview/dashboard/duty/dutyRamp';
import { contrast, distance, GRAPHIC_CONTRAST, parseColour } from '../../../webview/dashboard/parts/palette';

const BLACK = { red: 0, green: 0, blue: 0 };

/** Background, blue and foreground of themes that come with VS Code. */
const THEMES = {
  'dark modern': ['#1f1f1f', '#3794ff', '#cccccc'],
  'light modern': ['#ffffff', '#1a85ff', '#3b3b3b'],
  'solarized dark': ['#002b36', '#268bd2', '#839496'],
};

for (const [theme, texts] of Object.entries(THEMES)) {
  const [background = BLACK, hue = BLACK, foreground = BLACK] = texts.map((text) => parseColour(text, BLACK));
  const ramp = dutyRamp(background, hue, foreground);

  test(`${theme}: every ten percents look equally far apart`, () => {
    const steps = Array.from({ length: 10 }, (_, index) =>
      distance(ramp[index * 10] ?? BLACK, ramp[index * 10 + 10] ?? BLACK),
    );
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    assert.ok(mean > 0.03, `steps of ${mean} can hardly be told apart`);
    for (const step of steps) {
      assert.ok(step / mean > 0.75 && step / mean < 1.25, `${step} is not ${mean}`);
    }
  });

  test(`${theme}: more stands out more, and nothing at all still stands out from an empty cell`, () => {
    const contrasts = ramp.map((colour) => contrast(colour, background));
    for (const [index, higher] of contrasts.slice(1).entries()) {
      assert.ok(higher >= (contrasts[index] ?? 0));
    }
    assert.ok((contrasts[0] ?? 0) > 1.2);
    assert.ok((contrasts[100] ?? 0) > GRAPHIC_CONTRAST);
  });
}
