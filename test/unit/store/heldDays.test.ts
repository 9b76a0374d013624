import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { DayKey } from '../../../src/store/dayBlock';
import { DayCache } from '../../../src/store/dayCache';
import { HeldDays } from '../../../src/store/heldDays';
import { toColumns, type UsageColumns } from '../../../src/usage/columns/columns';
import type { UtcDay } from '../../../src/usage/time';
import { anyColumns } from '../database/anyColumns';
import { storageHour } from '../usage/builders';

const NOON = Date.UTC(2026, 10, 30, 12);

const DAYS: readonly UtcDay[] = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04', '2026-11-05'];

/** Ten rows, which differ from day to day. */
function tenRows(day: UtcDay): UsageColumns {
  return toColumns(
    Array.from({ length: 10 }, (_, hour) => storageHour('m', day, hour, Number(day.slice(-2)))),
  );
}

const hoursOf = (day: UtcDay): DayKey => ({ part: 'computeHours', day });

function historyOf(limits: { open: number; loose: number }, days = DAYS): DayCache {
  const dayCache = new DayCache(undefined, limits);
  for (const day of days) {
    dayCache.keep(hoursOf(day), { columns: tenRows(day), asOf: NOON });
  }
  return dayCache;
}

const atHand = (dayCache: DayCache): UtcDay[] => DAYS.filter((day) => dayCache.block('computeHours', day));

test('of hours that nobody holds, those read longest ago are let go, and are not current any more', () => {
  const dayCache = historyOf({ open: 100, loose: 30 });
  assert.deepEqual(atHand(dayCache), ['2026-11-03', '2026-11-04', '2026-11-05']);
  assert.equal(dayCache.isCurrent(hoursOf('2026-11-02')), false);
  assert.equal(dayCache.block('computeHours', '2026-11-03')?.columns.length, 10);
  dayCache.keep(hoursOf('2026-11-01'), { columns: tenRows('2026-11-01'), asOf: NOON });
  assert.deepEqual(atHand(dayCache), ['2026-11-01', '2026-11-03', '2026-11-05']);
});

test('what is held stays however much it is, until it is let go', () => {
  const dayCache = new DayCache(undefined, { open: 10, loose: 20 });
  const [first, second] = [dayCache.hold(DAYS.map(hoursOf)), dayCache.hold([hoursOf('2026-11-01')])];
  for (const day of DAYS) {
    dayCache.keep(hoursOf(day), { columns: tenRows(day), asOf: NOON });
  }
  assert.deepEqual(atHand(dayCache), DAYS);
  first();
  assert.deepEqual(atHand(dayCache), ['2026-11-01', '2026-11-04', '2026-11-05']);
  second();
  assert.deepEqual(atHand(dayCache), ['2026-11-04', '2026-11-05']);
});

test('a day that is larger than all that may stay is there for whoever read it', () => {
  assert.deepEqual(atHand(historyOf({ open: 5, loose: 5 })), ['2026-11-05']);
});

test('rows by day stay, whatever comes', () => {
  const dayCache = new DayCache(undefined, { open: 10, loose: 10 });
  for (const part of ['computeDays', 'storageDays', 'byUser', 'spendDays'] as const) {
    for (const day of DAYS) {
      dayCache.keep({ part, day }, { columns: tenRows(day), asOf: NOON });
    }
    assert.deepEqual(dayCache.daysAtHand(part), DAYS);
  }
});

test('beyond so many rows hours are packed, and are the same when they are read', () => {
  const dayCache = new DayCache(undefined, { open: 20, loose: 1000 });
  const kept = new Map(DAYS.map((day) => [day, tenRows(day)]));
  for (const [day, columns] of kept) {
    dayCache.keep(hoursOf(day), { columns, asOf: NOON, lookedAt: NOON + 1 });
  }
  const isOpen = (day: UtcDay): boolean => dayCache.block('computeHours', day)?.columns === kept.get(day);
  assert.deepEqual(['2026-11-05', '2026-11-04'].map(isOpen), [true, true]);
  for (const day of DAYS) {
    const block = dayCache.block('computeHours', day);
    assert.deepEqual({ ...block }, { columns: tenRows(day), asOf: NOON, lookedAt: NOON + 1 });
    assert.equal(dayCache.block('computeHours', day), block);
  }
  assert.deepEqual(DAYS.map(isOpen), [false, false, false, false, false]);
});

test('who has a day that was let go meanwhile can read it', () => {
  const dayCache = historyOf({ open: 10, loose: 1000 }, ['2026-11-01', '2026-11-02']);
  const block = dayCache.block('computeHours', '2026-11-01');
  const small = new HeldDays({ open: 10, loose: 20 });
  small.set('storage 2026-11-01', { columns: tenRows('2026-11-01'), asOf: NOON });
  const gone = small.get('storage 2026-11-01');
  for (const day of DAYS.slice(1)) {
    small.set(`storage ${day}`, { columns: tenRows(day), asOf: NOON });
  }
  assert.equal(small.get('storage 2026-11-01'), undefined);
  assert.deepEqual(gone?.columns, tenRows('2026-11-01'));
  assert.deepEqual(block?.columns, tenRows('2026-11-01'));
});

test('whatever is kept, read and let go in whatever order, what is given is what was kept', () => {
  const day = fc.constantFrom(...DAYS);
  const step = fc.oneof(
    fc.record({ keep: day, columns: anyColumns }),
    fc.record({ read: day }),
    fc.record({ hold: fc.subarray([...DAYS]) }),
    fc.record({ release: fc.nat(3) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.nat(20), fc.nat(20), (steps, open, loose) => {
      const held = new HeldDays({ open, loose });
      const model = new Map<string, UsageColumns>();
      const holds: { readonly days: readonly string[]; readonly release: () => void }[] = [];
      for (const own of steps) {
        if ('keep' in own) {
          held.set(`storage ${own.keep}`, { columns: own.columns, asOf: NOON });
          model.set(own.keep, own.columns);
        } else if ('hold' in own) {
          const there = own.hold.filter((kept) => held.get(`storage ${kept}`) !== undefined);
          holds.push({ days: there, release: held.hold(there.map((kept) => `storage ${kept}`)) });
        } else if ('release' in own) {
          holds.splice(own.release, 1).forEach(({ release }) => {
            release();
          });
        } else {
          const block = held.get(`storage ${own.read}`);
          assert.deepEqual(block?.columns ?? model.get(own.read), model.get(own.read));
        }
        for (const kept of holds.flatMap(({ days }) => days)) {
          assert.notEqual(held.get(`storage ${kept}`), undefined);
        }
      }
    }),
  );
});
