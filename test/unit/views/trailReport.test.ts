import assert from 'node:assert/strict';
import test from 'node:test';
import { DEFAULT_CHOICES } from '../../../src/protocol/choices';
import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import { type AccountUsage, emptyUsage, type Reading } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import { type DayColumns, toColumns, type UsageColumns } from '../../../src/usage/columns/columns';
import { createFormats } from '../../../src/usage/format';
import { daysOf, monthToDate, type UtcDay } from '../../../src/usage/time';
import { trailReport } from '../../../src/views/dashboard/reports/trailReport';
import { ACCOUNT } from '../store/fakeSource';
import { computeDay } from '../usage/builders';

const NOW = Date.UTC(2026, 10, 10, 12);
const PERIOD = monthToDate(NOW);
const DAYS = daysOf(PERIOD);

/** The month's breakdowns, with usage in a metering bucket on some days, and without the days that are missing. */
function usageWith(used: readonly UtcDay[], missing: readonly UtcDay[] = []): AccountUsage {
  const rows = (day: UtcDay): UsageColumns =>
    toColumns(used.includes(day) ? [computeDay('m', day, 60, { meteringBucketIds: [`b-${day}`] })] : []);
  const read = DAYS.filter((day) => !missing.includes(day));
  const reading = (value: DayColumns): Reading<DayColumns> => ({
    ...{ value, asOf: NOW },
    ...(missing.length === 0 ? {} : { missing }),
  });
  return {
    ...emptyUsage(PERIOD),
    compute: reading(new Map(read.map((day) => [day, rows(day)]))),
    storage: reading(new Map(read.map((day) => [day, toColumns([])]))),
  };
}

const TRAIL = trailReport(createFormats('en-US'));

function said(usage: AccountUsage, trailSearch = ''): (string | undefined)[] {
  const input = {
    ...{ account: ACCOUNT, capabilities: MACHINE_CAPABILITIES, dayCache: new DayCache(), now: NOW, usage },
    choices: { ...DEFAULT_CHOICES, trailSearch },
    figures: [],
  };
  return [TRAIL.head(input)?.summary, TRAIL.body(input).tables[0]?.empty];
}

test('that there are no metering buckets is said once every day was read', () => {
  assert.deepEqual(said(usageWith([])), ['No metering buckets this month', 'No metering buckets this month']);
  assert.deepEqual(said(usageWith([]), 'abc')[1], 'No ID of this month contains this text.');
});

test('with days that were not read nothing is said to be none', () => {
  const some = 'Not everything is loaded, so there may be some';
  assert.deepEqual(said(usageWith([], DAYS.slice(1))), [some, some]);
  assert.deepEqual(said(usageWith([], [DAYS[9] ?? '']), 'abc')[1], some);
  assert.deepEqual(said({ ...usageWith([]), storage: {} }), [some, some]);
});

test('nothing at all is not read yet', () => {
  assert.deepEqual(said(emptyUsage(PERIOD)), ['Not loaded yet.', 'Not loaded yet.']);
});

test('how many metering buckets there are is said to be no total where days are missing', () => {
  const [first = '', second = ''] = DAYS;
  assert.equal(said(usageWith([first]))[0], '1 metering bucket this month, newest day Sun Nov 1');
  assert.equal(said(usageWith([first, second]))[0], '2 metering buckets this month, newest day Mon Nov 2');
  assert.equal(
    said(usageWith([first], [second]))[0],
    'Metering buckets in the loaded part of this month: 1, newest day Sun Nov 1',
  );
});
