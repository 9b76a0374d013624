import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../../src/http/json';

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
