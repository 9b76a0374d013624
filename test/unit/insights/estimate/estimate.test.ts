import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Estimate, estimate } from '../../../../src/insights/estimate/estimate';
import { readRates } from '../../../../src/insights/estimate/readRates';
import { add, type Amount, toAmount } from '../../../../src/usage/amount';
import type { Quantities } from '../../../../src/usage/bucket';
import { decimalText } from '../../../../src/usage/decimal';
import { meterOf } from '../../../../src/usage/meter';
import { RATED_METERS, type RatedMeter, type Rates } from '../../../../src/usage/rates';
import { DAY, HOUR, type Period } from '../../../../src/usage/time';

const START = Date.UTC(2026, 10, 1);
const MONTH: Period = { start: START, end: Date.UTC(2026, 11, 1) };
const until = (elapsed: number): Period => ({ start: START, end: START + elapsed });

function rates(value: unknown): Rates {
  const reading = readRates(value);
  assert.ok('rates' in reading);
  return reading.rates;
}

const LIST = { currency: 'USD', perVcpuHour: 0.04536, perMemoryGibHour: 0.01458, perStorageGibHour: 0.0001 };

function made(quantities: Quantities, own: Rates, elapsed: Period = MONTH): Estimate {
  const result = estimate(quantities, own, elapsed);
  assert.ok(result);
  return result;
}

const text = (amount: Amount): string => decimalText(amount, meterOf('estimate.USD').decimals);

/** What an hour of a unit, or several, is in the vendor's units. */
const hours = (meter: RatedMeter, count: bigint | number): Amount =>
  toAmount(BigInt(count) * BigInt(meterOf(meter).display.per));

test('an hour of each unit is exactly its rate', () => {
  for (const [meter, expected] of [
    ['cpu_millicore_seconds', '0.04536'],
    ['memory_mib_seconds', '0.01458'],
    ['storage_mib_seconds', '0.0001'],
  ] as const) {
    const { amount, meter: money } = made({ [meter]: hours(meter, 1) }, rates(LIST));
    assert.deepEqual([money, text(amount)], ['estimate.USD', expected]);
  }
  assert.equal(made({ cpu_millicore_seconds: 1000 * 3600 }, rates(LIST)).amount, 453_600_000);
  assert.equal(made({ memory_mib_seconds: 1024 * 3600 }, rates(LIST)).amount, 145_800_000);
});

test('beyond 2^53 it is as exact as below', () => {
  const quantity = hours('cpu_millicore_seconds', 10n ** 15n);
  assert.equal(typeof quantity, 'bigint');
  assert.equal(text(made({ cpu_millicore_seconds: quantity }, rates(LIST)).amount), '45360000000000');
  const one = add(quantity, 3600); // 3.6 vCPU-seconds more: a thousandth of an hour
  assert.equal(text(made({ cpu_millicore_seconds: one }, rates(LIST)).amount), '45360000000000.00004536');
});

test('a line is rounded once, half away from zero, to 10^-8 cents', () => {
  const own = rates({ currency: 'USD', perVcpuHour: '0.0000000001' });
  const half = 1000 * 1800;
  assert.equal(made({ cpu_millicore_seconds: half - 1 }, own).amount, 0);
  assert.equal(made({ cpu_millicore_seconds: half }, own).amount, 1);
  assert.equal(made({ cpu_millicore_seconds: 3 * half - 1 }, own).amount, 1);
  assert.equal(made({ cpu_millicore_seconds: 3 * half }, own).amount, 2);
});

test('a quantity without a rate is left out by name, and so is one that is not known', () => {
  const own = rates({ currency: 'USD', perVcpuHour: 1, perStorageGibHour: 1 });
  const { amount, lines, unpriced, unknown } = made(
    { cpu_millicore_seconds: hours('cpu_millicore_seconds', 2), memory_mib_seconds: 5 },
    own,
  );
  assert.equal(text(amount), '2');
  assert.deepEqual(
    lines.map(({ meter }) => meter),
    ['cpu_millicore_seconds'],
  );
  assert.deepEqual([unpriced, unknown], [['memory_mib_seconds'], ['storage_mib_seconds']]);
});

