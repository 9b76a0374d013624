import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { add, type Amount, compareAmounts, subtract, sum, toAmount } from '../../../src/usage/amount';

const INT64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

test('a sum is exact, however large its parts and in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(INT64), (values) => {
      const expected = values.reduce((total, value) => total + value, 0n);
      assert.equal(BigInt(sum(values.map(toAmount))), expected);
      assert.equal(BigInt(sum([...values].reverse().map(toAmount))), expected);
    }),
  );
});

test('subtracting undoes adding', () => {
  fc.assert(
    fc.property(INT64, INT64, (a, b) => {
      assert.equal(subtract(add(toAmount(a), toAmount(b)), toAmount(b)), toAmount(a));
    }),
  );
});

test('order is by value, across both forms', () => {
  fc.assert(
    fc.property(INT64, INT64, (a, b) => {
      assert.equal(Math.sign(compareAmounts(toAmount(a), toAmount(b))), a < b ? -1 : a > b ? 1 : 0);
    }),
  );
});

test('a value is a number exactly when a number can hold it', () => {
  const cases: [bigint, Amount][] = [
    [0n, 0],
    [2n ** 53n - 1n, Number.MAX_SAFE_INTEGER],
    [2n ** 53n, 2n ** 53n],
    [-(2n ** 53n), -(2n ** 53n)],
  ];
  for (const [value, expected] of cases) {
    assert.equal(toAmount(value), expected);
  }
  assert.ok(Object.is(toAmount(-0), 0));
});

test('what is not exact is refused and not rounded', () => {
  for (const value of [2 ** 53, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.throws(() => toAmount(value), RangeError);
  }
});
