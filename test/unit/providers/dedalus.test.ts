import assert from 'node:assert/strict';
import test, { after, afterEach, before } from 'node:test';
import { DedalusClient } from '../../../src/providers/dedalus/client';
import type { RowQuery } from '../../../src/providers/provider';
import { sum } from '../../../src/usage/amount';
import type { UsageBucket } from '../../../src/usage/bucket';
import { dayPeriod, daysOf, HOUR, monthToDate } from '../../../src/usage/time';
import { handWrittenFleet } from '../../simulator/dedalus/handWrittenFleet';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server';
import { accessTo } from '../../support/access';
import { client, failureOf } from '../http/helpers';
import { bucketsIn } from '../usage/builders';

const NOW = Date.UTC(2026, 10, 20, 14, 20);
const ORGANISATION = '0b6c1f4e-0000-4000-8000-000000000001';
const month = monthToDate(NOW);
const running: Simulator[] = [];

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const started = await startSimulator({ now: () => NOW, ...options });
  running.push(started);
  return started;
}

function source(
  { url, key }: Simulator,
  more: { key?: string; organisationId?: string } = {},
): DedalusClient {
  return new DedalusClient(accessTo(url, { http: client().http, key, ...more }));
}

async function computeOf(from: Simulator, query: RowQuery, by: 'hour' | 'day'): Promise<UsageBucket[]> {
  const part = by === 'hour' ? 'computeHours' : 'computeDays';
  return bucketsIn(await source(from).rows(part, query), 'compute');
}

async function storageOf(from: Simulator, query: RowQuery): Promise<UsageBucket[]> {
  return bucketsIn(await source(from).rows('storage', query), 'storage');
}

let simulator: Simulator;
before(async () => {
  simulator = await start();
});
afterEach(() => {
  simulator.clearFaults();
  assert.deepEqual(
    running.flatMap(({ violations }) => violations),
    [],
  );
});
after(() => Promise.all(running.map((own) => own.close())));

test('the summary holds what the vendor billed, to the last second', async () => {
  const { billed } = simulator.totals(NOW);
  const summary = await source(simulator).summary(month);
  assert.equal(BigInt(summary.billed.awake_seconds ?? -1), billed.awake_seconds);
  assert.equal(BigInt(summary.billed.cpu_millicore_seconds ?? -1), billed.cpu_millicore_seconds);
  assert.equal(BigInt(summary.billed.memory_mib_seconds ?? -1), billed.memory_mib_seconds);
  assert.equal(BigInt(summary.billed.storage_mib_seconds ?? -1), billed.storage_mib_seconds);
});

test('days and hours of all machines add up to what was metered', async () => {
  const { metered } = simulator.totals(NOW);
  for (const granularity of ['day', 'hour'] as const) {
    const buckets = await computeOf(simulator, { period: month }, granularity);
    const awake = sum(buckets.map(({ quantities }) => quantities.awake_seconds ?? 0));
    assert.equal(BigInt(awake), metered.awake_seconds, granularity);
  }
  const storage = await storageOf(simulator, { period: month });
  assert.equal(
    BigInt(sum(storage.map(({ quantities }) => quantities.storage_mib_seconds ?? 0))),
    metered.storage_mib_seconds,
  );
});

test('one day is asked for by its own date, first and last alike', async () => {
  const day = dayPeriod('2026-11-03');
  const buckets = await computeOf(simulator, { period: day }, 'hour');
  const asked = simulator.requests.at(-1);
  assert.equal(new URLSearchParams(asked?.query).get('period_start'), '2026-11-03');
  assert.equal(new URLSearchParams(asked?.query).get('period_end'), '2026-11-03');
  assert.ok(buckets.length > 0);
  assert.ok(buckets.every(({ start, end }) => start >= day.start && end <= day.end));
});

test('the hours of one machine are the hours of no other', async () => {
  const [machine] = await source(simulator).machines();
  assert.ok(machine);
  const buckets = await computeOf(simulator, { period: month, machineId: machine.id }, 'hour');
  assert.ok(buckets.every(({ subjectId: machineId }) => machineId === machine.id));
});

test('a resize inside an hour gives two buckets of two shapes', async () => {
  const buckets = await computeOf(simulator, { period: month }, 'hour');
  const keys = buckets.map(({ subjectId: machineId, start }) => `${machineId} ${start}`);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  assert.ok(twice !== undefined);
  const shapes = buckets
    .filter(({ subjectId: machineId, start }) => `${machineId} ${start}` === twice)
    .map(({ shape }) => shape?.fingerprint);
  assert.equal(new Set(shapes).size, 2);
});