test('without anything that has a price there is no money, not even none', () => {
  assert.equal(estimate({}, rates(LIST), MONTH), undefined);
  assert.equal(estimate({ awake_seconds: 5 }, rates(LIST), MONTH), undefined);
  assert.equal(
    estimate({ memory_mib_seconds: 5 }, rates({ currency: 'USD', perVcpuHour: 1 }), MONTH),
    undefined,
  );
  assert.equal(made({ memory_mib_seconds: 0 }, rates(LIST)).amount, 0);
});

test('included storage comes to its GiB times the hours that have passed', () => {
  const own = rates({ ...LIST, included: { storageGib: 10 } });
  const quantity = hours('storage_mib_seconds', 12 * 24);
  const { lines, amount } = made({ storage_mib_seconds: quantity }, own, until(DAY));
  assert.equal(text(lines[0]?.included ?? 0), String(10 * 24 * 1024 * 3600));
  assert.equal(text(amount), '0.0048'); // 2 GiB for 24 hours
  assert.equal(made({ storage_mib_seconds: quantity }, own, until(2 * DAY)).amount, 0);
  assert.equal(text(made({ storage_mib_seconds: quantity }, own, until(0)).amount), '0.0288');
});

test('half a GiB for a second and a half is half a GiB for a second', () => {
  const own = rates({ ...LIST, included: { storageGib: '0.5' } });
  const { lines } = made({ storage_mib_seconds: 1000 }, own, until(1500));
  assert.equal(text(lines[0]?.included ?? 0), '512');
});

test('included hours are of the month, however much of it has passed, and never more than there is', () => {
  const own = rates({ ...LIST, included: { vcpuHours: '1.5', memoryGibHours: 4 } });
  const quantities = {
    cpu_millicore_seconds: hours('cpu_millicore_seconds', 2),
    memory_mib_seconds: hours('memory_mib_seconds', 3),
  };
  const early = made(quantities, own, until(HOUR));
  assert.deepEqual(early, made(quantities, own, MONTH));
  assert.equal(text(early.amount), '0.02268');
  assert.equal(text(early.lines[1]?.included ?? 0), String(3 * 1024 * 3600));
});

test('included money is taken off compute, never off storage and never below nothing', () => {
  const own = rates({ ...LIST, included: { money: 20 } });
  const quantities = (vcpuHours: number): Quantities => ({
    cpu_millicore_seconds: hours('cpu_millicore_seconds', vcpuHours),
    storage_mib_seconds: hours('storage_mib_seconds', 10_000),
  });
  const little = made(quantities(100), own);
  assert.deepEqual([text(little.amount), text(little.includedMoney)], ['1', '4.536']);
  const much = made(quantities(1000), own);
  assert.deepEqual([text(much.amount), text(much.includedMoney)], ['26.36', '20']);
});

const QUANTITY = fc.bigInt({ min: 0n, max: 10n ** 20n }).map(toAmount);
const RATE = fc.bigInt({ min: 0n, max: 10n ** 14n }).map(toAmount);
const QUANTITIES = fc.record({
  cpu_millicore_seconds: QUANTITY,
  memory_mib_seconds: QUANTITY,
  storage_mib_seconds: QUANTITY,
});
const PLAIN: fc.Arbitrary<Rates> = fc.record({
  currency: fc.constant('USD'),
  perVcpuHour: RATE,
  perMemoryGibHour: RATE,
  perStorageGibHour: RATE,
});
const WITH_INCLUDED: fc.Arbitrary<Rates> = fc
  .tuple(PLAIN, fc.record({ storageGib: RATE, vcpuHours: RATE, memoryGibHours: RATE, money: RATE }))
  .map(([plain, included]) => ({ ...plain, included }));
const ELAPSED = fc.integer({ min: 0, max: 30 * DAY });

