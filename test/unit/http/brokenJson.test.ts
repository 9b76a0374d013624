import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { brokenAt } from '../../../src/http/brokenJson';
import { jsonText } from './jsonTexts';

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

for (const text of [
  ...['', ' ', '{}', '[]', ' [ 1 , 2 ] ', '{"a":[],"b":{"c":[{}]}}', '[[],[1]]', '\t{\r\n"a" : null}\n'],
  ...['true', 'false', 'null', '0', '-0.5e+3', '1E5', '10.25e-7', '"\\u00e9\\n\\""', '"[,{é"'],
  ...['[', '[1', '[1,', '{', '{"a', '{"a"', '{"a":', '{"a":1', '{"a":1,', '[[1],', '-', '1.', '1e', '1e+'],
  ...['t', 'tru', 'fals', 'n', 'nul', '"', '"\\', '"\\u', '"\\u00e'],
]) {
  test(`“${text}” is whole, or begins well`, () => {
    assert.equal(brokenAt(Buffer.from(text)), undefined);
  });
}

for (const [text, place] of [
  ...([
    ['{,}', 1],
    ['[,1]', 1],
    ['[1,]', 3],
    ['[1,,2]', 3],
    ['{"a":1,}', 7],
    [',', 0],
    ['1,2', 1],
  ] as const),
  ...([
    ['[1 2]', 3],
    ['{"a":1 "b":2}', 7],
    ['[] []', 3],
    ['{"a" 1}', 5],
    ['{"a":}', 5],
    ['{"a"}', 4],
  ] as const),
  ...([
    ['[1:2]', 2],
    ['{"a"::1}', 5],
    ['{"a":1:2}', 6],
    [':', 0],
    ['["a":1]', 4],
  ] as const),
  ...([
    ['{1:2}', 1],
    ['{true:1}', 1],
    ['{{}:1}', 1],
    ['{"a":1,[]:2}', 7],
    ['{[]:1}', 1],
  ] as const),
  ...([
    [']', 0],
    ['[1}', 2],
    ['{"a":1]', 6],
    ['[]]', 2],
    ['[{"a":1}}', 8],
    ['}', 0],
    ['{]', 1],
    ['[}', 1],
  ] as const),
  ...([
    ['01', 1],
    ['+1', 0],
    ['.5', 0],
    ['1.x', 1],
    ['1.5.5', 3],
    ['1ex', 1],
    ['-x', 0],
    ['0x10', 1],
  ] as const),
  ...([
    ['trux', 0],
    ['tru ', 0],
    ['truee', 4],
    ['nil', 0],
    ['NULL', 0],
    ['undefined', 0],
    ['<p>', 0],
  ] as const),
  ...([
    ['"\\x"', 1],
    ['"a\\u00g0"', 2],
    ['"\\u00 "', 1],
    ['"a\nb"', 2],
    ['"a\u001f"', 2],
    ["'a'", 0],
  ] as const),
  ...([
    ['\f1', 0],
    ['\ufeff1', 0],
    ['{"é":x}', 6],
    ['["é" 1]', 6],
  ] as const),
]) {
  test(`“${text}” is broken at byte ${place}`, () => {
    assert.equal(brokenAt(Buffer.from(text)), place);
  });
}

test('bytes that stand within others are read alone', () => {
  assert.equal(brokenAt(Buffer.from('x[1,]x').subarray(1, 5)), 3);
});

test('whole texts, and all that a text begins with, are not broken', () => {
  fc.assert(
    fc.property(jsonText, fc.nat(), (text, end) => {
      const bytes = Buffer.from(text);
      assert.equal(brokenAt(bytes), undefined);
      assert.equal(brokenAt(bytes.subarray(0, end % bytes.length)), undefined);
    }),
    { numRuns: 2000 },
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
    { numRuns: 5000 },
  );
  assert.ok(told > 100);
});
