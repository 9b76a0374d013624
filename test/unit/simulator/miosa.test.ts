import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { NO_GROUP } from '../../../src/usage/bucket';
import { GROUPINGS } from '../../simulator/miosa/book';
import { type MiosaOptions, type MiosaSimulator, startMiosa } from '../../simulator/miosa/simulator';

/** A Wednesday in the middle of a month, at 09:23:11. */
const NOW = Date.UTC(2026, 10, 18, 9, 23, 11);
const DAY = 24 * 60 * 60 * 1000;
const CENT = 10n ** 8n;

interface Rollup {
  readonly period_start: string;
  readonly period_end: string;
  readonly results: readonly (Readonly<Record<string, string | null>> & { readonly credit_cents: number })[];
}

async function simulated(t: TestContext, options: MiosaOptions = {}): Promise<MiosaSimulator> {
  const simulator = await startMiosa({ now: () => NOW, ...options });
  t.after(async () => {
    await simulator.close();
    assert.deepEqual(simulator.violations, []);
  });
  return simulator;
}

function ask(simulator: MiosaSimulator, query: string, key = simulator.key): Promise<Response> {
  return fetch(`${simulator.baseUrl}/usage?${query}`, { headers: { authorization: `Bearer ${key}` } });
}

async function read<Body>(simulator: MiosaSimulator, query: string): Promise<Body> {
  const response = await ask(simulator, query);
  assert.equal(response.status, 200);
  return (await response.json()) as Body;
}

async function errorOf(response: Promise<Response>): Promise<[number, unknown]> {
  const { status, json } = await response.then(async (own) => ({
    status: own.status,
    json: await own.json(),
  }));
  return [status, json];
}

test('each period runs as its name says, and 30 days are the default', async (t) => {
  const simulator = await simulated(t);
  const period = async (query: string): Promise<string[]> => {
    const { period_start, period_end } = await read<Rollup>(simulator, query);
    return [period_start, period_end];
  };
  const now = '2026-11-18T09:23:11Z';
  assert.deepEqual(await period(''), ['2026-10-19T09:23:11Z', now]);
  assert.deepEqual(await period('period=30d'), ['2026-10-19T09:23:11Z', now]);
  assert.deepEqual(await period('period=7d'), ['2026-11-11T09:23:11Z', now]);
  assert.deepEqual(await period('period=mtd'), ['2026-11-01T00:00:00Z', now]);
  const custom = ['2026-11-03T00:00:00Z', '2026-11-04T00:00:00Z'] as const;
  assert.deepEqual(await period(`period=custom&start=${custom[0]}&end=${custom[1]}`), custom);
});

test('groups come with their own field, the most credits first, and nobody’s as null', async (t) => {
  const simulator = await simulated(t);
  for (const grouping of GROUPINGS) {
    const { results } = await read<Rollup>(simulator, `period=mtd&group_by=${grouping}`);
    const credits = results.map(({ credit_cents }) => credit_cents);
    assert.deepEqual(
      credits,
      credits.toSorted((a, b) => b - a),
    );
    assert.deepEqual(
      new Map(results.map((row) => [row[grouping] ?? NO_GROUP, BigInt(Math.round(row.credit_cents * 100))])),
      new Map(
        [...simulator.totals(grouping)].map(([id, sums]) => [
          id,
          (sums['credit_cents'] ?? 0n) / (CENT / 100n),
        ]),
      ),
    );
    assert.equal(results.filter((row) => row[grouping] === null).length, 1);
  }
});

test('the same usage is grouped in three ways: one user has two projects, one project two users', async (t) => {
  const simulator = await simulated(t);
  const sums = GROUPINGS.map((grouping) =>
    [...simulator.totals(grouping).values()].reduce((sum, used) => sum + (used['credit_cents'] ?? 0n), 0n),
  );
  assert.equal(new Set(sums).size, 1);
  const [users = [], projects = []] = GROUPINGS.map((grouping) => [...simulator.totals(grouping).keys()]);
  assert.ok(projects.includes('project-0') && projects.includes('project-0b'));
  assert.ok(users.includes('user-1') && !projects.includes('project-1'));
});

test('the days of a month add up to the month, and the future is empty', async (t) => {
  const simulator = await simulated(t);
  const month = simulator.totals('external_user_id');
  const sums = new Map<string, bigint>();
  for (let day = Date.UTC(2026, 10, 1); day < NOW; day += DAY) {
    for (const [id, used] of simulator.used('external_user_id', day, day + DAY)) {
      sums.set(id, (sums.get(id) ?? 0n) + (used['sandbox_seconds'] ?? 0n));
    }
  }
  assert.deepEqual(sums, new Map([...month].map(([id, used]) => [id, used['sandbox_seconds']])));
  assert.equal(simulator.used('external_user_id', NOW, NOW + DAY).size, 0);
});

