import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { NorthflankClient } from '../../../src/providers/northflank/client';
import { northflank } from '../../../src/providers/northflank/provider';
import type { MeterId } from '../../../src/usage/meter';
import { DAY, dayPeriod, daysOf, HOUR, monthToDate, type Period, utcDay } from '../../../src/usage/time';
import { startNorthflank } from '../../simulator/northflank/simulator';
import { addSums, type Sums, totalOf } from '../../simulator/northflank/sums';
import { runs } from '../../support/runs';
import { failureOf } from '../http/helpers';
import { bucketsIn } from '../usage/builders';
import { access, AT_NOON, JSON_TYPE, NOW, outline, source, start, trueOutline } from './northflankReading';

const month = monthToDate(NOW);

/** What the rows of a period add up to, by category. */
async function readSums(from: NorthflankClient, period: Period, meter: MeterId): Promise<Sums> {
  const rows = bucketsIn(await from.rows('spend', { period }), 'usage');
  return addSums(
    ...rows.map(({ subjectId: machineId, quantities }) => {
      const amount = quantities[meter];
      return new Map(amount === undefined ? [] : [[machineId, BigInt(amount)]]);
    }),
  );
}

test('the rows of a month add up to what was spent, category by category', async () => {
  const simulator = await start({ byoc: true });
  const truth = simulator.spent(month.start, month.end);
  assert.deepEqual(new Set(truth.keys()), new Set(['cpu', 'memory', 'storage', 'gpu', 'other']));
  assert.deepEqual(await readSums(source(simulator), month, 'paas.cents'), truth);
  assert.deepEqual(
    await readSums(source(simulator), month, 'byoc.cents'),
    simulator.byocSpent(month.start, month.end),
  );
});

test('prices beside a currency are whole units of it, and add up alike', async () => {
  const simulator = await start({ byoc: true, form: 'major' });
  const truth = simulator.spent(month.start, month.end);
  assert.deepEqual(await readSums(source(simulator), month, 'paas.USD'), truth);
  assert.equal((await readSums(source(simulator), month, 'paas.cents')).size, 0);
  assert.deepEqual(
    await readSums(source(simulator), month, 'byoc.USD'),
    simulator.byocSpent(month.start, month.end),
  );
});

test('a person’s own rule goes before the keys of the reply, and changes nothing but the unit', async () => {
  const day = dayPeriod('2026-11-03');
  for (const [form, moneyRule, meter, factor] of [
    ['cents', 'cents', 'paas.cents', 1n],
    ['cents', 'major', 'paas.major', 100n], // kept to 10 decimals, not to 8
    ['major', 'major', 'paas.USD', 1n],
  ] as const) {
    const simulator = await start({ form });
    const sums = await readSums(source(simulator, { moneyRule }), day, meter);
    const truth = simulator.spent(day.start, day.end);
    assert.deepEqual(sums, new Map([...truth].map(([category, amount]) => [category, amount * factor])));
  }
  const dollars = await readSums(
    source(await start({ form: 'major' }), { moneyRule: 'cents' }),
    day,
    'paas.cents',
  );
  assert.ok(dollars.size > 0);
});

test('without totals there is nothing beyond the categories', async () => {
  const simulator = await start({ withoutTotals: true });
  const truth = simulator.spent(month.start, month.end);
  assert.ok(!truth.has('other'));
  assert.deepEqual(await readSums(source(simulator), month, 'paas.cents'), truth);
});

