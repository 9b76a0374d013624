import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { changeChoices, type Choices, DEFAULT_CHOICES, readChoices } from '../../../src/protocol/choices';
import { readDashboardState, readPageMessage } from '../../../src/protocol/messages';

const FULL: Choices = {
  range: { kind: 'dates', first: '2026-11-01', last: '2026-11-20' },
  zoom: { start: 3_600_000, end: 7_200_000 },
  granularity: 'hour',
  stackBy: 'shape',
  form: { hour: 'bars', day: 'area' },
  top: 15,
  previous: true,
  computeMeter: 'memory_mib_seconds',
  storageMeter: 'logical_storage_bytes',
  computeTable: true,
  storageTable: false,
  dutyTable: true,
  duty: true,
  reports: ['changes', 'trail'],
  trailSearch: 'bkt_1',
};

test('what was chosen survives being kept', () => {
  const chosen = { accountId: 'a', all: false, choices: FULL, machineId: 'm' };
  assert.deepEqual(readDashboardState(JSON.parse(JSON.stringify(chosen))), chosen);
  const all = { accountId: 'a', all: true, choices: FULL };
  assert.deepEqual(readDashboardState(JSON.parse(JSON.stringify(all))), all);
});

test('what an earlier version kept, or nonsense, is one account', () => {
  for (const kept of [{}, { all: 'yes' }, { all: 1 }]) {
    assert.equal(readDashboardState({ accountId: 'a', choices: FULL, ...kept })?.all, false);
  }
});

test('all accounts are chosen by no account’s id, and an action may name its account', () => {
  for (const message of [
    { type: 'chooseAccount', accountId: null },
    { type: 'chooseAccount', accountId: 'all' },
    { type: 'act', intent: 'updateKey', accountId: 'a' },
    { type: 'act', intent: 'refresh' },
  ]) {
    assert.deepEqual(readPageMessage(message), message);
  }
  assert.equal(readPageMessage({ type: 'chooseAccount' }), undefined);
  assert.deepEqual(readPageMessage({ type: 'act', intent: 'refresh', accountId: 7 }), {
    type: 'act',
    intent: 'refresh',
  });
});

test('parts that make no sense are left out, and the others stay', () => {
  const nonsense = {
    range: { kind: 'dates', first: '2026-02-31', last: '2026-11-20' },
    zoom: { start: 5, end: 1 },
    granularity: 'second',
    top: 1e9,
    form: { hour: 'bars' },
    previous: 'yes',
    computeMeter: 'nonsense',
    storageMeter: 'toString',
    computeTable: 'open',
    duty: true,
    reports: 'trail',
    trailSearch: 7,
  };
  assert.deepEqual(readChoices(nonsense), { duty: true });
});

test('anything at all from the page gives choices that can be shown', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      const choices = changeChoices(DEFAULT_CHOICES, readChoices(value));
      assert.ok(choices.top <= 20 && typeof choices.previous === 'boolean');
      readPageMessage(value);
      readDashboardState(value);
    }),
  );
});

test('any meter of any vendor can be chosen', () => {
  for (const computeMeter of ['credit_cents', 'paas.USD', 'line.static_bandwidth_gb'] as const) {
    assert.deepEqual(readChoices({ computeMeter, storageMeter: 7 }), { computeMeter });
  }
});

test('another range begins unzoomed, and null takes the zoom away', () => {
  assert.equal(changeChoices(FULL, { range: { kind: 'lastMonth' } }).zoom, undefined);
  assert.equal(changeChoices(FULL, { zoom: null }).zoom, undefined);
  assert.deepEqual(changeChoices(FULL, { top: 3 }).zoom, FULL.zoom);
});

test('a message that is not one of ours is nothing', () => {
  for (const message of [
    { type: 'act', intent: 'workbench.action.closeWindow' },
    { type: 'exportRows', format: '../../x' },
    { type: 'savePicture', of: 'compute', png: 'text' },
    { type: 'select', subjectId: 7 },
    { type: 'openUrl', url: 'https://example.com' },
  ]) {
    assert.equal(readPageMessage(message), undefined);
  }
});

test('a range of more than a year, or one that ends before it begins, is none, and no name has a million letters', () => {
  const dates = (first: string, last: string): unknown =>
    readChoices({ range: { kind: 'dates', first, last } });
  assert.deepEqual(dates('1970-01-01', '2999-12-31'), {});
  assert.deepEqual(dates('2026-11-02', '2026-11-01'), {});
  assert.deepEqual(dates('2025-11-01', '2026-11-02'), {}, '367 days');
  const year = { kind: 'dates', first: '2025-11-01', last: '2026-11-01' };
  assert.deepEqual(readChoices({ range: year }), { range: year }, '366 days');
  const name = 'x'.repeat(1_000_000);
  for (const message of [
    { type: 'chooseAccount', accountId: name },
    { type: 'select', subjectId: name },
    { type: 'reveal', subjectId: name },
    { type: 'dismiss', name },
  ]) {
    assert.equal(readPageMessage(message), undefined, message.type);
  }
});
