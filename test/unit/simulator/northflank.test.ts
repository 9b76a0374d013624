import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import type { Spent } from '../../simulator/northflank/book';
import {
  type NorthflankOptions,
  type NorthflankSimulator,
  startNorthflank,
} from '../../simulator/northflank/simulator';
import { addSums, totalOf } from '../../simulator/northflank/sums';

/** A Wednesday in the middle of a month, at 09:23:11. */
const NOW = Date.UTC(2026, 10, 18, 9, 23, 11);
const HOUR = 60 * 60 * 1000;
const AT_EIGHT = Date.UTC(2026, 10, 18, 8);

type Price = Readonly<Record<string, number>>;

interface List {
  readonly data: {
    readonly currency?: string;
    readonly usage: readonly {
      readonly timestamp: number;
      readonly paasUsage?: { readonly price: Price };
      readonly byocUsage?: { readonly price: Price };
      readonly paas?: { readonly price: Price };
    }[];
  };
  readonly pagination: { readonly hasNextPage: boolean; readonly cursor?: string; readonly count: number };
}

interface Node {
  readonly id?: string;
  readonly resourceType?: string;
  readonly price: Price;
  readonly projects?: readonly Node[];
  readonly resourceTypes?: readonly Node[];
  readonly resources?: readonly Node[];
}

interface Hour {
  readonly data: {
    readonly timestamp: number;
    readonly paasUsage: { readonly price: Price; readonly teams: readonly Node[] };
    readonly byocUsage?: { readonly price: Price };
  };
  readonly pagination?: List['pagination'];
}

async function simulated(t: TestContext, options: NorthflankOptions = {}): Promise<NorthflankSimulator> {
  const simulator = await startNorthflank({ now: () => NOW, ...options });
  t.after(async () => {
    await simulator.close();
    assert.deepEqual(simulator.violations, []);
  });
  return simulator;
}

function ask(simulator: NorthflankSimulator, path = '', key = simulator.key): Promise<Response> {
  const url = path.startsWith('/teams') ? path : `/billing/usage${path}`;
  return fetch(simulator.baseUrl + url, { headers: { authorization: `Bearer ${key}` } });
}

async function read<Body>(simulator: NorthflankSimulator, path = ''): Promise<Body> {
  const response = await ask(simulator, path);
  assert.equal(response.status, 200);
  return (await response.json()) as Body;
}

function readHour(simulator: NorthflankSimulator, query = ''): Promise<Hour> {
  return read<Hour>(simulator, `/${AT_EIGHT / 1000}${query}`);
}

async function statusOf(simulator: NorthflankSimulator, path: string): Promise<number> {
  return (await ask(simulator, path)).status;
}

function cents(amount: bigint | undefined): number {
  return Number(amount) / 10 ** 8;
}

/** How deep a team of a reply goes. */
function depthOf({ projects }: Node): number {
  const [type] = projects?.[0]?.resourceTypes ?? [];
  return projects === undefined ? 1 : type === undefined ? 2 : type.resources === undefined ? 3 : 4;
}

test('hours come newest first, fifty a page, with their prices in cents', async (t) => {
  const simulator = await simulated(t, { byoc: true });
  const { data, pagination } = await read<List>(simulator);
  assert.equal(data.usage.length, 50);
  assert.deepEqual(
    data.usage.map(({ timestamp }) => timestamp * 1000),
    Array.from({ length: 50 }, (_, index) => AT_EIGHT + HOUR - index * HOUR),
  );
  assert.deepEqual([pagination.hasNextPage, pagination.count], [true, 50]);
  const [, eight] = data.usage;
  const spent = simulator.spent(AT_EIGHT, AT_EIGHT + HOUR);
  assert.equal(eight?.paasUsage?.price['total'], cents(totalOf(spent)));
  assert.equal(eight.paasUsage.price['cpu'], cents(spent.get('cpu')));
  assert.equal(eight.paasUsage.price['other'], undefined);
  const own = simulator.byocSpent(AT_EIGHT, AT_EIGHT + HOUR);
  assert.deepEqual(Object.keys(eight.byocUsage?.price ?? {}), [
    'total',
    'vcpu',
    'memory',
    'gpuMemory',
    'cluster',
  ]);
  assert.equal(eight.byocUsage?.price['total'], cents(totalOf(own)));
});