test('machines are read page by page', async () => {
  const large = await start({ machines: 230 });
  const machines = await source(large).machines();
  const pages = large.requests.filter(({ path }) => path === '/v1/machines');
  assert.equal(pages.length, Math.ceil(machines.length / 100));
  assert.ok(machines.length > 200);
  assert.equal(new Set(machines.map(({ id }) => id)).size, machines.length);
});

const A_MACHINE = {
  ...{ vcpu: 1, memory_mib: 1024, storage_gib: 10, desired_state: 'running' },
  ...{ status: { phase: 'running' }, created_at: '2026-11-01T00:00:00Z' },
};

/** From now on this is what a path answers, in turn; the last again and again. */
function answers(path: string, ...replies: readonly object[]): void {
  for (const [index, reply] of replies.entries()) {
    simulator.inject({
      match: { path, ...(index < replies.length - 1 ? { times: 1 } : {}) },
      status: 200,
      body: { raw: JSON.stringify(reply), contentType: 'application/json' },
    });
  }
}

test('a machine list that goes in a circle ends at the first cursor that comes twice', async () => {
  const page = (id: string, next_cursor: string): object => ({
    items: [{ machine_id: id, ...A_MACHINE }],
    next_cursor,
  });
  const before = simulator.requests.length;
  answers('/v1/machines', page('dm-1', 'a'), page('dm-2', 'b'), page('dm-3', 'a'));
  assert.deepEqual(await failureOf(source(simulator).machines()), {
    kind: 'malformed',
    path: 'reply.next_cursor',
    expected: 'lastPage',
  });
  assert.equal(simulator.requests.length - before, 3);
});

test('pages of machines that bring none are not followed', async () => {
  const before = simulator.requests.length;
  answers('/v1/machines', { items: [], next_cursor: 'a' }, { items: null, next_cursor: 'b' });
  assert.equal((await failureOf(source(simulator).machines())).kind, 'malformed');
  assert.equal(simulator.requests.length - before, 1);
});

test('all pages of machines together are no larger than they may be', async () => {
  const page = (at: number): object => ({
    items: [{ machine_id: `dm-${at}`.padEnd(600, 'x'), ...A_MACHINE }],
    next_cursor: `after ${at}`,
  });
  answers('/v1/machines', ...Array.from({ length: 9 }, (_, at) => page(at)));
  const http = client({ limits: { pagesBytes: 2000 } }).http;
  const { url, key } = simulator;
  const before = simulator.requests.length;
  const failure = await failureOf(new DedalusClient(accessTo(url, { http, key })).machines());
  assert.deepEqual(failure, { kind: 'tooLarge', limitBytes: 2000 });
  assert.equal(simulator.requests.length - before, 3);
});

test('all pages of machines together take no longer than they may', async (t) => {
  let pages = 0;
  let uptime = 0;
  t.mock.method(performance, 'now', () => uptime);
  // Each page takes a fifth of what all may take together; the sixth is given up while it is waited for.
  const slow: typeof fetch = (_input, init) => {
    pages += 1;
    uptime += 120_000;
    const items = [{ machine_id: `dm-${pages}`, ...A_MACHINE }];
    return pages <= 5
      ? Promise.resolve(Response.json({ items, next_cursor: `after ${pages}` }))
      : new Promise((_resolve, reject) => {
          const { signal } = init ?? {};
          const end = (): void => {
            reject(signal?.reason as Error);
          };
          if (signal?.aborted === true) end();
          signal?.addEventListener('abort', end);
        });
  };
  const { http } = client({ fetch: slow });
  const machines = new DedalusClient(accessTo(simulator.url, { http, key: simulator.key })).machines();
  assert.deepEqual(await failureOf(machines), { kind: 'timeout', seconds: 600 });
  assert.equal(pages, 6);
});

const PERIOD = { period_start: '2026-11-01T00:00:00Z', period_end: '2026-11-20T14:20:00Z' };
const COMPUTE = '/v1/usage/machines/compute';
const STORAGE = '/v1/usage/machines/storage';

