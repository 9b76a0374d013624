import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import test from 'node:test';
import { UsageChecks } from '../../../src/insights/checks/usageChecks';
import { UsageStore } from '../../../src/store/usageStore';
import type { MachineView } from '../../../src/usage/columns/machines';
import type { Rates } from '../../../src/usage/rates';
import { accountNode } from '../../../src/views/tree/account/nodes';
import type { TreeContext } from '../../../src/views/tree/context';
import { childrenOf, rowOf } from '../../../src/views/tree/nodeKinds';
import type { TreeNode } from '../../../src/views/tree/nodes';
import { ACCOUNT, FakeSource, noDatabaseCache, silentLog } from '../store/fakeSource';

const NOW = Date.UTC(2026, 10, 20, 12);
const account = accountNode(ACCOUNT);

interface World {
  readonly context: TreeContext;
  readonly checks: UsageChecks;
  readonly source: FakeSource;
}

function setUp(view: Partial<MachineView> = {}, limit = 2000): World {
  const source = new FakeSource();
  const databaseCache = noDatabaseCache();
  const store = new UsageStore({
    moneyRule: () => 'auto',
    databaseCache,
    open: () => Promise.resolve(source),
    now: () => NOW,
    log: silentLog,
  });
  const checks = new UsageChecks({ store, databaseCache, onError: silentLog.error });
  const machineView: MachineView = { sort: 'usage', text: '', hideZero: false, ...view };
  return {
    source,
    checks,
    context: {
      store,
      checks,
      now: () => NOW,
      machineView: () => machineView,
      ratesOf: () => undefined,
      machineLimit: () => limit,
    },
  };
}

async function below(node: TreeNode, context: TreeContext, kind: TreeNode['kind']): Promise<TreeNode> {
  const found = (await childrenOf(node, context)).find((child) => child.kind === kind);
  assert.ok(found, `no row of kind ${kind}`);
  return found;
}

const kinds = async (node: TreeNode, context: TreeContext): Promise<string[]> =>
  (await childrenOf(node, context)).map(({ kind }) => kind);

test('before anything was read the account says that it is being read', async () => {
  const { context } = setUp();
  const [row] = await childrenOf(account, context);
  assert.ok(row?.kind === 'empty' && row.reason === 'loading');
});

test('an account that could never be read shows why, and nothing else', async () => {
  const { context, source } = setUp();
  source.failures.set('summary', { kind: 'keyRejected', detail: '' });
  await context.store.of(ACCOUNT).refresh();
  assert.deepEqual(await kinds(account, context), ['failure']);
});

test('a failure later on takes none of the last good rows away', async () => {
  const { context, source } = setUp();
  await context.store.of(ACCOUNT).refresh();
  source.failures.set('summary', { kind: 'timeout', seconds: 30 });
  await context.store.of(ACCOUNT).refresh();
  assert.deepEqual(await kinds(account, context), [
    'figure',
    'figure',
    'figure',
    'figure',
    'figure',
    'billed',
    'machines',
    'metering',
    'checks',
  ]);
});

test('hours are asked for when a day is opened, and only for its machine', async () => {
  const { context, source } = setUp();
  await context.store.of(ACCOUNT).refresh();
  const machines = await below(account, context, 'machines');
  const machine = await below(machines, context, 'machine');
  const day = await below(machine, context, 'day');
  assert.ok(!source.asked.some((name) => name.includes('hour')));
  await childrenOf(day, context);
  assert.deepEqual(
    source.asked.filter((name) => name.includes('hour')),
    ['compute hour m 2026-11-19'],
  );
});

test('a day that cannot be read says so in its place, and reads when opened again', async () => {
  const { context, source } = setUp();
  await context.store.of(ACCOUNT).refresh();
  const machine = await below(await below(account, context, 'machines'), context, 'machine');
  const day = await below(machine, context, 'day');
  source.failures.set('compute', { kind: 'cut' });
  assert.deepEqual(await kinds(day, context), ['failure']);
  source.failures.clear();
  assert.ok((await kinds(day, context)).every((kind) => kind === 'hour'));
});

test('rows have the same ids after a refresh, and no two rows have one', async () => {
  const { context } = setUp();
  const ids = async (): Promise<string[]> => {
    const all: string[] = [];
    const walk = async (node: TreeNode): Promise<void> => {
      all.push(node.id);
      for (const child of await childrenOf(node, context)) {
        await walk(child);
      }
    };
    await context.store.of(ACCOUNT).refresh();
    await walk(account);
    return all;
  };
  const first = await ids();
  assert.deepEqual(await ids(), first);
  assert.equal(new Set(first).size, first.length);
  assert.ok(first.length > 10);
});

test('a filter that hides everything says so; an empty account says that', async () => {
  const { context } = setUp({ text: 'nothing like it' });
  await context.store.of(ACCOUNT).refresh();
  const row = await below(await below(account, context, 'machines'), context, 'empty');
  assert.ok(row.kind === 'empty' && row.reason === 'allFilteredOut');
});

test('a long list ends with a row that shows more', async () => {
  const { context } = setUp({}, 0);
  await context.store.of(ACCOUNT).refresh();
  const row = await below(await below(account, context, 'machines'), context, 'more');
  assert.ok(row.kind === 'more' && row.hidden === 1);
});

test('the estimate stands below the figures of the month, and only where there are rates for something that is known', async () => {
  const { context } = setUp();
  const rows = async (rates: Rates | undefined): Promise<string[]> => {
    return kinds(account, { ...context, ratesOf: () => rates });
  };
  await context.store.of(ACCOUNT).refresh();
  assert.ok(!(await rows(undefined)).includes('estimate'));
  const withRates = await rows({ currency: 'USD', perVcpuHour: 1 });
  assert.deepEqual(withRates.slice(withRates.lastIndexOf('figure')), [
    ...['figure', 'billed', 'estimate', 'machines', 'metering', 'checks'],
  ]);
  assert.ok(!(await rows({ currency: 'USD' })).includes('estimate'));
});

test('below the checks are the sums, what was found in rows by kind, and the restatements', async () => {
  const { context, checks: looked, source } = setUp();
  source.awake = 100_000; // of a day that has 86,400
  const checked = new Promise<void>((resolve) => {
    const subscription = looked.onDidChange(() => {
      if (looked.result(ACCOUNT.id) !== undefined) {
        subscription.dispose();
        resolve();
      }
    });
  });
  await context.store.of(ACCOUNT).refresh();
  await checked;
  const checks = await below(account, context, 'checks');
  assert.deepEqual(await kinds(checks, context), [
    ...['checkSum', 'checkSum', 'checkSum', 'checkSum'],
    ...['findings', 'findings', 'restatements'],
  ]);
  const findings = await below(checks, context, 'findings');
  const [finding] = await childrenOf(findings, context);
  assert.ok(finding?.kind === 'finding');
  assert.deepEqual([finding.finding.kind, finding.finding.found], ['tooLong', 100_000]);
  assert.deepEqual(rowOf(finding), { account: ACCOUNT, subjectId: 'm', copyable: 'm' });
  assert.deepEqual(await kinds(await below(checks, context, 'restatements'), context), []);
});
