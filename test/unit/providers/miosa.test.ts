import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { miosa } from '../../../src/providers/miosa/provider';
import type { FetchedBreakdown } from '../../../src/usage/breakdownId';
import { NO_GROUP } from '../../../src/usage/bucket';
import { DAY, dayPeriod, HOUR, utcDay } from '../../../src/usage/time';
import { GROUPINGS, type HandWrittenUse } from '../../simulator/miosa/book';
import { startMiosa } from '../../simulator/miosa/simulator';
import { runs } from '../../support/runs';
import { failureOf } from '../http/helpers';
import { bucketsIn } from '../usage/builders';
import {
  access,
  ERROR_FORMS,
  exact,
  FORMS,
  month,
  NOW,
  PARTS,
  readDays,
  readMonth,
  source,
  start,
  total,
  trueDays,
} from './miosaReading';

for (const form of FORMS) {
  test(`${form}: the month is what every group used, to the last fraction, and its sum`, async () => {
    const simulator = await start({ form });
    for (const grouping of GROUPINGS) {
      const from = source(simulator, { grouping });
      const truth = simulator.totals(grouping);
      assert.deepEqual(await readMonth(from), truth);
      const { used = {}, groups } = await from.summary(month);
      assert.deepEqual(exact(used), total(truth));
      assert.equal(groups?.grouping, grouping);
    }
    assert.ok(simulator.totals('external_user_id').has(NO_GROUP));
  });

  test(`${form}: each day is what every group used on it, in each grouping`, async () => {
    const simulator = await start({ form });
    const period = { start: NOW - (NOW % DAY) - 2 * DAY, end: month.end };
    for (const [part, grouping] of PARTS) {
      assert.deepEqual(
        await readDays(source(simulator), part, period),
        trueDays(simulator, grouping, period),
      );
    }
  });
}

test('the month is asked for as month to date, by users unless another grouping was chosen', async () => {
  const simulator = await start();
  await source(simulator).summary(month);
  await source(simulator, { grouping: 'workspace_id' }).summary(month);
  assert.deepEqual(
    simulator.requests.map(({ query }) => query),
    [
      { group_by: 'external_user_id', period: 'mtd' },
      { group_by: 'workspace_id', period: 'mtd' },
    ],
  );
});

test('groups come by credits, the most first, with the period that the vendor added up', async () => {
  const { groups } = await source(await start()).summary(month);
  const credits = groups?.groups.map(({ quantities }) => Number(quantities.credit_cents)) ?? [];
  assert.deepEqual(
    credits,
    credits.toSorted((a, b) => b - a),
  );
  assert.ok(credits.length > 5);
  assert.deepEqual(groups?.period, { start: month.start, end: NOW });
});

test('another refused query is told in the vendor’s words, and not asked again', async () => {
  const simulator = await start();
  for (const code of ['invalid group_by', 'invalid_custom_range']) {
    const before = simulator.requests.length;
    simulator.inject({ status: 422, body: { code, message: 'not like this' }, match: { times: 1 } });
    assert.deepEqual(await failureOf(source(simulator).summary(month)), {
      kind: 'refused',
      status: 422,
      detail: `${code}: not like this`,
    });
    assert.equal(simulator.requests.length, before + 1);
  }
});

test('a key is checked with one request, also where month to date is refused', async () => {
  const simulator = await start();
  await source(simulator).check();
  assert.deepEqual(
    simulator.requests.map(({ query }) => query),
    [{ group_by: 'external_user_id', period: 'mtd' }],
  );
  await source(await start({ refusesMtd: true })).check();
  assert.equal((await failureOf(source(simulator, { key: 'msk_wrong' }).check())).kind, 'keyRejected');
});

test('the tenant is sent when there is one', async () => {
  const simulator = await start({ tenant: 'clinic' });
  await source(simulator).check();
  assert.ok(!simulator.requests.at(-1)?.headerNames.includes('x-miosa-tenant'));
  await source(simulator, { organisationId: 'clinic' }).check();
  assert.ok(simulator.requests.at(-1)?.headerNames.includes('x-miosa-tenant'));
  const other = source(simulator, { organisationId: 'other' });
  assert.equal((await failureOf(other.check())).kind, 'forbidden');
});

test('a day is asked for whole, by its first instant and that of the next, even today', async () => {
  const simulator = await start();
  const sent: number[] = [];
  const from = source(simulator, { onRequest: () => sent.push(1) });
  await from.rows('byProject', { period: { start: month.end - 2 * DAY, end: month.end } });
  const common = { group_by: 'external_project_id', period: 'custom' };
  assert.deepEqual(
    simulator.requests.map(({ query }) => query),
    [
      { ...common, start: '2026-11-19T00:00:00Z', end: '2026-11-20T00:00:00Z' },
      { ...common, start: '2026-11-20T00:00:00Z', end: '2026-11-21T00:00:00Z' },
    ],
  );
  assert.equal(sent.length, 2);
});