/** Which days of the month to date a reply makes known. */
async function daysOfReply(
  part: 'computeDays' | 'computeHours' | 'storage',
  reply: object,
): Promise<string[]> {
  answers(part === 'storage' ? STORAGE : COMPUTE, reply);
  try {
    return [...(await source(simulator).rows(part, { period: month })).keys()];
  } finally {
    simulator.clearFaults();
  }
}

test('only the days that a reply says it covers are known', async () => {
  const all = daysOf(month);
  const covering = (part: 'computeDays' | 'storage', more: object): Promise<string[]> =>
    daysOfReply(part, { granularity: 'day', ...PERIOD, rows: [], ...more });
  for (const part of ['computeDays', 'storage'] as const) {
    assert.deepEqual(await covering(part, {}), all);
    assert.deepEqual(await covering(part, { period_start: '2026-11-10T00:00:00Z' }), all.slice(9));
    assert.deepEqual(await covering(part, { period_start: '2026-11-09T12:00:00Z' }), all.slice(9));
    assert.deepEqual(await covering(part, { period_end: '2026-11-12T00:00:00Z' }), all.slice(0, 11));
    assert.deepEqual(await covering(part, { period_end: '2026-11-12T06:00:00Z' }), all.slice(0, 11));
    assert.deepEqual(await covering(part, { period_end: '2026-11-01T00:00:00Z' }), []);
    assert.deepEqual(await covering(part, { period_end: '2026-11-21T00:00:00Z' }), all);
  }
});

test('rows of days that are covered stay, also where the vendor keeps no more', async () => {
  const kept = simulator.totals(NOW);
  const rows = await source(simulator).rows('computeDays', { period: month });
  const sent = bucketsIn(rows, 'compute').filter(({ start: from }) => from >= Date.UTC(2026, 10, 10));
  answers(COMPUTE, {
    ...{ granularity: 'day', ...PERIOD, period_start: '2026-11-10T00:00:00Z' },
    rows: sent.map((bucket) => computeRowOf(bucket)),
  });
  const read = await source(simulator).rows('computeDays', { period: month });
  assert.deepEqual([...read.keys()], daysOf(month).slice(9));
  const awake = sum(bucketsIn(read, 'compute').map(({ quantities }) => quantities.awake_seconds ?? 0));
  const truth = [...kept.days].filter(([day]) => day >= '2026-11-10');
  assert.equal(
    BigInt(awake),
    truth.reduce((total, [, sums]) => total + sums.awake_seconds, 0n),
  );
});

/** A bucket in the vendor's words. */
function computeRowOf({ subjectId: machineId, start: from, end, quantities }: UsageBucket): object {
  const text = (at: number): string => new Date(at).toISOString();
  return {
    ...{ machine_id: machineId, spec_fingerprint: 'f', requested_vcpu: 1 },
    ...{ requested_memory_mib: 1, requested_storage_gib: 1, window_count: 1 },
    ...{ bucket_start: text(from), bucket_end: text(end), last_window_end: text(end) },
    ...quantities,
  };
}

const NOT_AN_ANSWER: [string, 'computeDays' | 'computeHours' | 'storage', object, string, string][] = [
  [
    'another month',
    'computeDays',
    { period_start: '2026-10-01T00:00:00Z', period_end: '2026-10-31T00:00:00Z' },
    'reply.period_start',
    'asAsked',
  ],
  [
    'a month to come',
    'storage',
    { period_start: '2026-12-01T00:00:00Z', period_end: '2027-01-01T00:00:00Z' },
    'reply.period_start',
    'asAsked',
  ],
  ['no beginning', 'computeDays', { period_start: undefined }, 'reply.period_start', 'text'],
  ['no end', 'storage', { period_end: undefined }, 'reply.period_end', 'text'],
  ['days in place of hours', 'computeHours', { granularity: 'day' }, 'reply.granularity', 'asAsked'],
  ['hours in place of days', 'computeDays', { granularity: 'hour' }, 'reply.granularity', 'asAsked'],
  ['no granularity', 'computeHours', { granularity: undefined }, 'reply.granularity', 'text'],
  [
    'rows of days that it calls hours',
    'computeHours',
    { rows: [computeRowOf(usage('2026-11-02T00:00:00Z', 24))] },
    'reply.rows',
    'asAsked',
  ],
  [
    'rows from before its period',
    'computeHours',
    { rows: [computeRowOf(usage('2026-10-31T22:00:00Z', 1))] },
    'reply.rows',
    'inPeriod',
  ],
  [
    'rows from after its period',
    'computeHours',
    { period_end: '2026-11-12T00:00:00Z', rows: [computeRowOf(usage('2026-11-12T00:00:00Z', 1))] },
    'reply.rows',
    'inPeriod',
  ],
  [
    'rows of hours to come',
    'computeHours',
    { period_end: '2026-11-21T00:00:00Z', rows: [computeRowOf(usage('2026-11-20T20:00:00Z', 1))] },
    'reply.rows',
    'inPeriod',
  ],
];

