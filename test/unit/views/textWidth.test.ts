import assert from 'node:assert/strict';
import test from 'node:test';
import { textWidth } from '../../../src/views/tree/textWidth';
import { DEJAVU_SANS, dejaVuWidth } from '../../support/dejaVuSans';

test('no character is wider than it is taken for, and a name is taken for at most a tenth wider', () => {
  for (const [character, width] of Object.entries(DEJAVU_SANS)) {
    assert.ok(textWidth(character) >= width, `${character}: ${textWidth(character)}, not ${width}`);
  }
  for (const name of [
    'Dedalus Cloud Services',
    'dm-database-keen-dingo',
    'Own cloud (BYOC)',
    '96,328 credit cents',
  ]) {
    assert.ok(
      textWidth(name) <= 1.1 * dejaVuWidth(name),
      `${name}: ${textWidth(name)}, ${dejaVuWidth(name)}`,
    );
  }
});