test('a range includes its first hour and not its last, and pages follow each other', async (t) => {
  const simulator = await simulated(t);
  const start = AT_EIGHT - 6 * HOUR;
  const range = `startTime=${start / 1000}&endTime=${AT_EIGHT / 1000}&per_page=4`;
  const first = await read<List>(simulator, `?${range}`);
  const second = await read<List>(simulator, `?${range}&cursor=${first.pagination.cursor ?? ''}`);
  const hours = [...first.data.usage, ...second.data.usage].map(({ timestamp }) => timestamp * 1000);
  assert.deepEqual(
    hours,
    [1, 2, 3, 4, 5, 6].map((before) => AT_EIGHT - before * HOUR),
  );
  assert.deepEqual(second.pagination, { hasNextPage: false, count: 2 });
});

test('a cursor stays where it was when an hour begins, and past prices stay what they were', async (t) => {
  let now = NOW;
  const simulator = await simulated(t, { now: () => now });
  const first = await read<List>(simulator, '?per_page=3');
  const path = `?per_page=3&cursor=${first.pagination.cursor ?? ''}`;
  const second = await read<List>(simulator, path);
  now += HOUR;
  assert.deepEqual(await read<List>(simulator, path), second);
  const later = await read<List>(simulator, '?per_page=4');
  assert.deepEqual(later.data.usage.slice(2), first.data.usage.slice(1));
  const [before, after] = [first.data.usage[0], later.data.usage[1]];
  assert.equal(before?.timestamp, after?.timestamp);
  assert.ok((before?.paasUsage?.price['total'] ?? NaN) < (after?.paasUsage?.price['total'] ?? NaN));
});

test('the books know every type of resource, and one that nobody documents', async (t) => {
  const simulator = await simulated(t);
  const types = new Set<string>();
  for (const project of simulator.hourOf(AT_EIGHT).flatMap(({ children }) => children)) {
    for (const { id } of project.children) {
      types.add(id);
    }
  }
  for (const type of ['service', 'addon', 'volume', 'llm-model-deployment', 'external-addon', 'edge-cache']) {
    assert.ok(types.has(type), type);
  }
  assert.ok((simulator.spent(AT_EIGHT, AT_EIGHT + HOUR).get('other') ?? 0n) > 0n);
});

test('the tree adds up at each level, and its teams to the hour', async (t) => {
  const simulator = await simulated(t);
  const check = ({ price, children }: Spent): void => {
    if (children.length > 0) {
      assert.deepEqual(addSums(...children.map((child) => child.price)), price);
      children.forEach(check);
    }
  };
  const teams = simulator.hourOf(AT_EIGHT);
  teams.forEach(check);
  assert.deepEqual(addSums(...teams.map(({ price }) => price)), simulator.spent(AT_EIGHT, AT_EIGHT + HOUR));
  assert.equal(simulator.spent(NOW + HOUR, NOW + 9 * HOUR).size, 0);
});

const depths: [string, number, number][] = [
  ['', 3, 1],
  ['?teamId=atlas', 1, 2],
  ['?projectId=atlas-site', 1, 4],
  ['?teamId=atlas&projectId=atlas-site', 1, 4],
  ['?teamId=atlas&resourceType=service', 1, 4],
  ['?resourceType=service', 3, 1],
  ['?teamId=nobody', 0, 0],
];
for (const [query, teams, depth] of depths) {
  test(`"${query}" has ${teams} teams, ${depth} levels deep`, async (t) => {
    const { data } = await readHour(await simulated(t), query);
    assert.equal(data.paasUsage.teams.length, teams);
    assert.ok(data.paasUsage.teams.every((team) => depthOf(team) === depth));
  });
}

test('with one team alone, its projects are there at once, and resources with a type', async (t) => {
  const simulator = await simulated(t, { teams: 1 });
  const depth = async (query: string): Promise<number[]> =>
    (await readHour(simulator, query)).data.paasUsage.teams.map(depthOf);
  assert.deepEqual(await depth(''), [2]);
  assert.deepEqual(await depth('?resourceType=service'), [4]);
});

test('a project or a type makes a team’s price a part, a type a project’s; the own cloud is always all', async (t) => {
  const simulator = await simulated(t, { byoc: true });
  const [atlas] = simulator.hourOf(AT_EIGHT);
  const site = atlas?.children.find(({ id }) => id === 'atlas-site');
  const service = site?.children.find(({ id }) => id === 'service');
  assert.ok(atlas && site && service);
  const totals = async (query: string): Promise<unknown[]> => {
    const { data } = await readHour(simulator, query);
    const [team] = data.paasUsage.teams;
    const project = team?.projects?.find(({ id }) => id === 'atlas-site');
    return [team?.price['total'], project?.price['total'], data.byocUsage?.price['total']];
  };
  const own = cents(totalOf(simulator.byocSpent(AT_EIGHT, AT_EIGHT + HOUR)));
  const [team, project, type] = [atlas, site, service].map(({ price }) => cents(totalOf(price)));
  assert.deepEqual(await totals('?teamId=atlas'), [team, project, own]);
  assert.deepEqual(await totals('?projectId=atlas-site'), [project, project, own]);
  assert.deepEqual(await totals('?projectId=atlas-site&resourceType=service'), [type, type, own]);
});

