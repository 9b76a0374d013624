import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { changesBetween, type MeterChange } from '../../../../src/insights/changes/changesBetween';
import type { Amount } from '../../../../src/usage/amount';
import { runs } from '../../../support/runs';
import { shape } from '../../usage/builders';
import { BEFORE_DAYS, compute, computeChange, found, HUGE, NOW_DAYS, storage } from './changes';

const amount = fc.oneof(
  fc.constant(0n),
  fc.bigInt({ min: 0n, max: 100_000n }),
  fc.bigInt({ min: 0n, max: HUGE }),
);
const anyShape = fc.constantFrom(
  ...[shape('a', 2, 4096), shape('b', 0.3, 512), shape('c', 16, 65_536), shape('d', 0, 0), undefined],
);
const anyUse = fc.record({
  id: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
  awake: amount,
  cpu: amount,
  memory: amount,
  shape: anyShape,
});
const anyUses = fc.array(anyUse, { maxLength: 12 });
const anyStored = fc.array(fc.tuple(fc.constantFrom('m1', 'm2', 'm3', 'm4'), amount), { maxLength: 12 });
const periods = fc.record({ before: anyUses, now: anyUses, storedBefore: anyStored, storedNow: anyStored });

function changesOf({ before, now, storedBefore, storedNow }: Periods): MeterChange[] {
  return changesBetween(
    { compute: compute(NOW_DAYS, now), storage: storage(NOW_DAYS, storedNow) },
    { compute: compute(BEFORE_DAYS, before), storage: storage(BEFORE_DAYS, storedBefore) },
  );
}

type Periods = typeof periods extends fc.Arbitrary<infer T> ? T : never;

function total(all: readonly { readonly amount: Amount }[]): bigint {
  return all.reduce((sum, own) => sum + BigInt(own.amount), 0n);
}

test('lines, their machines and the parts of each machine add up to the difference, exactly', () => {
  fc.assert(
    fc.property(periods, (both) => {
      const sums = {
        awake_seconds: both.now.reduce((s, { awake }) => s + awake, 0n),
        cpu_millicore_seconds: both.now.reduce((s, { cpu }) => s + cpu, 0n),
        memory_mib_seconds: both.now.reduce((s, { memory }) => s + memory, 0n),
        storage_mib_seconds: both.storedNow.reduce((s, [, stored]) => s + stored, 0n),
      };
      for (const { meter, before, now, difference, lines, machines, untold } of changesOf(both)) {
        assert.deepEqual(untold, []);
        assert.equal(BigInt(now), sums[meter]);
        assert.equal(BigInt(now) - BigInt(before), BigInt(difference));
        assert.equal(total(lines), BigInt(difference));
        assert.equal(total(machines.map((own) => ({ amount: own.difference }))), BigInt(difference));
        for (const line of lines) {
          assert.equal(total(line.machines), BigInt(line.amount));
          assert.ok(line.machines.length > 0);
        }
        for (const machine of machines) {
          assert.equal(total(machine.parts), BigInt(machine.difference));
          assert.equal(BigInt(machine.now) - BigInt(machine.before), BigInt(machine.difference));
        }
      }
    }),
    { numRuns: runs(500) },
  );
});

test('machines of a line and of a meter come largest first, and no part is zero', () => {
  const size = (value: Amount): bigint => (value < 0 ? -BigInt(value) : BigInt(value));
  const descends = (amounts: readonly Amount[]): boolean =>
    amounts.every((own, index) => index === 0 || size(own) <= size(amounts[index - 1] ?? 0));
  fc.assert(
    fc.property(periods, (both) => {
      for (const { lines, machines } of changesOf(both)) {
        assert.ok(descends(lines.map((line) => line.amount)));
        assert.ok(descends(machines.map(({ difference }) => difference)));
        for (const line of lines) {
          assert.ok(descends(line.machines.map((own) => own.amount)));
          assert.ok(line.machines.every((own) => own.amount !== 0));
        }
      }
    }),
  );
});

test('the other way round, what started has stopped, by the same amount', () => {
  fc.assert(
    fc.property(periods, ({ before, now, storedBefore, storedNow }) => {
      const there = changesOf({ before, now, storedBefore, storedNow });
      const back = changesOf({ before: now, now: before, storedBefore: storedNow, storedNow: storedBefore });
      for (const { meter, lines } of there) {
        const started = lines.find(({ cause }) => cause === 'started')?.amount ?? 0;
        const other = found(back, meter).lines.find(({ cause }) => cause === 'stopped')?.amount ?? 0;
        assert.equal(BigInt(started), -BigInt(other));
      }
    }),
  );
});

test('a machine that does the same for n times as long has more hours and nothing else', () => {
  const anyAwake = fc.record({
    id: fc.constant('m'),
    awake: fc.bigInt({ min: 1n, max: HUGE }),
    cpu: amount,
    memory: amount,
    shape: fc.constantFrom(shape('a', 2, 4096), shape('b', 0.3, 512)),
  });
  fc.assert(
    fc.property(
      fc.array(anyAwake, { minLength: 1, maxLength: 6 }),
      fc.bigInt({ min: 2n, max: 50n }),
      (uses, n) => {
        const times = uses.map((own) => ({
          ...own,
          ...{ awake: own.awake * n, cpu: own.cpu * n, memory: own.memory * n },
        }));
        for (const meter of ['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds']) {
          const causes = computeChange(uses, times, meter).lines.map(({ cause }) => cause);
          assert.ok(causes.every((cause) => cause === 'moreHours'));
        }
      },
    ),
  );
});

test('without a resize nothing is called one, however awake time and vCPU-time change', () => {
  const use = fc.record({ awake: fc.bigInt({ min: 1n, max: HUGE }), cpu: amount });
  fc.assert(
    fc.property(use, use, (before, now) => {
      const { lines } = computeChange(
        [{ id: 'm', ...before }],
        [{ id: 'm', ...now }],
        'cpu_millicore_seconds',
      );
      assert.ok(lines.every(({ cause }) => cause !== 'resized' && cause !== 'unexplained'));
    }),
  );
});
