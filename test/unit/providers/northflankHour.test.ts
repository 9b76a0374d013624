import assert from 'node:assert/strict';
import test from 'node:test';
import { DAY, HOUR } from '../../../src/usage/time';
import type { Spent } from '../../simulator/northflank/book';
import { addSums, totalOf } from '../../simulator/northflank/sums';
import { failureOf } from '../http/helpers';
import { AT_NOON, JSON_TYPE, NOW, outline, source, start, trueOutline } from './northflankReading';

/** A node of which only the chosen children are left, with what these cost. */
function only(node: Spent, wanted: (child: Spent) => boolean): Spent {
  const children = node.children.filter(wanted);
  return { ...node, children, price: addSums(...children.map(({ price }) => price)) };
}

test('an hour has its teams, the dearest first, and prices by category', async () => {
  const simulator = await start({ byoc: true });
  const spend = await source(simulator).hour({ start: AT_NOON });
  const truth = simulator.hourOf(AT_NOON);
  assert.deepEqual(outline(spend.nodes), trueOutline(truth, 1));
  assert.ok(spend.nodes.every(({ children }) => children === undefined));
  const whole = simulator.spent(AT_NOON, AT_NOON + HOUR);
  assert.deepEqual(spend.paas, {
    meter: 'paas.cents',
    total: Number(totalOf(whole)),
    categories: new Map(
      ['cpu', 'memory', 'storage', 'gpu'].map((category) => [category, Number(whole.get(category))]),
    ),
  });
  const own = simulator.byocSpent(AT_NOON, AT_NOON + HOUR);
  assert.equal(spend.byoc?.meter, 'byoc.cents');
  assert.equal(spend.byoc.total, Number(totalOf(own)));
  assert.deepEqual(simulator.requests.at(-1)?.path, '/v1/billing/usage/1795176000');
  assert.deepEqual(simulator.requests.at(-1)?.query, {});
});

test('an hour of one team has its projects at once', async () => {
  const simulator = await start({ teams: 1 });
  const { nodes } = await source(simulator).hour({ start: AT_NOON });
  assert.deepEqual(outline(nodes), trueOutline(simulator.hourOf(AT_NOON), 2));
});

for (const pagedHour of [undefined, 1, 2] as const) {
  const paged = pagedHour === undefined ? 'at once' : `in pages of ${pagedHour}`;

  test(`${paged}: a team is read with its projects`, async () => {
    const simulator = await start({ ...(pagedHour && { pagedHour }) });
    const truth = simulator.hourOf(AT_NOON).filter(({ id }) => id === 'borealis');
    const { nodes } = await source(simulator).hour({ start: AT_NOON, teamId: 'borealis' });
    assert.deepEqual(outline(nodes), trueOutline(truth, 2));
    assert.ok(simulator.requests.every(({ query }) => query['teamId'] === 'borealis'));
    assert.ok(simulator.requests.every(({ query }) => query['per_page'] === undefined));
    assert.equal(simulator.requests.length, pagedHour === undefined ? 1 : Math.ceil(3 / pagedHour));
  });

  test(`${paged}: a project is read down to its resources, and makes its team a part`, async () => {
    const simulator = await start({ ...(pagedHour && { pagedHour }) });
    const borealis = simulator.hourOf(AT_NOON).find(({ id }) => id === 'borealis');
    assert.ok(borealis !== undefined);
    const projectId = 'borealis-data';
    const { nodes } = await source(simulator).hour({ start: AT_NOON, teamId: 'borealis', projectId });
    const truth = only(borealis, ({ id }) => id === projectId);
    assert.deepEqual(outline(nodes), trueOutline([truth], 4, ['team']));
    assert.ok(outline(nodes).some((line) => line.includes('resourceType edge-cache')));
  });

  test(`${paged}: a type of resource makes its team and projects a part`, async () => {
    const simulator = await start({ ...(pagedHour && { pagedHour }) });
    const borealis = simulator.hourOf(AT_NOON).find(({ id }) => id === 'borealis');
    assert.ok(borealis !== undefined);
    const query = { start: AT_NOON, teamId: 'borealis', resourceType: 'addon' };
    const { nodes } = await source(simulator).hour(query);
    const projects = borealis.children.map((project) => only(project, ({ id }) => id === 'addon'));
    const truth = only({ ...borealis, children: projects }, ({ price }) => price.size > 0);
    assert.equal(truth.children.length, 2);
    assert.deepEqual(outline(nodes), trueOutline([truth], 4, ['team', 'project']));
  });
}

test('a type of resource is asked for with a team alone: the account’s own, or none at all', async () => {
  const simulator = await start();
  const query = { start: AT_NOON, resourceType: 'addon' };
  const { nodes } = await source(simulator).hour(query);
  assert.deepEqual(simulator.requests.at(-1)?.query, {});
  assert.ok(nodes.every(({ isSlice }) => !isSlice));
  await source(simulator, { organisationId: 'atlas' }).hour(query);
  assert.deepEqual(simulator.requests.at(-1)?.query, { teamId: 'atlas', resourceType: 'addon' });
});

test('the customer’s own cloud is always all of it, and never a part of a team', async () => {
  const simulator = await start({ byoc: true });
  const own = Number(totalOf(simulator.byocSpent(AT_NOON, AT_NOON + HOUR)));
  for (const filter of [{}, { teamId: 'atlas' }, { projectId: 'atlas-site' }]) {
    const { byoc, nodes } = await source(simulator).hour({ start: AT_NOON, ...filter });
    assert.equal(byoc?.total, own);
    assert.ok(nodes.every(({ price }) => price?.meter === 'paas.cents'));
  }
});

test('an hour beside a currency is in its whole units', async () => {
  const simulator = await start({ form: 'major' });
  const { nodes, paas } = await source(simulator).hour({ start: AT_NOON, teamId: 'atlas' });
  const [atlas] = simulator.hourOf(AT_NOON);
  assert.ok(atlas !== undefined);
  assert.equal(paas?.meter, 'paas.USD');
  assert.deepEqual(outline(nodes), trueOutline([atlas], 2));
});

test('an hour that does not exist is not found', async () => {
  const simulator = await start();
  for (const at of [AT_NOON + 1000, NOW + DAY, Date.UTC(2020, 0, 1)]) {
    assert.equal((await failureOf(source(simulator).hour({ start: at }))).kind, 'notFound');
  }
});

test('another hour than the one that was asked for is refused', async () => {
  const simulator = await start();
  const reply = { data: { timestamp: AT_NOON / 1000 - 3600 } };
  simulator.inject({ status: 200, body: { raw: JSON.stringify(reply), contentType: JSON_TYPE } });
  assert.deepEqual(await failureOf(source(simulator).hour({ start: AT_NOON })), {
    kind: 'malformed',
    path: 'reply.data.timestamp',
    expected: 'asAsked',
  });
});