test('an hour comes in pages of teams, projects or resources when it is told to', async (t) => {
  const simulator = await simulated(t, { pagedHour: 1 });
  const counts = async (query: string): Promise<number> => {
    let pages = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const { pagination } = await readHour(
        simulator,
        `?${query}${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      assert.equal(pagination?.count, 1);
      cursor = pagination.cursor;
      pages += 1;
    }
    return pages;
  };
  const [, borealis] = simulator.hourOf(AT_EIGHT);
  const site = borealis?.children.find(({ id }) => id === 'borealis-site');
  const resources = (site?.children ?? []).flatMap(({ children }) => children);
  assert.equal(await counts(''), 3);
  assert.equal(await counts('teamId=borealis'), 3);
  assert.equal(await counts('projectId=borealis-site'), resources.length);
});

test('the newer form has other keys and whole units beside a currency, of the same prices', async (t) => {
  const [old, newer] = [await simulated(t), await simulated(t, { form: 'major' })];
  const price = (list: List): unknown => list.data.usage[1]?.paasUsage?.price['cpu'];
  const { data } = await read<List>(newer);
  assert.equal(price(await read<List>(old)), cents(old.spent(AT_EIGHT, AT_EIGHT + HOUR).get('cpu')));
  assert.equal(data.currency, 'usd');
  const cpu = newer.spent(AT_EIGHT, AT_EIGHT + HOUR).get('cpu');
  assert.equal(data.usage[1]?.paas?.price['cpu'], Number(cpu) / 10 ** 10);
  assert.equal(price({ data } as List), undefined);
});

test('the documented sample has no data', async (t) => {
  const simulator = await simulated(t, { emptyReply: true });
  const sample = { pagination: { hasNextPage: false, count: 1 } };
  assert.deepEqual(await read(simulator), sample);
  assert.deepEqual(await readHour(simulator), sample);
});

test('a team’s path holds that team alone; an organisation’s key opens nothing else', async (t) => {
  const simulator = await simulated(t, { organisationToken: true });
  assert.equal(await statusOf(simulator, ''), 403);
  assert.equal(await statusOf(simulator, '/teams/nobody/billing/usage'), 404);
  const { data } = await read<List>(simulator, '/teams/atlas/billing/usage?per_page=2');
  const spent = simulator.spent(AT_EIGHT, AT_EIGHT + HOUR, 'atlas');
  assert.equal(data.usage[1]?.paasUsage?.price['total'], cents(totalOf(spent)));
});

test('a key is needed, and errors have their documented form', async (t) => {
  const simulator = await simulated(t);
  const error = { status: 401, message: 'Unauthorized', id: 'error-1', details: {} };
  const refused = await ask(simulator, '', 'wrong');
  assert.deepEqual([refused.status, await refused.json()], [401, { error }]);
  simulator.revokeKey();
  assert.equal(await statusOf(simulator, ''), 401);
});

const answers: [string, number][] = [
  ['?per_page=101', 400],
  ['?per_page=0', 400],
  ['?endTime=1795000000', 400],
  ['?startTime=now', 400],
  ['?cursor=none', 400],
  ['?page=1', 400],
  [`/${AT_EIGHT / 1000}?resourceType=edge-cache`, 400],
  [`/${AT_EIGHT / 1000 + 1}`, 404],
  [`/${AT_EIGHT / 1000 + 7200}`, 404],
  ['/1577836800', 404],
  ['/now', 404],
  ['/1/2', 404],
];
for (const [path, status] of answers) {
  test(`"${path}" is answered with ${status}`, async (t) => {
    assert.equal(await statusOf(await simulated(t), path), status);
  });
}

test('requests are counted by the hour, which begins with the first', async (t) => {
  let now = NOW;
  const simulator = await simulated(t, { quota: 2, now: () => now });
  const limits = async (): Promise<unknown[]> => {
    const { status, headers } = await ask(simulator);
    return [status, headers.get('x-ratelimit-remaining'), headers.get('x-ratelimit-reset')];
  };
  assert.deepEqual(await limits(), [200, '1', '3600']);
  now += 600_000;
  assert.deepEqual(await limits(), [200, '0', '3000']);
  assert.deepEqual(await limits(), [429, '0', '3000']);
  now += 3_000_000;
  assert.deepEqual(await limits(), [200, '1', '3600']);
});
