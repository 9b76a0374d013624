import assert from 'node:assert/strict';
import test from 'node:test';
import { changeWants, comparedPeriods, periodChanges } from '../../../src/store/periodChanges';
import { subtract, sum } from '../../../src/usage/amount';
import { toColumns } from '../../../src/usage/columns';
import { type RangeChoice, resolveRange } from '../../../src/usage/range';
import { HOUR, monthOf, utcDay } from '../../../src/usage/time';
import { metered, readSample } from './sampleMonth';

const NOW = Date.parse('2026-11-20T14:20:00Z');
const MONTH = monthOf(NOW);
const BEFORE = monthOf(MONTH.start - 1);

const RANGES: Readonly<Record<string, RangeChoice>> = {
  'the month to date, with a day that is cut': { kind: 'thisMonth' },
  'a month that is over, with the whole month before': { kind: 'lastMonth' },
  'the last seven days': { kind: 'last7Days' },
};

for (const [what, choice] of Object.entries(RANGES)) {
  test(`${what}: what changed adds up to the difference of the source's own buckets`, async () => {
    const { source, usage, history, loader } = await readSample(NOW);
    const periods = comparedPeriods(usage, resolveRange(choice, NOW));
    assert.ok(periods);
    await loader.load(changeWants(periods));
    const changes = periodChanges(history, periods);
    assert.equal(changes.length, 4);
    for (const { meter, now, before, difference, lines, machines } of changes) {
      assert.equal(now, await metered(source, meter, periods.now), meter);
      assert.equal(before, await metered(source, meter, periods.before), meter);
      assert.equal(difference, subtract(now, before));
      assert.equal(sum(lines.map(({ amount }) => amount)), difference);
      assert.equal(sum(machines.map((machine) => machine.difference)), difference);
    }
  });
}

test('this month is compared as far as it has been metered, and with as much of the month before', async () => {
  const { usage } = await readSample(NOW);
  const through = Math.floor(NOW / HOUR) * HOUR;
  assert.deepEqual(comparedPeriods(usage, resolveRange({ kind: 'thisMonth' }, NOW)), {
    now: { start: MONTH.start, end: through },
    before: { start: BEFORE.start, end: BEFORE.start + (through - MONTH.start) },
  });
});

test('as long as rows of one period are missing nothing is said to have changed', async () => {
  const { usage, history } = await readSample(NOW);
  const periods = comparedPeriods(usage, resolveRange({ kind: 'thisMonth' }, NOW));
  assert.ok(periods);
  assert.deepEqual(periodChanges(history, periods), []);
});

test('a period before without any row is not known, so that not every machine is called new', async () => {
  const { usage, history, loader } = await readSample(NOW);
  const periods = comparedPeriods(usage, resolveRange({ kind: 'thisMonth' }, NOW));
  assert.ok(periods);
  await loader.load(changeWants(periods));
  for (const want of changeWants(periods).filter(({ day }) => day < utcDay(MONTH.start))) {
    history.keep(want, { columns: toColumns([]), asOf: NOW + HOUR });
  }
  assert.deepEqual(periodChanges(history, periods), []);
});
