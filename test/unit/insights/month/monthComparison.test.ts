import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { type Comparison, MonthComparison } from '../../../../src/insights/month/monthComparison';
import type { Simulator, SimulatorOptions } from '../../../simulator/server';
import { type Between, bookOf, periodOf, readSimulated, totalOf } from '../../store/simulatedMonth';

const METERS = [
  'awake_seconds',
  'cpu_millicore_seconds',
  'memory_mib_seconds',
  'storage_mib_seconds',
] as const;
const NOW = '2026-11-20T14:20:00Z';

/** Reads what the comparison asks for until it asks for nothing more, as the dashboard does. */
async function settled(
  t: TestContext,
  time: string,
  options: SimulatorOptions = {},
): Promise<{ comparison: MonthComparison; simulator: Simulator }> {
  const { simulator, usage, dayCache, loader } = await readSimulated(t, time, options);
  for (let round = 0; round < 5; round += 1) {
    const comparison = new MonthComparison(usage, dayCache);
    comparison.closedThrough();
    METERS.forEach((meter) => comparison.of(meter));
    const wants = comparison.wants.filter((want) => !dayCache.isCurrent(want));
    if (wants.length === 0) {
      return { comparison, simulator };
    }
    await loader.load(wants);
  }
  throw new Error('it asks for more and more');
}

/** A period, and the hours of the month before that it is compared with. */
type Compared = readonly [now: Between, before: Between];

interface Case {
  readonly at: string;
  readonly closed: string;
  readonly billed: Compared;
  readonly metered: Compared;
  /** Undefined where there is nothing to compare it with. */
  readonly notYetClosed: Compared | undefined;
}

/** The simulated vendor closes its buckets three quarters of an hour after their end. */
const CASES: Readonly<Record<string, Case>> = {
  'in the middle of a month': {
    at: NOW,
    closed: '2026-11-20T13:00Z',
    billed: [
      ['2026-11-01T00:00', '2026-11-20T13:00'],
      ['2026-10-01T00:00', '2026-10-20T13:00'],
    ],
    metered: [
      ['2026-11-01T00:00', '2026-11-20T14:00'],
      ['2026-10-01T00:00', '2026-10-20T14:00'],
    ],
    notYetClosed: [
      ['2026-11-20T13:00', '2026-11-20T14:00'],
      ['2026-10-20T13:00', '2026-10-20T14:00'],
    ],
  },
  'before the first buckets of the day are closed': {
    at: '2026-11-20T00:40:00Z',
    closed: '2026-11-19T23:00Z',
    billed: [
      ['2026-11-01T00:00', '2026-11-19T23:00'],
      ['2026-10-01T00:00', '2026-10-19T23:00'],
    ],
    metered: [
      ['2026-11-01T00:00', '2026-11-20T00:00'],
      ['2026-10-01T00:00', '2026-10-20T00:00'],
    ],
    notYetClosed: [
      ['2026-11-19T23:00', '2026-11-20T00:00'],
      ['2026-10-19T23:00', '2026-10-20T00:00'],
    ],
  },
  'in a month that is longer than the one before': {
    at: '2026-03-30T09:10:00Z',
    closed: '2026-03-30T08:00Z',
    billed: [
      ['2026-03-01T00:00', '2026-03-30T08:00'],
      ['2026-02-01T00:00', '2026-03-01T00:00'],
    ],
    metered: [
      ['2026-03-01T00:00', '2026-03-30T09:00'],
      ['2026-02-01T00:00', '2026-03-01T00:00'],
    ],
    notYetClosed: undefined,
  },
};

/** A comparison with its sums as bigint, to be held against the books. */
function told(of: Comparison | undefined): unknown {
  return of && { ...of, now: BigInt(of.now), before: BigInt(of.before) };
}

/** What the simulator's books say, by meter. */
function byBooks(simulator: Simulator, [now, before]: Compared): (meter: (typeof METERS)[number]) => unknown {
  const [book, bookBefore] = [bookOf(simulator, now), bookOf(simulator, before)];
  return (meter) => ({
    now: totalOf(book, meter),
    nowPeriod: periodOf(now),
    before: totalOf(bookBefore, meter),
    beforePeriod: periodOf(before),
  });
}

for (const [when, { at, closed, ...parts }] of Object.entries(CASES)) {
  test(`each figure is compared with the same hours of the month before, ${when}`, async (t) => {
    const { comparison, simulator } = await settled(t, at);
    assert.equal(comparison.closedThrough(), Date.parse(closed));
    for (const part of ['billed', 'metered', 'notYetClosed'] as const) {
      const expected = parts[part] && byBooks(simulator, parts[part]);
      for (const meter of METERS) {
        const compared = comparison.of(meter);
        assert.equal(compared.closedThrough, Date.parse(closed), meter);
        assert.deepEqual(told(compared[part]), expected?.(meter), `${part} ${meter}`);
      }
    }
    const { billed } = simulator.totals();
    for (const meter of METERS) {
      assert.equal(BigInt(comparison.of(meter).billed?.now ?? -1), billed[meter], `bill ${meter}`);
    }
  });
}

test('what takes a part that was not read is not compared', async (t) => {
  const { usage, dayCache } = await readSimulated(t, NOW);
  const comparison = new MonthComparison(usage, dayCache);
  const { billed, metered: own } = comparison.of('awake_seconds');
  assert.deepEqual([billed, own, comparison.closedThrough()], [undefined, undefined, undefined]);
  assert.ok(comparison.wants.some(({ part, day }) => part === 'computeHours' && day === '2026-11-20'));
});

test('a bill that no hour explains has no closing time', async (t) => {
  const off = { kind: 'summaryOff', by: { awake_seconds: 12_345n } } as const;
  const { comparison } = await settled(t, NOW, { misbehaviours: [off] });
  const { closedThrough, billed } = comparison.of('awake_seconds');
  assert.deepEqual([closedThrough, billed, comparison.closedThrough()], [undefined, undefined, undefined]);
  assert.equal(comparison.of('storage_mib_seconds').closedThrough, Date.parse('2026-11-20T13:00Z'));
});
