import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { CHECKOUT } from '../../../scripts/checkout';
import { isPicture } from '../../../src/platform/picture';

const icon = readFileSync(join(CHECKOUT, 'media', 'icon.png'));

test('a PNG picture is one', () => {
  assert.ok(isPicture(icon));
});

test('anything else is not, nor is a picture beyond 20 MB', () => {
  assert.ok(!isPicture(new Uint8Array(0)));
  assert.ok(!isPicture(icon.subarray(1)));
  assert.ok(!isPicture(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')));
  const large = new Uint8Array(20 * 1024 ** 2 + 1);
  large.set(icon);
  assert.ok(!isPicture(large));
  assert.ok(isPicture(large.subarray(0, -1)));
});
