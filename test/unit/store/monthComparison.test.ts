import assert from 'node:assert/strict';
import test from 'node:test';
import type { SampleSource } from '../../../src/providers/sample/source';
import type { Want } from '../../../src/store/history';
import { MonthComparison } from '../../../src/store/monthComparison';
import type { MeterId } from '../../../src/usage/meter';
import { HOUR, MINUTE, monthOf } from '../../../src/usage/time';
import { metered, readSample } from './sampleMonth';

const METERS: readonly MeterId[] = [
  'awake_seconds',
  'cpu_millicore_seconds',
  'memory_mib_seconds',
  'storage_mib_seconds',
];

/** Reads what the comparison asks for until it asks for nothing more, as the dashboard does. */
async function settled(
  now: number,
): Promise<{ comparison: MonthComparison; source: SampleSource; wants: Want[] }> {
  const { source, usage, history, loader } = await readSample(now);
  for (let round = 0; round < 5; round += 1) {
    const comparison = new MonthComparison(usage, history);
    comparison.closedThrough();
    METERS.forEach((meter) => comparison.of(meter));
    const wants = comparison.wants.filter((want) => !history.isCurrent(want));
    if (wants.length === 0) {
      return { comparison, source, wants: [...comparison.wants] };
    }
    await loader.load(wants);
  }
  throw new Error('it asks for more and more');
}

const TIMES = {
  'in the middle of a month': '2026-11-20T14:20:00Z',
  'before the first buckets of the day are closed': '2026-11-20T00:40:00Z',
  'in a month that is longer than the one before': '2026-03-30T09:10:00Z',
};

for (const [when, time] of Object.entries(TIMES)) {
  test(`each figure is compared with the same hours of the month before, ${when}`, async () => {
    const now = Date.parse(time);
    const { comparison, source } = await settled(now);
    const closed = Math.floor((now - 45 * MINUTE) / HOUR) * HOUR;
    const through = Math.floor(now / HOUR) * HOUR;
    const month = monthOf(now).start;
    const before = monthOf(month - 1);
    const same = (at: number): number => Math.min(before.start + (at - month), before.end);
    assert.equal(comparison.closedThrough(), closed);
    for (const meter of METERS) {
      const { billed, metered: own, notYetClosed } = comparison.of(meter);
      const expected = async (start: number, end: number): Promise<unknown> => ({
        now: await metered(source, meter, { start, end }),
        before: await metered(source, meter, { start: same(start), end: same(end) }),
      });
      const shown = (of: typeof own): unknown => of && { now: of.now, before: of.before };
      assert.deepEqual(shown(billed), await expected(month, closed), meter);
      assert.deepEqual(shown(own), await expected(month, through), meter);
      if (notYetClosed !== undefined) {
        assert.deepEqual(shown(notYetClosed), await expected(closed, through), meter);
      }
    }
  });
}

test('what takes a part that was not read is not compared', async () => {
  const now = Date.parse('2026-11-20T14:20:00Z');
  const { usage, history } = await readSample(now);
  const comparison = new MonthComparison(usage, history);
  const { billed, metered: own } = comparison.of('awake_seconds');
  assert.deepEqual([billed, own, comparison.closedThrough()], [undefined, undefined, undefined]);
  assert.ok(comparison.wants.some(({ part, day }) => part === 'computeHours' && day === '2026-11-20'));
});

test('a bill that no hour explains has no closing time', async () => {
  const now = Date.parse('2026-11-20T14:20:00Z');
  const { usage, history, loader } = await readSample(now);
  const { summary } = usage;
  const off = { ...summary.value?.billed, awake_seconds: 12_345 };
  await loader.load([
    { part: 'computeHours', day: '2026-11-20' },
    { part: 'storage', day: '2026-11-20' },
  ]);
  const value = { plan: 'x', levels: {}, billed: off };
  const comparison = new MonthComparison({ ...usage, summary: { value, asOf: now } }, history);
  assert.equal(comparison.of('awake_seconds').closedThrough, undefined);
  assert.ok(comparison.of('storage_mib_seconds').closedThrough);
});
