import assert from 'node:assert/strict';
import test from 'node:test';
import { meteringBuckets } from '../../../../src/insights/trail/meteringBuckets';
import { daysWith, searchTrail } from '../../../../src/insights/trail/searchTrail';
import { bucketAt, columnsByDay } from '../../../../src/usage/columns/columns';
import { computeDay, storageHour } from '../../usage/builders';
import { breakdown, event, hour } from './hours';

const ACCOUNT = { aliases: { 'dm-1': 'Build Box' } };
const ROWS = [
  hour('dm-1', 1, ['org-AA'], { after: 5, ids: ['dcs-cpu-AA'] }),
  hour('dm-2', 1, ['org-AA'], { after: 5, ids: ['dcs-cpu-AA'] }),
  hour('dm-2', 2, ['org-BB', 'org-CC'], { after: 5, ids: ['dcs-cpu-BB'] }),
  hour('dm-3', 3, []),
];

function found(text: string, most = 10): { buckets: string[]; rows: string[]; rowCount: number } {
  const breakdowns = [breakdown(ROWS)];
  const { buckets, rows, rowCount } = searchTrail(
    text,
    breakdowns,
    meteringBuckets(breakdowns).buckets,
    ACCOUNT,
    most,
  );
  return {
    buckets: buckets.map(({ id }) => id),
    rows: rows.map((one) => {
      const { subjectId: machineId, start } = bucketAt(one.breakdown.columns, one.row, 'compute');
      return `${machineId} ${new Date(start).getUTCHours()}`;
    }),
    rowCount,
  };
}

test('a part of any id finds the buckets and the machine buckets, in whatever case', () => {
  const aa = { buckets: ['org-AA'], rows: ['dm-2 1', 'dm-1 1'], rowCount: 2 };
  assert.deepEqual(found('ORG-aa'), aa);
  assert.deepEqual(found(' cpu-aa '), aa);
  assert.deepEqual(found('dm-2'), {
    buckets: ['org-BB', 'org-CC', 'org-AA'],
    rows: ['dm-2 2', 'dm-2 1'],
    rowCount: 2,
  });
  assert.deepEqual(found('build box'), { buckets: ['org-AA'], rows: ['dm-1 1'], rowCount: 1 });
});

test('a bucket is not found because a machine of it goes into the one that is looked for', () => {
  assert.deepEqual(found('org-cc'), { buckets: ['org-CC'], rows: ['dm-2 2'], rowCount: 1 });
});

test('a machine whose usage is in no bucket yet is found as well', () => {
  assert.deepEqual(found('dm-3'), { buckets: [], rows: ['dm-3 3'], rowCount: 1 });
});

test('what is nowhere is not found, and of many a few are given', () => {
  assert.deepEqual(found('dm-9'), { buckets: [], rows: [], rowCount: 0 });
  assert.deepEqual(found('dm', 1).rows, ['dm-3 3']);
  assert.equal(found('dm', 1).rowCount, 4);
});

test('the days that hold an id are told by rows of whole days, the newest first', () => {
  const days = ['2026-11-18', '2026-11-19', '2026-11-20'];
  const compute = columnsByDay(
    [
      computeDay('dm-1', '2026-11-18', 10, {
        meteringBucketIds: ['org-1', 'org-2'],
        meterEvents: [event('evt-1')],
      }),
      computeDay('dm-2', '2026-11-20', 10, { meteringBucketIds: ['org-3'] }),
    ],
    days,
    'shared',
  );
  const storage = columnsByDay(
    [storageHour('dm-1', '2026-11-19', 2, 10, { meteringBucketIds: ['org-1'] })],
    days,
    'shared',
  );
  const on = (text: string): string[] => daysWith(text, [compute, storage], ACCOUNT);
  assert.deepEqual(on('ORG-1'), ['2026-11-19', '2026-11-18']);
  assert.deepEqual(on('evt-1'), ['2026-11-18']);
  assert.deepEqual(on('box'), ['2026-11-19', '2026-11-18']);
  assert.deepEqual(on('dm-2'), ['2026-11-20']);
  assert.deepEqual(on('nothing'), []);
  assert.deepEqual(daysWith('org', [undefined, storage], ACCOUNT), ['2026-11-19']);
});
