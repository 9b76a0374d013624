import assert from 'node:assert/strict';
import test from 'node:test';
import { brokenAt } from '../../../../src/http/rows/brokenJson';

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
