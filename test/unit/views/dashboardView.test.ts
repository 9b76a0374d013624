import assert from 'node:assert/strict';
import test from 'node:test';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import type { UsageBucket } from '../../../src/usage/bucket';
import { monthToDate } from '../../../src/usage/time';
import { LARGEST_MACHINES, type ViewWords, dashboardView } from '../../../src/views/dashboard/dashboardView';
import { ACCOUNT } from '../store/fakeSource';
import { computeDay, storageHour } from '../usage/builders';

const NOW = Date.UTC(2026, 10, 3, 12);
const words: ViewWords = {
  others: 'Others',
  computeTitle: 'Compute',
  storageTitle: 'Storage',
  noUsage: 'none',
  notRead: 'not read',
  figures: () => [],
  notices: () => [],
};

function view(parts: {
  compute?: UsageBucket[];
  storage?: UsageBucket[];
  readAt?: number;
}): ReturnType<typeof dashboardView> {
  const usage: AccountUsage = {
    ...emptyUsage(monthToDate(NOW)),
    compute: parts.compute === undefined ? {} : { value: parts.compute, asOf: parts.readAt ?? NOW },
    storage: parts.storage === undefined ? {} : { value: parts.storage, asOf: NOW },
  };
  const accounts = [{ id: ACCOUNT.id, label: ACCOUNT.label, provider: 'Dedalus', sample: false }];
  return dashboardView({
    accounts,
    account: { ...ACCOUNT, aliases: { m0: 'web' } },
    usage,
    refreshing: false,
    now: NOW,
    words,
  });
}

test('a chart has the days up to today, and says which one is not over', () => {
  const [compute] = view({ compute: [computeDay('m0', '2026-11-02', 60)], storage: [] }).charts;
  assert.deepEqual(compute?.days, ['2026-11-01', '2026-11-02', '2026-11-03']);
  assert.equal(compute.openDay, 2);
  assert.deepEqual([...(compute.series[0]?.values ?? [])], [0, 60, 0]);
  assert.equal(compute.series[0]?.label, 'web');
});

test('only sums cross to the page: the largest machines, and the others as one', () => {
  const compute = Array.from({ length: 40 }, (_, index) =>
    computeDay(`m${index}`, '2026-11-01', 1000 - index),
  );
  const [chart] = view({ compute, storage: [] }).charts;
  assert.equal(chart?.series.length, LARGEST_MACHINES + 1);
  assert.equal(chart.series.at(-1)?.kind, 'others');
  const drawn = chart.series.reduce((total, { values }) => total + values.reduce((a, b) => a + b, 0), 0);
  assert.equal(drawn, 40 * 1000 - (39 * 40) / 2);
});

test('what was not read is said, and not drawn as zero', () => {
  const [compute, storage] = view({ storage: [storageHour('m0', '2026-11-01', 2, 5)] }).charts;
  assert.equal(compute?.empty, 'not read');
  assert.deepEqual(compute.series, []);
  assert.equal(storage?.empty, undefined);
  assert.equal(view({ compute: [], storage: [] }).charts[0]?.empty, 'none');
});

test('values that a double cannot hold cross as text as well', () => {
  const huge = 9_007_199_254_740_993n;
  const [chart] = view({ compute: [computeDay('m1', '2026-11-01', huge)], storage: [] }).charts;
  assert.deepEqual(chart?.series[0]?.exact, ['9007199254740993', '0', '0']);
});

test('names from a vendor are made safe for one line', () => {
  const [chart] = view({ compute: [computeDay('evil\u202e\n<b>', '2026-11-01', 1)], storage: [] }).charts;
  assert.equal(chart?.series[0]?.label, 'evil�<b>');
});

test('a day that began after the last good reading is a gap and not zero', () => {
  const readAt = Date.UTC(2026, 10, 2, 23, 50);
  const [chart] = view({ compute: [computeDay('m1', '2026-11-01', 60)], storage: [], readAt }).charts;
  assert.deepEqual([...(chart?.series[0]?.values ?? [])], [60, 0, Number.NaN]);
});