test('each hour has a row for each category, under its own day', async () => {
  const simulator = await start({ byoc: true });
  const days = await source(simulator).rows('spend', {
    period: { start: month.end - 2 * DAY, end: month.end },
  });
  assert.deepEqual([...days.keys()], ['2026-11-19', '2026-11-20']);
  assert.equal(new Set(days.get('2026-11-19')?.start).size, 24);
  assert.equal(new Set(days.get('2026-11-20')?.start).size, 15); // the hour of 14:20 has begun
  const rows = bucketsIn(days, 'usage').filter(({ start: at }) => at === AT_NOON);
  assert.deepEqual(
    rows.map(({ subjectId: machineId, quantities }) => [machineId, Object.keys(quantities)]),
    [
      ['cpu', ['paas.cents']],
      ['memory', ['paas.cents', 'byoc.cents']],
      ['storage', ['paas.cents']],
      ['gpu', ['paas.cents']],
      ['other', ['paas.cents']],
      ['vcpu', ['byoc.cents']],
      ['gpuMemory', ['byoc.cents']],
      ['cluster', ['byoc.cents']],
    ],
  );
  assert.ok(rows.every(({ end, dataThrough }) => end === AT_NOON + HOUR && dataThrough === undefined));
});

test('a month of 31 days takes eight requests of a hundred hours', async () => {
  const october = { start: Date.UTC(2026, 9, 1), end: Date.UTC(2026, 10, 1) };
  const simulator = await start();
  const sent: number[] = [];
  await source(simulator, { onRequest: () => sent.push(1) }).rows('spend', { period: october });
  assert.deepEqual([simulator.requests.length, sent.length], [8, 8]);
  const [first, ...others] = simulator.requests.map(({ query }) => query);
  assert.deepEqual(first, { startTime: '1790812800', endTime: '1793491200', per_page: '100' });
  assert.ok(others.every(({ cursor, ...rest }) => cursor !== undefined && rest['per_page'] === '100'));
  assert.ok(simulator.requests.every(({ path }) => path === '/v1/billing/usage'));
});

test('an hour that begins while pages are read neither doubles nor hides another', async () => {
  let now = NOW;
  const simulator = await start({ now: () => now });
  const from = source(simulator, {
    onRequest: () => {
      now += HOUR;
    },
  });
  const rows = bucketsIn(await from.rows('spend', { period: month }), 'usage');
  const keys = rows.map(({ subjectId: machineId, start: at }) => `${machineId} ${at}`);
  assert.equal(new Set(keys).size, keys.length);
  const hours = new Set(rows.map(({ start: at }) => at));
  const seen = AT_NOON + 3 * HOUR; // the hour that had begun when the first page was read
  for (let hour = month.start; hour <= seen; hour += HOUR) {
    assert.ok(hours.has(hour), new Date(hour).toISOString());
  }
});

test('a reply that tells nothing is no answer, and no key is accepted on it', async () => {
  const refused = { kind: 'malformed', path: 'reply.data.usage', expected: 'list' };
  const from = source(await start({ emptyReply: true })); // the documented sample, which counts one entry and has none
  assert.deepEqual(await failureOf(from.check()), refused);
  assert.deepEqual(await failureOf(from.rows('spend', { period: month })), refused);
  assert.equal((await failureOf(from.hour({ start: AT_NOON }))).kind, 'malformed');
  for (const reply of [{}, { error: { message: 'busy' } }, { data: { entries: [] } }]) {
    const simulator = await start();
    simulator.inject({ status: 200, body: { raw: JSON.stringify(reply), contentType: JSON_TYPE } });
    assert.deepEqual(await failureOf(source(simulator).check()), refused, JSON.stringify(reply));
    assert.deepEqual(await failureOf(source(simulator).rows('spend', { period: month })), refused);
  }
});

test('an empty list that counts none covers the period, up to the day of the answer', async () => {
  const simulator = await start();
  const reply = { data: { usage: [] }, pagination: { hasNextPage: false, count: 0 } };
  simulator.inject({ status: 200, body: { raw: JSON.stringify(reply), contentType: JSON_TYPE } });
  const period = { start: month.start, end: month.end + 3 * DAY }; // as a clock that is ahead asks
  const days = await source(simulator).rows('spend', { period });
  assert.deepEqual([...days.keys()], daysOf(month));
  assert.deepEqual(bucketsIn(days, 'usage'), []);
});

