import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import test from 'node:test';
import type { RowQuery } from '../../../src/providers/provider';
import { UsageStore } from '../../../src/store/usageStore';
import type { FetchedBreakdown } from '../../../src/usage/breakdownId';
import type { UsageBucket } from '../../../src/usage/bucket';
import { columnsByDay, type DayColumns } from '../../../src/usage/columns/columns';
import { daysOf } from '../../../src/usage/time';
import { accountNode } from '../../../src/views/tree/account/nodes';
import type { TreeContext } from '../../../src/views/tree/context';
import { childrenOf, rowOf } from '../../../src/views/tree/nodeKinds';
import type { TreeNode } from '../../../src/views/tree/nodes';
import { NO_CHECKS } from '../../support/noChecks';
import { hour } from '../insights/trail/hours';
import { ACCOUNT, FakeSource, noDatabaseCache, silentLog } from '../store/fakeSource';

const NOW = Date.UTC(2026, 10, 20, 12);

/** A vendor whose rows of 20 November are given. */
class TrailSource extends FakeSource {
  constructor(readonly hours: readonly UsageBucket[]) {
    super();
  }

  override rows(part: FetchedBreakdown, query: RowQuery): Promise<DayColumns> {
    return Promise.resolve(columnsByDay(part === 'storage' ? [] : this.hours, daysOf(query.period)));
  }
}

/** The rows below the day's buckets, by the id of the bucket. */
async function trail(hours: readonly UsageBucket[], limit = 2000): Promise<Map<string, readonly TreeNode[]>> {
  const store = new UsageStore({
    moneyRule: () => 'auto',
    databaseCache: noDatabaseCache(),
    open: () => Promise.resolve(new TrailSource(hours)),
    now: () => NOW,
    log: silentLog,
  });
  const context: TreeContext = {
    ...{ store, checks: NO_CHECKS, now: () => NOW, machineLimit: () => limit },
    machineView: () => ({ sort: 'usage', text: '', hideZero: false }),
    ratesOf: () => undefined,
  };
  await store.of(ACCOUNT).refresh();
  const below = async (node: TreeNode, kind: TreeNode['kind']): Promise<TreeNode[]> =>
    (await childrenOf(node, context)).filter((child) => child.kind === kind);
  const [metering] = await below(accountNode(ACCOUNT), 'metering');
  assert.ok(metering);
  const [day] = await below(metering, 'meteringDay');
  assert.ok(day);
  const rows = await below(day, 'meteringBucket');
  return new Map(
    await Promise.all(
      rows.map(async (row) => [rowOf(row).copyable ?? '', await childrenOf(row, context)] as const),
    ),
  );
}

test('below a metering bucket are the machine buckets that feed it, the most used first', async () => {
  const below = await trail([
    hour('a', 1, ['x']),
    hour('b', 1, ['x', 'y'], { quantities: { awake_seconds: 20 } }),
    hour('c', 1, []),
  ]);
  const machines = (id: string): (string | undefined)[] =>
    (below.get(id) ?? []).map((row) => rowOf(row).subjectId);
  assert.deepEqual(machines('x'), ['b', 'a']);
  assert.deepEqual(machines('y'), ['b']);
});

test('a machine below a bucket is the machine that commands and the dashboard know', async () => {
  const [row] = (await trail([hour('a', 1, ['x'])])).get('x') ?? [];
  assert.ok(row?.kind === 'machineBucket');
  assert.deepEqual(rowOf(row), { account: ACCOUNT, subjectId: 'a', copyable: 'a' });
  assert.equal(row.asOf, NOW);
});

test('rows below buckets have ids of their own, even where a vendor sends one twice', async () => {
  const rows = [hour('a', 1, ['x']), hour('a', 1, ['x']), hour('a', 1, ['x', 'y']), hour('b', 2, ['y'])];
  const ids = async (): Promise<string[]> => [...(await trail(rows)).values()].flat().map(({ id }) => id);
  const first = await ids();
  assert.equal(first.length, 5);
  assert.equal(new Set(first).size, 5);
  assert.deepEqual(await ids(), first);
});

test('a bucket of many machines shows some, and says how many it hides', async () => {
  const hours = ['a', 'b', 'c'].map((machineId) => hour(machineId, 1, ['x']));
  const rows = (await trail(hours, 2)).get('x') ?? [];
  assert.deepEqual(
    rows.map((row) => (row.kind === 'more' ? row.hidden : row.kind)),
    ['machineBucket', 'machineBucket', 1],
  );
});