test('usage that is written by hand is all there is', async (t) => {
  const simulator = await simulated(t, {
    usage: [
      { external_user_id: 'ada', hour: '2026-11-03T05:00:00Z', storage_gb_hours: '0.1', credit_cents: '3' },
      { external_user_id: 'ada', hour: '2026-11-03T06:00:00Z', storage_gb_hours: '0.2' },
      { hour: '2026-11-04T06:00:00Z', sandbox_seconds: '12.25' },
    ],
  });
  const { results } = await read<Rollup>(simulator, 'period=mtd');
  const nothing = { sandbox_seconds: 0, computer_seconds: 0, storage_gb_hours: 0, credit_cents: 0 };
  assert.deepEqual(results, [
    { ...nothing, external_user_id: 'ada', storage_gb_hours: 0.3, credit_cents: 3 },
    { ...nothing, external_user_id: null, sandbox_seconds: 12.25 },
  ]);
});

test('line items come with their price, and dates that include the last hour', async (t) => {
  const simulator = await simulated(t, {
    form: 'lineItems',
    usage: [
      {
        external_user_id: 'ada',
        hour: '2026-11-03T05:00:00Z',
        sandbox_seconds: '1000',
        storage_gb_hours: '0.5',
      },
    ],
  });
  assert.deepEqual(await read(simulator, 'period=mtd'), {
    data: [
      {
        external_user_id: 'ada',
        external_workspace_id: null,
        project_id: null,
        total_usd: 0.35,
        line_items: [
          { dimension: 'sandbox_seconds', qty: 1000, usd: 0.3 },
          { dimension: 'static_bandwidth_gb', qty: 0.5, usd: 0.05 },
        ],
      },
    ],
    period: { start: '2026-11-01', end: '2026-11-19' },
    currency: 'usd',
  });
});

const refused: [string, string][] = [
  ['group_by=machine_id', 'invalid group_by'],
  ['period=month-to-date', 'invalid period'],
  ['period=custom', 'invalid_custom_range'],
  ['period=custom&start=2026-11-03T00:00:00Z', 'invalid_custom_range'],
  ['period=custom&start=2026-11-03&end=2026-11-04', 'invalid_custom_range'],
  ['period=custom&start=2026-11-03T00:00:00Z&end=2026-11-03T00:00:00Z', 'invalid_custom_range'],
];
for (const [query, code] of refused) {
  test(`"${query}" is refused as ${code}`, async (t) => {
    const error = { error: { code, message: code, request_id: 'req-1' } };
    assert.deepEqual(await errorOf(ask(await simulated(t), query)), [422, error]);
  });
}

test('month to date is refused when it is told to', async (t) => {
  const simulator = await simulated(t, { refusesMtd: true });
  assert.equal((await ask(simulator, 'period=mtd')).status, 422);
  assert.equal((await ask(simulator, 'period=30d')).status, 200);
});

test('errors come in each of the four forms', async (t) => {
  const code = 'UNAUTHORIZED';
  const message = 'invalid API key';
  const forms = [
    { error: { code, message, request_id: 'req-1' } },
    { error: message, code },
    { message, code },
    { errors: [message] },
  ];
  for (const errorForm of [1, 2, 3, 4] as const) {
    const simulator = await simulated(t, { errorForm });
    assert.deepEqual(await errorOf(ask(simulator, '', 'wrong')), [401, forms[errorForm - 1]]);
  }
});

test('a key is needed, and only its own tenant may use it', async (t) => {
  const simulator = await simulated(t, { tenant: 'mine' });
  const usage = `${simulator.baseUrl}/usage`;
  const status = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(usage, { headers })).status;
  const authorization = `Bearer ${simulator.key}`;
  assert.equal(await status({}), 401);
  assert.equal(await status({ 'x-api-key': simulator.key }), 401);
  assert.equal(await status({ authorization }), 200);
  assert.equal(await status({ authorization, 'x-miosa-tenant': 'mine' }), 200);
  assert.equal(await status({ authorization, 'x-miosa-tenant': 'theirs' }), 403);
  simulator.revokeKey();
  assert.equal(await status({ authorization }), 401);
});

test('other paths and methods are not there', async (t) => {
  const simulator = await simulated(t);
  const headers = { authorization: `Bearer ${simulator.key}` };
  assert.equal((await fetch(`${simulator.url}/usage`, { headers })).status, 404);
  assert.equal((await fetch(`${simulator.baseUrl}/usage`, { method: 'POST', headers })).status, 405);
});

test('the limit of a minute goes by the simulator’s clock, and says how long to wait', async (t) => {
  let now = NOW;
  const simulator = await simulated(t, { rateLimitRpm: 2, now: () => now });
  const wait = async (): Promise<string | null> => {
    const response = await ask(simulator, 'period=7d');
    return response.status === 429 ? response.headers.get('retry-after') : null;
  };
  assert.equal(await wait(), null);
  now += 20_000;
  assert.deepEqual([await wait(), await wait()], [null, '40']);
  now += 40_000;
  assert.deepEqual([await wait(), await wait()], [null, '20']);
});