test('a team is asked for by its path, and an organisation’s key reads nothing else', async () => {
  const simulator = await start({ organisationToken: true, byoc: true });
  assert.equal((await failureOf(source(simulator).check())).kind, 'forbidden');
  const from = source(simulator, { organisationId: 'borealis' });
  await from.check();
  assert.deepEqual(
    await readSums(from, month, 'paas.cents'),
    simulator.spent(month.start, month.end, 'borealis'),
  );
  const { nodes } = await from.hour({ start: AT_NOON });
  const [, borealis] = simulator.hourOf(AT_NOON);
  assert.ok(borealis !== undefined);
  assert.deepEqual(outline(nodes), trueOutline([borealis], 2));
  const paths = simulator.requests.slice(1).map(({ path }) => path);
  assert.ok(paths.every((path) => path.startsWith('/v1/teams/borealis/billing/usage')));
});

test('a team’s id stays one part of the path, whatever is in it', async () => {
  const simulator = await start();
  const failure = await failureOf(source(simulator, { organisationId: 'a/b?c#d' }).check());
  assert.equal(failure.kind, 'notFound');
  assert.equal(simulator.requests.at(-1)?.path, '/v1/teams/a%2Fb%3Fc%23d/billing/usage');
});

test('a key is checked with one request for one hour', async () => {
  const simulator = await start();
  await source(simulator).check();
  assert.deepEqual(
    simulator.requests.map(({ path, query, headerNames }) => [
      path,
      query,
      headerNames.includes('authorization'),
    ]),
    [['/v1/billing/usage', { per_page: '1' }, true]],
  );
  const failure = await failureOf(source(simulator, { key: 'wrong' }).check());
  assert.deepEqual(failure, { kind: 'keyRejected', detail: 'Unauthorized' });
});

test('a missing permission is told in the vendor’s words', async () => {
  const simulator = await start();
  simulator.inject({ status: 403, body: { message: 'missing Account > Billing > General > Read' } });
  assert.deepEqual(await failureOf(source(simulator).check()), {
    kind: 'forbidden',
    detail: 'missing Account > Billing > General > Read',
  });
});

test('pages end with the requests of an hour, and whoever asks is told when there are more', async () => {
  const simulator = await start({ quota: 2 });
  const until: number[] = [];
  const from = source(simulator, { onQuotaExhausted: (at) => until.push(at) });
  const retryAt = NOW + HOUR;
  assert.deepEqual(await failureOf(from.rows('spend', { period: month })), { kind: 'rateLimited', retryAt });
  assert.deepEqual(until, [retryAt]);
  assert.equal(simulator.requests.length, 2);
});

test('the last request of an hour is as good as any when no further page is needed', async () => {
  const simulator = await start({ quota: 1 });
  const until: number[] = [];
  const from = source(simulator, { onQuotaExhausted: (at) => until.push(at) });
  const day = dayPeriod('2026-11-03');
  assert.deepEqual(await readSums(from, day, 'paas.cents'), simulator.spent(day.start, day.end));
  assert.deepEqual(until, [NOW + HOUR]);
});

test('a 429 waits for the end of the hour, which its header tells', async () => {
  const simulator = await start({ quota: 1 });
  const until: number[] = [];
  const from = source(simulator, { onQuotaExhausted: (at) => until.push(at) });
  await from.check();
  assert.deepEqual(await failureOf(from.check()), {
    kind: 'rateLimited',
    retryAt: 1_000_000 + HOUR, // by the clock of the test's HTTP client
  });
  assert.deepEqual(until, [NOW + HOUR, NOW + HOUR]);
  assert.equal(simulator.requests.length, 2);
});

test('with requests left, nobody is told to wait', async () => {
  const simulator = await start({ quota: 9 });
  await source(simulator, { onQuotaExhausted: () => assert.fail('told to wait') }).rows('spend', {
    period: month,
  });
});

