import assert from 'node:assert/strict';
import test from 'node:test';
import type { DashboardView } from '../../../src/protocol/messages';
import { createChartModel } from '../../../webview/dashboard/chartModel';
import { seriesLabel, speakChange, speakDay, summarise } from '../../../webview/dashboard/speech';
import { ENGLISH, NOVEMBER, chart, machine, others } from './charts';

const HOUR = 3600;

test('the alternative text names the total, the largest machine and the peak day', () => {
  const compute = chart([machine('web-1', [2 * HOUR, 5 * HOUR]), machine('web-2', [HOUR, HOUR])]);
  assert.equal(
    summarise(compute, createChartModel(compute), NOVEMBER, ENGLISH),
    'Compute, h per UTC day, November 2026. Total: 9 h. Largest: web-1, 7 h. Peak day: Mon 2 Nov, 6 h.',
  );
});

test('the alternative text of a level speaks of its newest figure, not of a total', () => {
  const storage = chart([machine('web-1', [10, 20])], { title: 'Storage', meter: 'provisioned_storage_gib' });
  assert.match(
    summarise(storage, createChartModel(storage), NOVEMBER, ENGLISH),
    /^Storage, GiB, November 2026\. Latest: 20 GiB\./u,
  );
});

test('a day is spoken with its total and the three machines with the most', () => {
  const compute = chart([
    machine('a', [HOUR]),
    machine('b', [3 * HOUR]),
    machine('c', [0]),
    machine('d', [2 * HOUR]),
    others([4 * HOUR]),
  ]);
  assert.equal(
    speakDay(compute, createChartModel(compute), 0, ENGLISH),
    'Sun 1 Nov UTC. Total: 10 h. Other machines (12): 4 h. b: 3 h. d: 2 h.',
  );
});

test('the day still going on is said to be so, and an unknown day to be unknown', () => {
  const compute = chart([machine('a', [NaN, HOUR])], { openDay: 1 });
  const model = createChartModel(compute);
  assert.equal(speakDay(compute, model, 0, ENGLISH), 'Sun 1 Nov UTC. Total: unknown.');
  assert.equal(speakDay(compute, model, 1, ENGLISH), 'Mon 2 Nov UTC, still running. Total: 1 h. a: 1 h.');
});

test('a name cannot turn the reading direction, break the line or run on', () => {
  const label = seriesLabel(machine(`\u202eevil\n${'x'.repeat(4000)}`, [1]), ENGLISH.strings);
  assert.doesNotMatch(label, /[\u202e\n]/u);
  assert.ok(label.length <= 200);
});

test('others without a name are called others', () => {
  assert.equal(seriesLabel({ ...others([1]), label: '' }, ENGLISH.strings), 'Other machines');
});

const ACCOUNT = { id: '1', label: 'Acme', provider: 'Dedalus', sample: false };
const VIEW: DashboardView = {
  accounts: [ACCOUNT],
  account: ACCOUNT,
  month: NOVEMBER,
  asOf: Date.UTC(2026, 10, 20, 14, 2),
  refreshing: false,
  notices: [],
  figures: [],
  charts: [],
};

test('a refresh is announced at its begin and at its end', () => {
  const busy = { ...VIEW, refreshing: true };
  assert.equal(speakChange(VIEW, busy, ENGLISH), 'Refreshing…');
  assert.equal(speakChange(busy, VIEW, ENGLISH), 'as of 2026-11-20 14:02 UTC.');
});

test('a notice is announced when it comes, not again with every view', () => {
  const failed: DashboardView = { ...VIEW, notices: [{ severity: 'error', text: 'No connection.' }] };
  assert.equal(speakChange(VIEW, failed, ENGLISH), 'No connection.');
  assert.equal(speakChange(failed, failed, ENGLISH), '');
});

test('another account is announced by name', () => {
  const other: DashboardView = { ...VIEW, account: { ...ACCOUNT, id: '2', label: 'Other' } };
  assert.equal(speakChange(VIEW, other, ENGLISH), 'Other.');
});
