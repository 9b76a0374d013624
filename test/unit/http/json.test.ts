import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../../src/http/json';
import { UsageError } from '../../../src/usage/failure';

test('what holds no large number reads as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      if (!/\d{16}/.test(text)) {
        assert.deepEqual(parseJson(text), JSON.parse(text));
      }
    }),
  );
});

test('every int64 is kept to the last digit, beside texts that look like numbers', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      const parsed = parseJson(`{"a":${value},"b":"${value}","c":[1,${value}],"d":1.5}`) as Record<
        string,
        unknown
      >;
      assert.equal(BigInt(parsed['a'] as number | bigint), value);
      assert.equal(parsed['b'], String(value));
      assert.equal(BigInt((parsed['c'] as (number | bigint)[])[1] ?? 0), value);
      assert.equal(parsed['d'], 1.5);
    }),
  );
});

test('only a whole number beyond 2^53 becomes exact', () => {
  const text = '[9007199254740993,-9007199254740993,9007199254740993.5,9007199254740993e1,9007199254740991]';
  assert.deepEqual(parseJson(text), [
    9_007_199_254_740_993n,
    -9_007_199_254_740_993n,
    9_007_199_254_740_994,
    Number('9007199254740993e1'),
    9_007_199_254_740_991,
  ]);
});

test('broken JSON is refused, with and without large numbers', () => {
  assert.throws(() => parseJson('{"a":1'), SyntaxError);
  assert.throws(() => parseJson('{"a":12345678901234567890'), SyntaxError);
});

test('one byte order mark before the text is passed over, and nowhere else', () => {
  assert.deepEqual(parseJson('\ufeff{"a":"\ufeff"}'), { a: '\ufeff' });
  assert.deepEqual(parseJson('\ufeff[9007199254740993]'), [9_007_199_254_740_993n]);
  assert.throws(() => parseJson('\ufeff\ufeff1'), SyntaxError);
  assert.throws(() => parseJson('[\ufeff1]'), SyntaxError);
});

test('a whole number is exact wherever it stands, and a name that is a number is none', () => {
  assert.deepEqual(parseJson('9007199254740993'), 9_007_199_254_740_993n);
  assert.deepEqual(parseJson('{"a\\\\":{"b\\"":[9007199254740993,"9007199254740993"]}}'), {
    'a\\': { 'b"': [9_007_199_254_740_993n, '9007199254740993'] },
  });
  for (const broken of [
    '{9007199254740993:1}',
    '[09007199254740993]',
    '[9007199254740993 1]',
    '9007199254740993x',
  ]) {
    assert.throws(() => parseJson(broken), SyntaxError, broken);
  }
});

test('a number that no double comes near to is none that a reader takes', () => {
  assert.deepEqual(parseJson(`[${'9'.repeat(309)}]`), [10n ** 309n - 1n]);
  assert.deepEqual(parseJson(`[${'9'.repeat(310)}]`), [Infinity]);
});

test('sixty-four levels are read, and one more is refused before anything is parsed', () => {
  const nested = (levels: number): string => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;
  assert.deepEqual(parseJson(nested(64)), JSON.parse(nested(64)));
  assert.deepEqual(parseJson(`"${'['.repeat(100)}"`), '['.repeat(100));
  for (const deep of [nested(66), '['.repeat(4 * 1024 ** 2), `{"a":${'['.repeat(65)}`]) {
    assert.throws(
      () => parseJson(deep),
      new UsageError({ kind: 'malformed', path: 'reply', expected: 'shallow' }),
    );
  }
});

test('what stands side by side is no depth', () => {
  for (const part of ['[]', '{}', '[{}]']) {
    const text = `[${Array.from({ length: 200 }, () => part).join(',')}]`;
    assert.deepEqual(
      parseJson(text),
      Array.from({ length: 200 }, (): unknown => JSON.parse(part)),
    );
  }
});

test('the time to parse grows with the text, whatever that is', () => {
  const large = '12345678901234567890';
  const listOf = (unit: string, length: number): string =>
    `[${`${unit},`.repeat(length / (unit.length + 1))}${large}]`;
  const hostile: readonly ((length: number) => string)[] = [
    (length) => listOf('0', length),
    (length) => listOf(large, length),
    (length) => listOf('{"a":0}', length),
    (length) => listOf('['.repeat(60) + ']'.repeat(60), length),
    (length) => '9'.repeat(length),
    (length) => '-'.repeat(length),
    (length) => `"${'\\"'.repeat(length / 2)}`,
  ];
  for (const [index, make] of hostile.entries()) {
    const [short, long] = [1 << 17, 1 << 21].map((length) => {
      const text = make(length);
      const { user } = process.cpuUsage();
      try {
        parseJson(text);
      } catch {
        // some of them are no JSON
      }
      return (process.cpuUsage().user - user) / 1000;
    }) as [number, number];
    assert.ok(long < 16 * 8 * Math.max(short, 3), `shape ${index}: ${short} → ${long} ms`);
  }
});
