import assert from 'node:assert/strict';
import test from 'node:test';
import { changeWants, comparedPeriods, periodChanges } from '../../../../src/insights/changes/periodChanges';
import { toColumns } from '../../../../src/usage/columns/columns';
import { type RangeChoice, resolveRange } from '../../../../src/usage/range';
import { handWrittenFleet } from '../../../simulator/dedalus/handWrittenFleet';
import { added, type Between, bookOf, periodOf, readSimulated, totalOf } from '../../store/simulatedMonth';

const NOW = '2026-11-20T14:20:00Z';

interface Case {
  readonly choice: RangeChoice;
  readonly at: string;
  readonly now: Between;
  readonly before: Between;
}

const CASES: Readonly<Record<string, Case>> = {
  'the month to date, with as much of the month before': {
    choice: { kind: 'thisMonth' },
    at: NOW,
    now: ['2026-11-01T00:00', '2026-11-20T14:00'],
    before: ['2026-10-01T00:00', '2026-10-20T14:00'],
  },
  'a month to date that is longer than the month before, with all of that one': {
    choice: { kind: 'thisMonth' },
    at: '2026-03-30T09:10:00Z',
    now: ['2026-03-01T00:00', '2026-03-30T09:00'],
    before: ['2026-02-01T00:00', '2026-03-01T00:00'],
  },
  'March, with the 28 days of February': {
    choice: { kind: 'lastMonth' },
    at: '2026-04-03T09:10:00Z',
    now: ['2026-03-01T00:00', '2026-04-01T00:00'],
    before: ['2026-02-01T00:00', '2026-03-01T00:00'],
  },
  'February, with the 31 days of January': {
    choice: { kind: 'lastMonth' },
    at: '2026-03-03T09:10:00Z',
    now: ['2026-02-01T00:00', '2026-03-01T00:00'],
    before: ['2026-01-01T00:00', '2026-02-01T00:00'],
  },
  'the last seven days, as far as they have come, with the seven before': {
    choice: { kind: 'last7Days' },
    at: NOW,
    now: ['2026-11-14T00:00', '2026-11-20T14:00'],
    before: ['2026-11-07T00:00', '2026-11-13T14:00'],
  },
};

const METERS = [
  'awake_seconds',
  'cpu_millicore_seconds',
  'memory_mib_seconds',
  'storage_mib_seconds',
] as const;

for (const [what, { choice, at, now, before }] of Object.entries(CASES)) {
  test(`compares ${what}, and what changed adds up to the difference of the vendor's books`, async (t) => {
    const { simulator, usage, dayCache, loader } = await readSimulated(t, at);
    const periods = comparedPeriods(usage, resolveRange(choice, Date.parse(at)));
    assert.deepEqual(periods, { now: periodOf(now), before: periodOf(before) });
    await loader.load(changeWants(periods));
    const changes = periodChanges(dayCache, periods);
    assert.deepEqual(
      changes.map(({ meter }) => meter),
      METERS,
    );
    const [book, bookBefore] = [bookOf(simulator, now), bookOf(simulator, before)];
    for (const change of changes) {
      const { meter } = change;
      const [to, from] = [totalOf(book, meter), totalOf(bookBefore, meter)];
      assert.deepEqual([BigInt(change.now), BigInt(change.before)], [to, from], meter);
      assert.equal(BigInt(change.difference), to - from, meter);
      assert.equal(added(change.lines.map(({ amount }) => amount)), to - from, meter);
      const own = new Map(change.machines.map(({ machineId, difference }) => [machineId, difference]));
      for (const [id, used] of book) {
        const difference = used[meter] - (bookBefore.get(id)?.[meter] ?? 0n);
        assert.equal(BigInt(own.get(id) ?? 0), difference, `${meter} ${id}`);
        own.delete(id);
      }
      assert.deepEqual([...own.keys()], [], 'no machine that the vendor does not have');
    }
  });
}

/** So many awake seconds, and MiB-seconds stored, in the hour that begins then. */
function fleet(awake: Readonly<Record<string, number>>): ReturnType<typeof handWrittenFleet> {
  const hours = Object.entries(awake).map(([hour, awakeSeconds]) => ({
    hour: `${hour}:00:00Z`,
    awakeSeconds,
  }));
  const storage = hours.map(({ hour, awakeSeconds }) => ({ hour, mibSeconds: awakeSeconds * 10 }));
  return handWrittenFleet([{ id: 'm', compute: hours, storage }]);
}

const WINTER = fleet({
  '2025-12-31T23': 1,
  '2026-01-01T00': 20,
  '2026-01-29T00': 300,
  '2026-01-31T23': 400,
  '2026-02-01T00': 1000,
  '2026-02-28T23': 1500,
  '2026-03-01T00': 3000,
  '2026-03-29T05': 100,
  '2026-03-31T23': 400,
  '2026-04-01T00': 7,
});

const MONTHS = {
  'March, a longer month, with February': { at: '2026-04-03T09:10:00Z', now: 3500, before: 2500 },
  'February, a shorter month, with January': { at: '2026-03-03T09:10:00Z', now: 2500, before: 720 },
};

for (const [what, { at, now, before }] of Object.entries(MONTHS)) {
  test(`a month that is over is compared whole with the whole month before: ${what}`, async (t) => {
    const { usage, dayCache, loader } = await readSimulated(t, at, { fleet: WINTER });
    const periods = comparedPeriods(usage, resolveRange({ kind: 'lastMonth' }, Date.parse(at)));
    assert.ok(periods);
    await loader.load(changeWants(periods));
    const figures = periodChanges(dayCache, periods).map((change) => [
      change.meter,
      ...[change.now, change.before, change.difference],
    ]);
    assert.deepEqual(figures, [
      ['awake_seconds', now, before, now - before],
      ['cpu_millicore_seconds', 0, 0, 0],
      ['memory_mib_seconds', 0, 0, 0],
      ['storage_mib_seconds', 10 * now, 10 * before, 10 * (now - before)],
    ]);
  });
}

test('as long as rows of one period are missing nothing is said to have changed', async (t) => {
  const { usage, dayCache } = await readSimulated(t, NOW);
  const periods = comparedPeriods(usage, resolveRange({ kind: 'thisMonth' }, Date.parse(NOW)));
  assert.ok(periods);
  assert.deepEqual(periodChanges(dayCache, periods), []);
});

test('a period before without any row is not known, so that not every machine is called new', async (t) => {
  const { usage, dayCache, loader } = await readSimulated(t, NOW);
  const periods = comparedPeriods(usage, resolveRange({ kind: 'thisMonth' }, Date.parse(NOW)));
  assert.ok(periods);
  await loader.load(changeWants(periods));
  for (const want of changeWants(periods).filter(({ day }) => day < '2026-11-01')) {
    dayCache.keep(want, { columns: toColumns([]), asOf: Date.parse('2026-11-20T15:20:00Z') });
  }
  assert.deepEqual(periodChanges(dayCache, periods), []);
});