test('a day without usage has columns without rows', async () => {
  const simulator = await start({ usage: [] });
  const days = await source(simulator).rows('byUser', { period: dayPeriod('2026-11-03') });
  assert.deepEqual([...days.keys()], ['2026-11-03']);
  assert.deepEqual(bucketsIn(days, 'usage'), []);
});

/** Whatever is asked for, the vendor answers with this period, and with nothing used. */

const aDay = fc.constantFrom('2026-11-03', '2026-11-04', '2026-11-05');
const anId = fc.constantFrom(null, '', 'ada', 'bob', '__proto__');
const aDecimal = fc
  .tuple(fc.nat(100_000), fc.nat(999_999))
  .map(([whole, millionths]) => `${whole}.${String(millionths).padStart(6, '0')}`);
const someUse: fc.Arbitrary<HandWrittenUse> = fc
  .record({
    day: aDay,
    hour: fc.nat(23),
    user: anId,
    project: anId,
    workspace: anId,
    amounts: fc.tuple(aDecimal, aDecimal, aDecimal, aDecimal),
  })
  .map(({ day, hour, user, project, workspace, amounts }) => ({
    hour: new Date(dayPeriod(day).start + hour * HOUR).toISOString(),
    external_user_id: user,
    external_project_id: project,
    workspace_id: workspace,
    sandbox_seconds: amounts[0],
    computer_seconds: amounts[1],
    storage_gb_hours: amounts[2],
    credit_cents: amounts[3],
  }));

test('whatever was used, the rows of its days add up to it, group by group', async () => {
  const period = { start: Date.UTC(2026, 10, 3), end: Date.UTC(2026, 10, 6) };
  await fc.assert(
    fc.asyncProperty(fc.array(someUse, { maxLength: 30 }), fc.constantFrom(...FORMS), async (usage, form) => {
      const simulator = await startMiosa({ now: () => NOW, usage, form });
      try {
        for (const [part, grouping] of PARTS) {
          const read = await readDays(source(simulator), part, period);
          assert.deepEqual(read, trueDays(simulator, grouping, period));
        }
        assert.deepEqual(await readMonth(source(simulator)), simulator.totals('external_user_id'));
        assert.deepEqual(simulator.violations, []);
      } finally {
        await simulator.close();
      }
    }),
    { numRuns: runs(25) },
  );
});

for (const errorForm of ERROR_FORMS) {
  test(`form ${errorForm}: no credit left is told apart, in the vendor's words`, async () => {
    const simulator = await start({ errorForm });
    simulator.inject({ status: 402 });
    assert.deepEqual(await failureOf(source(simulator).summary(month)), {
      kind: 'outOfCredits',
      detail: 'not enough credits',
    });
  });

  test(`form ${errorForm}: a wait in the body of a 429 is kept to`, async () => {
    const simulator = await start({ errorForm });
    simulator.inject({ status: 429, body: { retry_after: 30 } });
    assert.deepEqual(await failureOf(source(simulator).summary(month)), {
      kind: 'rateLimited',
      retryAt: 1_000_000 + 30_000, // by the clock of the test's HTTP client
    });
    assert.equal(simulator.requests.length, 1);
  });
}

test('requests beyond the limit of a minute end in the wait that the header tells', async () => {
  const simulator = await start({ rateLimitRpm: 3 });
  const four = { start: Date.UTC(2026, 10, 3), end: Date.UTC(2026, 10, 7) };
  assert.deepEqual(await failureOf(source(simulator).rows('byUser', { period: four })), {
    kind: 'rateLimited',
    retryAt: 1_000_000 + 60_000,
  });
});

test('days that nobody waits for any more are not asked for', async () => {
  const simulator = await start();
  const abort = new AbortController();
  const from = source(simulator, {
    onRequest: () => {
      abort.abort();
    },
  });
  const failure = await failureOf(from.rows('byUser', { period: month }, abort.signal));
  assert.deepEqual(failure, { kind: 'cancelled' });
  assert.ok(simulator.requests.length <= 1);
});

test('the provider connects with a key, and reads each of the parts that its plan has', async () => {
  const simulator = await start();
  const connected = await miosa.connect({ now: () => NOW, access: access(simulator) });
  const day = dayPeriod(utcDay(NOW));
  for (const part of Object.keys(miosa.capabilities.parts) as FetchedBreakdown[]) {
    assert.ok(bucketsIn(await connected.rows(part, { period: day }), 'usage').length > 0, part);
  }
  assert.deepEqual(await failureOf(miosa.connect({ now: () => NOW, access: undefined })), {
    kind: 'keyMissing',
  });
});
