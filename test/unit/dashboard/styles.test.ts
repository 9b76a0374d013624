import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { CHECKOUT } from '../../../scripts/checkout';

const FOLDER = join(CHECKOUT, 'webview', 'dashboard', 'styles');

for (const file of readdirSync(FOLDER)) {
  test(`${file} takes every colour from the theme`, () => {
    const literal =
      /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|oklab|color)\(|:\s*(?:white|black|gr[ae]y|red)\b/giu;
    assert.deepEqual(readFileSync(join(FOLDER, file), 'utf8').match(literal) ?? [], []);
  });
}
