import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import test from 'node:test';
import { UsageStore } from '../../../src/store/usageStore';
import { createFormats } from '../../../src/usage/format';
import { accountNode } from '../../../src/views/tree/account/nodes';
import type { TreeContext } from '../../../src/views/tree/context';
import { childrenOf, treeItem } from '../../../src/views/tree/nodeKinds';
import type { TreeNode } from '../../../src/views/tree/nodes';
import { roundedOrUnknown, usageLine, usageRows } from '../../../src/views/words/usageWords';
import { NO_CHECKS } from '../../support/noChecks';
import { ACCOUNT, FakeSource, noDatabaseCache, silentLog } from '../store/fakeSource';

const NOW = Date.UTC(2026, 10, 20, 12);
const FORMATS = createFormats('en-US');

/** What the tree shows: each row's label and description. */
async function shown(
  source: FakeSource,
  kinds: readonly TreeNode['kind'][],
): Promise<Record<string, unknown>> {
  const store = new UsageStore({
    moneyRule: () => 'auto',
    databaseCache: noDatabaseCache(),
    open: () => Promise.resolve(source),
    now: () => NOW,
    log: silentLog,
  });
  const context: TreeContext = {
    ...{ store, checks: NO_CHECKS, now: () => NOW, machineLimit: () => 10, ratesOf: () => undefined },
    machineView: () => ({ sort: 'usage', text: '', hideZero: false }),
  };
  await store.of(ACCOUNT).refresh();
  const found: [string, unknown][] = [];
  const walk = async (node: TreeNode): Promise<void> => {
    if (kinds.includes(node.kind)) {
      const { label, description } = treeItem(node, { ...context, formats: FORMATS });
      found.push([label as string, description]);
    }
    for (const child of await childrenOf(node, context)) {
      await walk(child);
    }
  };
  await walk(accountNode(ACCOUNT));
  return Object.fromEntries(found);
}

test('a figure that could not be read is unknown in the tree, never 0', async () => {
  const source = new FakeSource();
  source.billed = 7200; // the only figure that the summary has
  source.failures.set('compute', { kind: 'cut' });
  assert.deepEqual(await shown(source, ['figure', 'machine', 'day']), {
    'Awake time': '2 h billed',
    'vCPU-time': 'unknown',
    Memory: 'unknown',
    Storage: '<0.01 GiB-h',
    'Provisioned storage': 'unknown',
    m: 'unknown',
    'Thu 19': 'unknown',
  });
});

test('an account whose bill could not be read says that it is unknown, and what was metered', async () => {
  const source = new FakeSource();
  source.awake = 5400;
  source.failures.set('summary', { kind: 'cut' });
  assert.deepEqual(await shown(source, ['account', 'figure', 'billed', 'machine']), {
    Work: 'connection lost',
    'Awake time': '1.5 h',
    'vCPU-time': '0.15 vCPU-h',
    Memory: '6 GiB-h',
    Storage: '<0.01 GiB-h',
    'Provisioned storage': 'unknown',
    Billed: 'unknown of 1.5 h',
    m: '1.5 h',
  });
});

test('what is known to be nothing is 0, and not unknown', async () => {
  const source = new FakeSource();
  [source.billed, source.awake] = [0, 0];
  const { 'Awake time': awake, Billed: billed, m } = await shown(source, ['figure', 'billed', 'machine']);
  assert.deepEqual([awake, billed, m], ['0 h', '0 h of 0 h', '0 h']);
});

test('a line and a table leave out what is unknown', () => {
  assert.equal(roundedOrUnknown(undefined, 'storage_mib_seconds', FORMATS), 'unknown');
  assert.equal(usageLine({ storage_mib_seconds: 3_686_400 }, FORMATS), 'disk 1 GiB-h');
  assert.equal(usageLine({}, FORMATS), '');
  assert.deepEqual(usageRows({ awake_seconds: 3600 }, FORMATS), [['Awake time', '3,600 s', '1 h']]);
  assert.deepEqual(usageRows({}, FORMATS), []);
});