const times = (quantities: Quantities, by: number): Quantities =>
  Object.fromEntries(
    RATED_METERS.map((meter) => [meter, toAmount(BigInt(quantities[meter] ?? 0) * BigInt(by))]),
  );

const distance = (a: Amount, b: Amount): bigint => (a < b ? BigInt(b) - BigInt(a) : BigInt(a) - BigInt(b));

test('it is linear in the quantities, but for the one rounding of a line', () => {
  fc.assert(
    fc.property(QUANTITIES, PLAIN, fc.integer({ min: 1, max: 50 }), (quantities, own, by) => {
      const [one, many] = [made(quantities, own), made(times(quantities, by), own)];
      many.lines.forEach(({ money }, index) => {
        const single = BigInt(one.lines[index]?.money ?? 0) * BigInt(by);
        assert.ok(2n * distance(money, toAmount(single)) <= BigInt(by) + 1n);
      });
    }),
  );
});

test('whole hours are linear without any rounding', () => {
  fc.assert(
    fc.property(QUANTITIES, PLAIN, fc.integer({ min: 1, max: 50 }), (counts, own, by) => {
      const whole = Object.fromEntries(
        RATED_METERS.map((meter) => [meter, hours(meter, BigInt(counts[meter]))]),
      );
      const one = BigInt(made(whole, own).amount);
      assert.equal(BigInt(made(times(whole, by), own).amount), one * BigInt(by));
    }),
  );
});

test('disjoint quantities add up exactly where nothing is included', () => {
  fc.assert(
    fc.property(QUANTITIES, PLAIN, (quantities, own) => {
      const apart = RATED_METERS.map((meter) => made({ [meter]: quantities[meter] }, own).amount);
      assert.equal(made(quantities, own).amount, apart.reduce(add, 0));
    }),
  );
});

test('it is never negative, and the lines less the included money are the amount', () => {
  fc.assert(
    fc.property(QUANTITIES, WITH_INCLUDED, ELAPSED, (quantities, own, elapsed) => {
      const { amount, lines, includedMoney } = made(quantities, own, until(elapsed));
      const all = lines.reduce((total, { money }) => total + BigInt(money), 0n);
      assert.ok(amount >= 0 && includedMoney >= 0 && lines.every(({ money }) => money >= 0));
      assert.equal(BigInt(amount), all - BigInt(includedMoney));
    }),
  );
});

test('the month to date is no more than the whole month, where storage grows at least as what is included of it', () => {
  const inputs = fc.tuple(QUANTITIES, QUANTITIES, WITH_INCLUDED, ELAPSED);
  fc.assert(
    fc.property(inputs, ([before, more, own, elapsed]) => {
      const rest = BigInt(Math.ceil((30 * DAY - elapsed) / 1000) + 1);
      const gib = BigInt(own.included?.storageGib ?? 0);
      const leastStorage = (gib * 1024n * rest) / 10n ** 10n + 1n;
      const whole = {
        cpu_millicore_seconds: add(before.cpu_millicore_seconds, more.cpu_millicore_seconds),
        memory_mib_seconds: add(before.memory_mib_seconds, more.memory_mib_seconds),
        storage_mib_seconds: toAmount(
          BigInt(before.storage_mib_seconds) + BigInt(more.storage_mib_seconds) + leastStorage,
        ),
      };
      assert.ok(made(before, own, until(elapsed)).amount <= made(whole, own, MONTH).amount);
    }),
  );
});

test('without included storage the month to date is no more than the whole month, however it goes on', () => {
  fc.assert(
    fc.property(QUANTITIES, QUANTITIES, WITH_INCLUDED, ELAPSED, (before, more, own, elapsed) => {
      const { storageGib: _, ...included } = own.included ?? {};
      const flat: Rates = { ...own, included };
      const whole = Object.fromEntries(RATED_METERS.map((meter) => [meter, add(before[meter], more[meter])]));
      assert.ok(made(before, flat, until(elapsed)).amount <= made(whole, flat, MONTH).amount);
    }),
  );
});