const endless: [string, object, object][] = [
  ['goes in a circle', { hasNextPage: true, cursor: 'again' }, { kind: 'malformed', expected: 'lastPage' }],
  ['has no cursor', { hasNextPage: true }, { kind: 'malformed', expected: 'text' }],
  ['has an empty cursor', { hasNextPage: true, cursor: '' }, { kind: 'malformed', expected: 'text' }],
];
for (const [name, pagination, failure] of endless) {
  test(`a list that ${name} is stopped`, async () => {
    const simulator = await start();
    simulator.inject({
      status: 200,
      body: {
        raw: JSON.stringify({ data: { usage: [], timestamp: AT_NOON / 1000 }, pagination }),
        contentType: JSON_TYPE,
      },
    });
    const expected = { ...failure, path: 'reply.pagination.cursor' };
    assert.deepEqual(await failureOf(source(simulator).rows('spend', { period: month })), expected);
    assert.deepEqual(await failureOf(source(simulator).hour({ start: AT_NOON })), expected);
  });
}

test('an hour that comes on two pages counts once, as it was read last', async () => {
  const simulator = await start();
  const page = (cpu: number, pagination: object): void => {
    const usage = [{ timestamp: AT_NOON / 1000, paasUsage: { price: { cpu } } }];
    const raw = JSON.stringify({ data: { usage }, pagination });
    simulator.inject({ status: 200, body: { raw, contentType: JSON_TYPE }, match: { times: 1 } });
  };
  page(1, { hasNextPage: true, cursor: 'second' });
  page(2, { hasNextPage: false, cursor: 'second' });
  const sums = await readSums(source(simulator), month, 'paas.cents');
  assert.deepEqual(sums, new Map([['cpu', 200_000_000n]]));
});

test('pages that nobody waits for any more are not asked for', async () => {
  const simulator = await start();
  const abort = new AbortController();
  const from = source(simulator, {
    onRequest: () => {
      abort.abort();
    },
  });
  const failure = await failureOf(from.rows('spend', { period: month }, abort.signal));
  assert.deepEqual(failure, { kind: 'cancelled' });
  assert.ok(simulator.requests.length <= 1);
});

test('whatever the books hold, rows and totals come to the same', async () => {
  const books = fc.record({
    seed: fc.nat(),
    teams: fc.integer({ min: 0, max: 4 }),
    byoc: fc.boolean(),
    form: fc.constantFrom('cents' as const, 'major' as const),
    withoutTotals: fc.boolean(),
    hours: fc.integer({ min: 0, max: 260 }),
  });
  await fc.assert(
    fc.asyncProperty(books, async ({ hours, ...options }) => {
      const now = month.start + hours * HOUR + 1234;
      const simulator = await startNorthflank({ now: () => now, ...options });
      try {
        const unit = options.form === 'cents' ? 'cents' : 'USD';
        const period = monthToDate(now);
        const from = source(simulator);
        const paas = await readSums(from, period, `paas.${unit}`);
        assert.equal(totalOf(paas), totalOf(simulator.spent(period.start, period.end)));
        const byoc = await readSums(from, period, `byoc.${unit}`);
        assert.deepEqual(byoc, simulator.byocSpent(period.start, period.end));
        assert.deepEqual(simulator.violations, []);
      } finally {
        await simulator.close();
      }
    }),
    { numRuns: runs(12) },
  );
});

test('the provider connects with a key, and reads the part that its plan has', async () => {
  const simulator = await start();
  const connected = await northflank.connect({ now: () => NOW, access: access(simulator) });
  const rows = await connected.rows('spend', { period: dayPeriod(utcDay(NOW)) });
  assert.ok(bucketsIn(rows, 'usage').length > 0);
  assert.deepEqual(Object.keys(northflank.capabilities.parts), ['spend']);
  assert.ok(!('summary' in connected) && !('machines' in connected));
  assert.deepEqual(await failureOf(northflank.connect({ now: () => NOW, access: undefined })), {
    kind: 'keyMissing',
  });
});
