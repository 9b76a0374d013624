import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { sum } from '../../../src/usage/amount';
import { decimalAmount, decimalText } from '../../../src/usage/decimal';

test('a fraction is the decimal that was written, not the double that it became', () => {
  assert.equal(decimalAmount(0.1, 8), 10_000_000);
  assert.equal(decimalAmount(2.5, 6), 2_500_000);
  assert.equal(decimalAmount(1e-7, 8), 10);
  assert.equal(decimalAmount(1.5e21, 2), 150_000_000_000_000_000_000_000n);
  assert.equal(decimalAmount(-0.25, 2), -25);
  assert.ok(Object.is(decimalAmount(-0, 2), 0));
  assert.equal(decimalAmount(42, 0), 42);
  assert.equal(decimalAmount(9_007_199_254_740_993n, 1), 90_071_992_547_409_930n);
});

test('what binary fractions leave behind is rounded away', () => {
  assert.equal(decimalAmount(0.1 + 0.2, 8), 30_000_000);
  assert.equal(decimalAmount(1.005, 2), 101);
  assert.equal(decimalAmount(-1.005, 2), -101);
  assert.equal(decimalAmount(4.9e-324, 8), 0);
});

test('what is no number is refused', () => {
  for (const value of [Number.NaN, Infinity, -Infinity]) {
    assert.throws(() => decimalAmount(value, 8), RangeError);
  }
});

test('an amount is written without needless zeros', () => {
  assert.equal(decimalText(2_500_000, 6), '2.5');
  assert.equal(decimalText(7, 8), '0.00000007');
  assert.equal(decimalText(-150, 2), '-1.5');
  assert.equal(decimalText(0, 8), '0');
  assert.equal(decimalText(42, 0), '42');
});

test('text and amount are the same number, and sums of decimals are exact', () => {
  const cents = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
  fc.assert(
    fc.property(fc.array(cents, { maxLength: 20 }), fc.integer({ min: 1, max: 10 }), (all, decimals) => {
      const total = all.reduce((a, b) => a + b, 0n);
      const text = decimalText(sum(all), decimals);
      const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
      const read = BigInt(whole + fraction.padEnd(decimals, '0'));
      assert.equal(sign === '-' ? -read : read, total);
    }),
  );
});

test('any price with up to eight decimals comes back as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (units) => {
      assert.equal(decimalAmount(Number(decimalText(units, 8)), 8), units);
    }),
  );
});
