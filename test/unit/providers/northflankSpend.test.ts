import assert from 'node:assert/strict';
import test from 'node:test';
import { type HourFilters, toDays, toHourSpend } from '../../../src/providers/northflank/normalise';
import { quotaExhaustedUntil } from '../../../src/providers/northflank/quota';
import { readUsageHour, readUsageList } from '../../../src/providers/northflank/wire';
import type { SpendNode } from '../../../src/usage/bucket';
import { dayPeriod, HOUR } from '../../../src/usage/time';
import { bucketsIn } from '../usage/builders';
import { outline } from './northflankReading';

const DAY = dayPeriod('2026-11-03');
const SECONDS = DAY.start / 1000;
const CENT = 10 ** 8;
const ALL: HourFilters = { teamId: undefined, projectId: undefined, resourceType: undefined };

/** What an hour's pages tell; each has teams, and prices of its own. */
function spend(pages: readonly object[], filters = ALL): ReturnType<typeof toHourSpend> {
  const items = pages.flatMap(
    (page) => readUsageHour({ data: { timestamp: SECONDS, ...page } }, 'auto').items,
  );
  return toHourSpend(items, DAY.start, filters);
}

const team = (id: string, total?: number, more: object = {}): object => ({
  ...{ id, name: `Team ${id}`, ...more },
  ...(total === undefined ? {} : { price: { total } }),
});
const nodesOf = (...pages: object[][]): readonly SpendNode[] =>
  spend(pages.map((teams) => ({ paasUsage: { teams } }))).nodes;

const DEEP = team('t', 9, {
  projects: [
    {
      ...{ id: 'p', name: 'P', price: { total: 8 } },
      resourceTypes: [
        {
          ...{ resourceType: 'service', price: { total: 7 } },
          resources: [{ id: 'r', name: 'R', price: { total: 6 } }],
        },
      ],
    },
  ],
});

for (const [what, filters, slices] of [
  ['a whole hour', ALL, []],
  ['an hour of a team', { ...ALL, teamId: 't' }, []],
  ['an hour of a project', { ...ALL, teamId: 't', projectId: 'p' }, ['team']],
  ['an hour of a type of resource', { ...ALL, resourceType: 'service' }, ['team', 'project']],
] as const) {
  test(`${what}: what stands above the filter is only a part`, () => {
    const isPart = (kind: string): string =>
      (slices as readonly string[]).includes(kind) ? 'slice' : 'whole';
    assert.deepEqual(outline(spend([{ paasUsage: { teams: [DEEP] } }], filters).nodes), [
      `team t "Team t" ${9 * CENT} ${isPart('team')}`,
      `  project p "P" ${8 * CENT} ${isPart('project')}`,
      `    resourceType service "service" ${7 * CENT} whole`,
      `      resource r "R" ${6 * CENT} whole`,
    ]);
  });
}

test('the prices of an hour are those of the first page that has them', () => {
  const { paas, byoc, start } = spend([
    { paasUsage: { teams: [] } },
    { paasUsage: { price: { total: 5 }, teams: [] } },
    { paasUsage: { price: { total: 6 }, teams: [] }, byocUsage: { price: { total: 3 } } },
    { byocUsage: { price: { total: 4 } } },
  ]);
  assert.deepEqual([paas?.total, byoc?.total, start], [5 * CENT, 3 * CENT, DAY.start]);
  const none = spend([{ paasUsage: { teams: [] } }]);
  assert.deepEqual([none.paas, none.byoc, none.nodes], [undefined, undefined, []]);
});

test('the dearest comes first, what has no price last, and each of these by name', () => {
  const nodes = nodesOf([
    ...[team('d'), team('b', 2), team('x', 5), team('a', 2), team('c'), team('n', -1), team('z', 0)],
    team('e', 2),
  ]);
  assert.deepEqual(
    nodes.map(({ id }) => id),
    ['x', 'a', 'b', 'e', 'z', 'n', 'c', 'd'],
  );
});

test('a team that goes on on the next page is one, with all of its projects, and the price that is told', () => {
  const project = (id: string): object => ({ id, name: id, price: { total: 1 } });
  const nodes = nodesOf(
    [team('t', undefined, { projects: [project('p')] }), team('u', 1)],
    [team('t', 9), team('t', 9, { projects: [project('q'), project('p')] }), team('u', 1)],
  );
  assert.deepEqual(outline(nodes), [
    `team t "Team t" ${9 * CENT} whole`,
    `  project p "p" ${CENT} whole`,
    `  project q "q" ${CENT} whole`,
    `team u "Team u" ${CENT} whole`,
  ]);
  assert.equal(nodes[1]?.children, undefined, 'it was not asked for');
  assert.deepEqual(nodesOf([team('v', 1, { projects: [] })])[0]?.children, []);
});

/** An hour's categories in 10⁻⁸ cents, of prices in these. */
function categories(total: number, prices: Readonly<Record<string, number>>): Record<string, unknown> {
  const inCents = (units: number): number => units / CENT;
  const price = Object.fromEntries(
    Object.entries({ total, ...prices }).map(([name, units]) => [name, inCents(units)]),
  );
  const reply = {
    data: { usage: [{ timestamp: SECONDS, paasUsage: { price } }] },
    pagination: { hasNextPage: false, count: 1 },
  };
  const days = toDays([{ ...readUsageList(reply, 'auto', 100), answeredAt: DAY.end + HOUR }], DAY);
  return Object.fromEntries(
    bucketsIn(days, 'usage').map(({ subjectId: machineId, quantities }) => [
      machineId,
      quantities['paas.cents'],
    ]),
  );
}

test('the largest category takes what rounding leaves: half a unit for each price and the total', () => {
  assert.deepEqual(categories(31, { cpu: 10, memory: 20 }), { cpu: 10, memory: 21 });
  assert.deepEqual(categories(29, { cpu: 20, memory: 10 }), { cpu: 19, memory: 10 });
  assert.deepEqual(categories(32, { cpu: 10, memory: 20 }), { cpu: 10, memory: 20, other: 2 });
  assert.deepEqual(categories(28, { cpu: 10, memory: 20 }), { cpu: 10, memory: 20, other: -2 });
  assert.deepEqual(categories(62, { cpu: 10, memory: 20, storage: 30 }), {
    cpu: 10,
    memory: 20,
    storage: 32,
  });
  assert.deepEqual(categories(-19, { cpu: 10, memory: -30 }), { cpu: 10, memory: -29 });
  assert.deepEqual(categories(30, { cpu: 10, memory: 20 }), { cpu: 10, memory: 20 });
  assert.deepEqual(categories(3, {}), { other: 3 });
});

test('what doubles of a large size lose is rounding as well', () => {
  const large = 2 ** 53 - 1;
  assert.deepEqual(Object.keys(categories(2 * large, { cpu: large, memory: large - 4 })), ['cpu', 'memory']);
});

test('no request is sent before the limit begins anew once none is left', () => {
  const until = (remaining: string | undefined, reset = '90'): unknown =>
    quotaExhaustedUntil(
      new Headers({
        'x-ratelimit-reset': reset,
        ...(remaining === undefined ? {} : { 'x-ratelimit-remaining': remaining }),
      }),
      1_000_000,
    );
  assert.deepEqual(
    [until('0'), until(' 0 '), until('1'), until(undefined), until('0', 'soon')],
    [...[1_090_000, 1_090_000, undefined, undefined, undefined]],
  );
});
