import '../../support/vscodeStandIn';
import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { Provider } from '../../../src/providers/provider';
import { PROVIDERS } from '../../../src/providers/registry';
import { UsageStore } from '../../../src/store/usageStore';
import type { Account } from '../../../src/usage/account';
import { type Amount, sum } from '../../../src/usage/amount';
import { NO_GROUP, type Quantities } from '../../../src/usage/bucket';
import { HOUR, MINUTE, monthOf } from '../../../src/usage/time';
import { accountNode } from '../../../src/views/tree/account/nodes';
import type { TreeContext } from '../../../src/views/tree/context';
import { childrenOf } from '../../../src/views/tree/nodeKinds';
import type { TreeNode } from '../../../src/views/tree/nodes';
import { type MiosaSimulator, startMiosa } from '../../simulator/miosa/simulator';
import {
  type NorthflankOptions,
  type NorthflankSimulator,
  startNorthflank,
} from '../../simulator/northflank/simulator';
import { accessTo } from '../../support/access';
import { NO_CHECKS } from '../../support/noChecks';
import { client } from '../http/helpers';
import { noDatabaseCache, silentLog } from '../store/fakeSource';

const NOW = Date.UTC(2026, 10, 20, 14, 20);
const month = { start: monthOf(NOW).start, end: NOW };
const clock = { now: NOW };
const running: (MiosaSimulator | NorthflankSimulator)[] = [];
after(() => Promise.all(running.map((own) => own.close())));

interface World {
  readonly account: Account;
  readonly context: TreeContext;
}

function world(
  simulator: MiosaSimulator | NorthflankSimulator,
  provider: Provider,
  more: Partial<Account> = {},
): World {
  running.push(simulator);
  const account: Account = { id: provider.id, provider: provider.id, label: provider.name, ...more };
  const store = new UsageStore({
    moneyRule: () => 'auto',
    databaseCache: noDatabaseCache(),
    now: () => clock.now,
    log: silentLog,
    open: ({ grouping, organisationId }, told) => {
      const { http } = client();
      const access = { http, key: simulator.key, grouping, organisationId, now: () => NOW, ...told };
      return provider.connect({ now: () => NOW, access: accessTo(simulator.baseUrl, access) });
    },
  });
  const machineView = { sort: 'usage', text: '', hideZero: false } as const;
  return {
    account,
    context: {
      store,
      checks: NO_CHECKS,
      now: () => NOW,
      machineView: () => machineView,
      ratesOf: () => undefined,
      machineLimit: () => 2000,
    },
  };
}

async function rowsBelow<K extends TreeNode['kind']>(
  node: TreeNode,
  context: TreeContext,
  kind: K,
): Promise<Extract<TreeNode, { kind: K }>[]> {
  const rows = await childrenOf(node, context);
  return rows.filter((row): row is Extract<TreeNode, { kind: K }> => row.kind === kind);
}

async function only<K extends TreeNode['kind']>(
  node: TreeNode,
  context: TreeContext,
  kind: K,
): Promise<Extract<TreeNode, { kind: K }>> {
  const [row] = await rowsBelow(node, context, kind);
  assert.ok(row, `no row of kind ${kind}`);
  return row;
}

test('groups stand in the order of their credits, each with its meters, and nobody is dropped', async () => {
  const simulator = await startMiosa({ now: () => NOW });
  const { account, context } = world(simulator, PROVIDERS.miosa);
  await context.store.of(account).refresh();
  const groups = await rowsBelow(await only(accountNode(account), context, 'groups'), context, 'group');
  const truth = simulator.totals('external_user_id');
  assert.deepEqual(new Set(groups.map(({ groupId }) => groupId)), new Set(truth.keys()));
  assert.ok(groups.some(({ groupId }) => groupId === NO_GROUP));
  const credits = groups.map(({ quantities }) => Number(quantities.credit_cents));
  assert.deepEqual(
    credits,
    credits.toSorted((a, b) => b - a),
  );
  for (const group of groups) {
    const meters = await rowsBelow(group, context, 'quantity');
    assert.deepEqual(
      Object.fromEntries(meters.map(({ meter, amount }) => [meter, BigInt(amount)])),
      truth.get(group.groupId),
    );
  }
  assert.deepEqual(simulator.violations, []);
});

test('another grouping has other groups, which are read once it is chosen', async () => {
  const simulator = await startMiosa({ now: () => NOW });
  const { account, context } = world(simulator, PROVIDERS.miosa);
  await context.store.of(account).refresh();
  const other: Account = { ...account, grouping: 'workspace_id' };
  const before = await only(accountNode(other), context, 'groups');
  assert.equal((await only(before, context, 'empty')).reason, 'loading', 'not those of the grouping before');
  await context.store.of(other).refresh();
  const rows = await rowsBelow(await only(accountNode(other), context, 'groups'), context, 'group');
  assert.deepEqual(
    new Set(rows.map(({ groupId }) => groupId)),
    new Set(simulator.totals('workspace_id').keys()),
  );
});

async function spending(
  options: NorthflankOptions = {},
): Promise<World & { simulator: NorthflankSimulator }> {
  const simulator = await startNorthflank({ now: () => NOW, byoc: true, ...options });
  const own = world(simulator, PROVIDERS.northflank);
  await own.context.store.of(own.account).refresh();
  return { ...own, simulator };
}