function usage(from: string, hours: number): UsageBucket {
  const start = Date.parse(from);
  return {
    ...{ kind: 'compute', subjectId: 'dm-1', start, end: start + hours * HOUR },
    quantities: { awake_seconds: 1, cpu_millicore_seconds: 1, memory_mib_seconds: 1 },
    ...{ meteringBucketIds: [], meterEvents: [] },
  };
}

for (const [name, part, more, path, expected] of NOT_AN_ANSWER) {
  test(`a reply with ${name} is no answer`, async () => {
    const granularity = part === 'computeHours' ? 'hour' : 'day';
    const reply = { granularity, ...PERIOD, rows: [], ...more };
    assert.deepEqual(await failureOf(daysOfReply(part, reply)), { kind: 'malformed', path, expected });
  });
}

test('no rows at all, which the vendor writes as null, are no buckets', async () => {
  const empty = await start({ fleet: handWrittenFleet([]) });
  assert.deepEqual(await computeOf(empty, { period: month }, 'day'), []);
  assert.deepEqual(await storageOf(empty, { period: month }), []);
});

test('the newer form of the rows reads as the older one, without the identifiers', async () => {
  const newer = await start({ drift: 'newer' });
  const read = async (from: Simulator): Promise<unknown[]> => {
    const buckets = await computeOf(from, { period: dayPeriod('2026-11-10') }, 'hour');
    return buckets.map((bucket) => ({ ...bucket, meterEvents: [] }));
  };
  const rows = await read(newer);
  assert.ok(rows.some((row) => (row as { emittedAt?: number }).emittedAt !== undefined));
  assert.deepEqual(rows, await read(simulator));
});

test('values beyond 2^53 arrive to the last digit', async () => {
  const awakeSeconds = 9_007_199_254_740_993n;
  const huge = await start({
    fleet: handWrittenFleet([
      {
        id: 'dm-huge',
        compute: [{ hour: '2026-11-02T03:00:00Z', awakeSeconds: 1, cpuMillicoreSeconds: awakeSeconds }],
      },
    ]),
  });
  const [bucket] = await computeOf(huge, { period: month }, 'hour');
  assert.equal(bucket?.quantities.cpu_millicore_seconds, awakeSeconds);
});

test('the organisation id is sent when there is one, and a wrong one is told apart from a wrong key', async () => {
  const own = await start({ organisationId: ORGANISATION });
  assert.ok(await source(own, { organisationId: ORGANISATION }).summary(month));
  assert.ok(own.requests.at(-1)?.headerNames.includes('x-dedalus-org-id'));
  const other = source(own, { organisationId: '11111111-0000-4000-8000-000000000001' });
  assert.equal((await failureOf(other.summary(month))).kind, 'organisationMismatch');
  assert.equal((await failureOf(source(own, { key: 'wrong' }).summary(month))).kind, 'keyRejected');
});

test('both error forms become one failure', async () => {
  simulator.inject({ status: 400, body: 'vendor', match: { times: 1 } });
  assert.equal((await failureOf(source(simulator).summary(month))).kind, 'refused');
  simulator.inject({ status: 400, body: 'problem', match: { times: 1 } });
  const failure = await failureOf(source(simulator).summary(month));
  assert.ok(failure.kind === 'refused' && failure.detail !== '');
});

test('a row that is not as documented refuses the whole reply, and says where', async () => {
  const rows = {
    granularity: 'day',
    period_start: '2026-11-01T00:00:00Z',
    period_end: '2026-11-02T00:00:00Z',
    rows: [{ machine_id: 7 }],
  };
  simulator.inject({ status: 200, body: { raw: JSON.stringify(rows), contentType: 'application/json' } });
  assert.deepEqual(await failureOf(computeOf(simulator, { period: month }, 'day')), {
    kind: 'malformed',
    path: 'reply.rows[0].machine_id',
    expected: 'text',
  });
});
