import assert from 'node:assert/strict';
import test from 'node:test';
import { RowCutter } from '../../../../src/http/rows/rows';
import { chunksOf } from '../jsonTexts';
import { cut, cutText } from './cutting';

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
    ['{"rows":5,[x]}', 10],
    ['{"ro\\x":1,"rows":[1]}', 4],
    ['{"a":x,"rows":[1,2,3]}', 5],
    ['{"rows":[1,2,3],"a":x}', 20],
  ];
  for (const [text, offset] of places) {
    for (const batchBytes of [1, 10, 1000]) {
      const expected = { kind: 'notJson', contentType: '', offset };
      assert.deepEqual(cutText(text, { batchBytes }), expected, `${text} by ${batchBytes}`);
    }
  }
});

test('the place is the same in whatever pieces the reply comes', () => {
  for (const [text, offset] of [
    ['{"a":1,"rows":[1,x]}', 17],
    ['{"rows":[1,2],"a":x}', 18],
  ] as const) {
    const pieces = Array.from({ length: text.length }, (_, at) => at);
    for (const cuts of [...pieces.map((at) => [at]), pieces]) {
      assert.deepEqual(cut(chunksOf(Buffer.from(text), cuts)), { kind: 'notJson', contentType: '', offset });
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

/** Rows of every form, with what could be taken for a border inside them. */
const ROWS = [
  '1',
  '"a,b"',
  '"]"',
  '"}"',
  '["\\\\"]',
  '"\\"]"',
  '["],[",1]',
  '{"a":"},{"}',
  '[[1,2],{"b":[3]}]',
  'null',
  '{}',
];
const READ = [1, 'a,b', ']', '}', ['\\'], '"]', ['],[', 1], { a: '},{' }, [[1, 2], { b: [3] }], null, {}];

test('rows of every form are told apart, whatever is parsed at once', () => {
  for (const separator of [',', ' , ', '\r\t\n,\r\t\n']) {
    const text = `{ "rows" : [ ${ROWS.join(separator)} ] , "a" : [ "rows" ] }`;
    for (let batchBytes = 1; batchBytes <= text.length + 1; batchBytes += 1) {
      assert.deepEqual(cutText(text, { batchBytes }), READ, `by ${batchBytes}`);
    }
    for (let size = 1; size < 20; size += 1) {
      const cuts = Array.from({ length: Math.ceil(text.length / size) }, (_, at) => at * size);
      assert.deepEqual(
        cut(chunksOf(Buffer.from(text), cuts), { batchBytes: 10 }),
        READ,
        `in pieces of ${size}`,
      );
    }
  }
});

test('each row alone, and none, come out as well', () => {
  ROWS.forEach((row, at) => {
    for (const batchBytes of [1, 1000]) {
      assert.deepEqual(cutText(`{"rows":[${row}]}`, { batchBytes }), [READ[at]]);
    }
  });
  assert.deepEqual(cutText('{"rows":[]}'), []);
  assert.deepEqual(cutText('\n{"rows" : null }'), []);
});

test('the list is the one whose name stands before it, and nothing else', () => {
  for (const [text, rows] of [
    ['{"a":"rows","b":["rows",[2]],"rows":[1]}', [1]],
    ['{"rows\\\\":[2],"a\\"rows":[3],"rows":[1]}', [1]],
    ['{"rows":[1],"a":"rows"}', [1]],
    ['{"a":{"x":1,"rows":[9]},"rows":[1]}', [1]],
    ['{"a":[1,"rows"],"rows":[1]}', [1]],
    ['{"a":[[2]],"b":{"c":{"rows":[2]}},"rows":[1],"d":{"rows":[2]}}', [1]],
    ['{"row":[2],"rows2":[2],"Rows":[2],"":[2],"rows":[1]}', [1]],
  ] as const) {
    assert.deepEqual(cutText(text), rows, text);
  }
  for (const value of ['"x"', '5', '5,"a":[1]', '{"rows":[1]}', '{"a":[1]}', 'true', 'false']) {
    assert.deepEqual(cutText(`{"rows":${value}}`), {
      ...{ kind: 'malformed', path: 'reply.rows', expected: 'list' },
    });
  }
  for (const text of ['[]', '["rows",[1]]', '"rows"', '1', 'null']) {
    assert.deepEqual(cutText(text), { kind: 'malformed', path: 'reply', expected: 'object' }, text);
  }
});

test('what ends too early is cut there, in the rows and around them', () => {
  const text = '{"a":{"b":"c"},"rows":[{"d":"\\"]"},[1,2],3],"e":[4]}';
  for (let length = 1; length < text.length; length += 1) {
    for (const batchBytes of [1, 1000]) {
      assert.deepEqual(cutText(text.slice(0, length), { batchBytes }), { kind: 'cut', offset: length });
    }
  }
});

test('as many rows as are allowed are taken, and a part as long as is allowed', () => {
  assert.deepEqual(cutText('{"rows":[1,2]}', { rows: 2 }), [1, 2]);
  assert.deepEqual(cutText('{"rows":[1,2,3]}', { rows: 2, batchBytes: 1 }), {
    kind: 'tooLarge',
    limitRows: 2,
  });
  const limits = { rowBytes: 10, batchBytes: 4 };
  assert.deepEqual(cutText('{"rows":[1,"12345678",2]}', limits), [1, '12345678', 2]);
  const long = cut([Buffer.from('{"rows":["12345678'), Buffer.from('9012')], limits);
  assert.deepEqual(long, { kind: 'tooLarge', limitBytes: 10, of: 'part' });
  const around = (length: number): unknown => cutText(`{"rows":[],"a":"${'x'.repeat(length)}"}`);
  const unread = function* (): Generator<Buffer> {
    yield Buffer.from('{"rows":["12345678901');
    assert.fail('it was read on');
  };
  assert.deepEqual(cut(unread(), limits), { kind: 'tooLarge', limitBytes: 10, of: 'part' });
  const broken = `{"rows":[],"a":x${' '.repeat(1024 ** 2)}}`;
  assert.deepEqual(cutText(broken), { kind: 'notJson', contentType: '', offset: 15 });
  // Around the rows a mebibyte is kept; 17 bytes and an end of the list are there beside these letters.
  assert.deepEqual(around(1024 ** 2 - 18), []);
  assert.deepEqual(around(1024 ** 2 - 17), { kind: 'tooLarge', limitBytes: 1024 ** 2, of: 'part' });
});
