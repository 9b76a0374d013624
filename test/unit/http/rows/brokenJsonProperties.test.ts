import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { brokenAt } from '../../../../src/http/rows/brokenJson';
import { runs } from '../../../support/runs';
import { jsonText } from '../jsonTexts';

/** What the engine says of a text: where it is broken, as far as it tells. */
function verdict(text: string): 'whole' | 'ends' | 'broken' | number {
  try {
    JSON.parse(text);
    return 'whole';
  } catch (error) {
    const message = String(error);
    const place = /at position (\d+)/.exec(message)?.[1];
    if (message.includes('Unexpected end') || Number(place) === text.length) {
      return 'ends';
    }
    return place === undefined ? 'broken' : Number(place);
  }
}

test('whole texts, and all that a text begins with, are not broken', () => {
  fc.assert(
    fc.property(jsonText, fc.nat(), (text, end) => {
      const bytes = Buffer.from(text);
      assert.equal(brokenAt(bytes), undefined);
      assert.equal(brokenAt(bytes.subarray(0, end % bytes.length)), undefined);
    }),
    { numRuns: runs(2000) },
  );
});

test('a broken text is broken where the engine says, and what comes before is not', () => {
  const change = fc.constantFrom(...Array.from('{}[],:"\\ 0-.exé\n\u0001'));
  let told = 0;
  fc.assert(
    fc.property(jsonText, fc.nat(), change, (text, place, character) => {
      const at = place % text.length;
      const broken = `${text.slice(0, at)}${character}${text.slice(at + 1)}`.toWellFormed();
      const expected = verdict(broken);
      const found = brokenAt(Buffer.from(broken));
      if (expected === 'whole' || expected === 'ends') {
        assert.equal(found, undefined);
        return;
      }
      assert.ok(found !== undefined, broken);
      assert.equal(brokenAt(Buffer.from(broken).subarray(0, found)), undefined);
      if (typeof expected === 'number') {
        // Of a number, a word or an escape the engine tells the inside.
        const end = Buffer.byteLength(broken.slice(0, expected));
        assert.match(Buffer.from(broken).toString('utf8', found, end), /^[-+.\\\w]*$/);
        assert.ok(found <= end);
        told += 1;
      }
    }),
    { numRuns: runs(5000) },
  );
  assert.ok(told > runs(100));
});