test('the month is one sum in each cloud, made of its categories', async () => {
  const { account, context, simulator } = await spending();
  const figures = await rowsBelow(accountNode(account), context, 'figure');
  assert.deepEqual(
    figures.map(({ meter }) => meter),
    ['paas.cents', 'byoc.cents'],
  );
  const truths = [simulator.spent(month.start, month.end), simulator.byocSpent(month.start, month.end)];
  for (const [index, figure] of figures.entries()) {
    const categories = await rowsBelow(figure, context, 'category');
    const shown = categories.map(({ category, amount }) => [category, BigInt(amount)] as const);
    assert.deepEqual(new Map(shown), new Map([...(truths[index] ?? [])].filter(([, own]) => own !== 0n)));
  }
});

test('a month takes eight requests, and a refresh one more', async () => {
  const { account, context, simulator } = await spending();
  const first = simulator.requests.length;
  assert.ok(first <= 8, `${first} requests`);
  clock.now += 15 * MINUTE;
  await context.store.of(account).refresh();
  clock.now = NOW;
  assert.equal(simulator.requests.length, first + 1);
});

test('days and hours add up, and an hour opens into teams, projects, types and resources as asked', async () => {
  const { account, context, simulator } = await spending();
  const days = await rowsBelow(await only(accountNode(account), context, 'spendDays'), context, 'spendDay');
  assert.equal(days.length, 20);
  const [today, yesterday] = days;
  assert.ok(today && yesterday);
  const hours = await rowsBelow(yesterday, context, 'spendHour');
  assert.equal(hours.length, 24);
  const spent = (quantities: Quantities): Amount => quantities['paas.cents'] ?? -1;
  assert.equal(sum(hours.map(({ quantities }) => spent(quantities))), spent(yesterday.quantities));
  const [hour] = hours;
  assert.ok(hour);
  const before = simulator.requests.length;
  const teams = await rowsBelow(hour, context, 'branch');
  assert.equal(simulator.requests.length, before + 1, 'one request for what was opened');
  assert.deepEqual(
    new Set(teams.map(({ spend }) => spend.id)),
    new Set(simulator.hourOf(hour.hour.start).map(({ id }) => id)),
  );
  assert.equal((await rowsBelow(hour, context, 'ownCloud')).length, 1);
  let level = teams;
  const way: string[] = [];
  while (level[0] !== undefined) {
    const [row] = level;
    way.push(row.spend.kind);
    assert.equal(row.spend.isSlice, false, 'what is shown is the whole of it');
    const children = await rowsBelow(row, context, 'branch');
    const total = row.spend.price?.total;
    if (children.length > 0 && total !== undefined) {
      assert.equal(sum(children.map(({ spend: own }) => own.price?.total ?? 0)), total);
    }
    level = children;
  }
  assert.deepEqual(way, ['team', 'project', 'resourceType', 'resource']);
  const asked = simulator.requests.length;
  await childrenOf(hour, context);
  assert.equal(simulator.requests.length, asked, 'an hour that has closed is not asked for again');
  assert.deepEqual(simulator.violations, []);
});

test('an hour that cannot be opened says so in its place', async () => {
  const { account, context, simulator } = await spending();
  const [day] = await rowsBelow(await only(accountNode(account), context, 'spendDays'), context, 'spendDay');
  assert.ok(day);
  const [, hour] = await rowsBelow(day, context, 'spendHour');
  assert.ok(hour);
  simulator.inject({ status: 403, match: { times: 1 } });
  assert.equal((await only(hour, context, 'failure')).failure.kind, 'forbidden');
  assert.ok((await rowsBelow(hour, context, 'branch')).length > 0, 'opened again, it is read again');
});

test('when the vendor’s hour of requests is spent, nothing more is sent before it begins anew', async () => {
  const simulator = await startNorthflank({ now: () => NOW, quota: 3 });
  const { account, context } = world(simulator, PROVIDERS.northflank);
  await context.store.of(account).refresh();
  assert.equal(simulator.requests.length, 3);
  const until = context.store.known(account.id)?.waitUntil ?? 0;
  assert.ok(until > NOW && until <= NOW + HOUR);
  await context.store.of(account).refresh();
  assert.equal(simulator.requests.length, 3);
  assert.equal((await only(accountNode(account), context, 'failure')).failure.kind, 'rateLimited');
});

test('top resources say of how many hours they are a sample, and are those of these hours', async () => {
  const { account, context, simulator } = await spending();
  const before = simulator.requests.length;
  const node = await only(accountNode(account), context, 'topResources');
  const rows = await childrenOf(node, context);
  const [first, ...resources] = rows;
  assert.ok(first?.kind === 'sample');
  const { hours, projects, sampled } = first.sample;
  assert.deepEqual([hours.looked, hours.all], [4, 19 * 24 + 14]);
  assert.ok(simulator.requests.length - before <= 4 * (1 + simulator.teamIds.length + 5));
  assert.ok(projects.looked <= projects.all);
  const looked = new Set(
    simulator.requests.slice(before).map(({ path }) => Number(path.split('/').at(-1)) * 1000),
  );
  const truth = [...looked].flatMap((hour) => simulator.hourOf(hour));
  const total = truth.flatMap(({ price }) => [...price.values()]).reduce((a, b) => a + b, 0n);
  assert.equal(BigInt(sampled ?? -1), total);
  const spent = resources.map((row) => (row.kind === 'topResource' ? Number(row.resource.spent) : NaN));
  assert.ok(spent.length > 0 && spent.length <= 20);
  assert.deepEqual(
    spent,
    spent.toSorted((a, b) => b - a),
  );
});
