import assert from 'node:assert/strict';
import test from 'node:test';
import { RowCutter } from '../../../src/http/rows';
import { cut, cutText } from './cutting';
import { chunksOf } from './jsonTexts';

test('the name counts at the top level alone, and once', () => {
  assert.deepEqual(cutText('{"a":{"rows":[1]},"b":"\\"rows\\":[2]","rows":[3],"c":[{"rows":[4]}]}'), [3]);
  const malformed = { kind: 'malformed', path: 'reply.rows', expected: 'list' };
  for (const text of ['{"rows":[1],"rows":[1]}', '{"rows":null,"r\\u006fws":[1]}', '{}', '{"rows":{}}']) {
    assert.deepEqual(cutText(text), malformed, text);
  }
  assert.deepEqual(cutText('[{"rows":[]}]'), { kind: 'malformed', path: 'reply', expected: 'object' });
});

test('what is not JSON is told with its first byte that is not', () => {
  const places: [string, number][] = [
    ['<html>Sign in</html>', 0],
    ['', 0],
    ['\ufeff', 0],
    ['\ufeff{"rows":[1,x]}', 14],
    [' \ufeff{"rows":[]}', 1],
    ['{"rows":[{"a":1},x]}', 17],
    ['{"rows":[{"a":1} {"a":2}]}', 17],
    ['{"rows":[{"ü":1},{"a":01}]}', 24],
    ['{"rows":[1,2,]}', 13],
    ['{"rows":[,1]}', 9],
    ['{"rows":[{"a":1}}]}', 16],
    ['{"rows":[{"a":1}]]', 17],
    ['{"rows":[{"a":1}],"b":tru}', 22],
    ['{"rows":[]} {}', 12],
  ];
  for (const [text, offset] of places) {
    for (const batchBytes of [1, 10, 1000]) {
      const expected = { kind: 'notJson', contentType: '', offset };
      assert.deepEqual(cutText(text, { batchBytes }), expected, `${text} by ${batchBytes}`);
    }
  }
});

test('a byte order mark before the reply is passed over, however the bytes are cut', () => {
  const bytes = Buffer.from('\ufeff{"a":1,"rows":[{"b":"\ufeff"},2]}');
  for (let cutAt = 0; cutAt < 8; cutAt += 1) {
    assert.deepEqual(cut(chunksOf(bytes, [cutAt])), [{ b: '\ufeff' }, 2]);
  }
  for (const text of ['\ufeff\ufeff{"rows":[]}', '{\ufeff"rows":[]}', '{"rows":[]}\ufeff']) {
    assert.ok(!Array.isArray(cutText(text)), JSON.stringify(text));
  }
});

test('what stands around the rows is handed over, before them or after', () => {
  const around = (text: string): unknown => {
    const cutter = new RowCutter(() => {});
    cutter.push(Buffer.from(text));
    return cutter.end();
  };
  assert.deepEqual(around('{"a":"b","rows":[{"c":1}],"d":[2]}'), { a: 'b', rows: [], d: [2] });
  assert.deepEqual(around('{"rows":null,"a":1}'), { rows: null, a: 1 });
});
