import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { checkMonth, toBuckets, toSummary } from '../../../src/providers/miosa/normalise';
import { interpretStatus, isPeriodRefused, readVendorError } from '../../../src/providers/miosa/vendorError';
import { readUsage, type WireUsage } from '../../../src/providers/miosa/wire';
import { NO_GROUP, type UsageSummary } from '../../../src/usage/bucket';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { dayPeriod } from '../../../src/usage/time';
import { miosaContract } from '../../simulator/miosa/contract';

const DAY = dayPeriod('2026-11-03');
const ROW = { sandbox_seconds: 0, computer_seconds: 0, storage_gb_hours: 0, credit_cents: 0 };

function rollup(...results: object[]): object {
  return { period_start: '2026-11-03T00:00:00Z', period_end: '2026-11-04T00:00:00Z', results };
}

function lineItems(row: object, more: object = {}): object {
  const whole = { total_usd: 0, line_items: [], ...row };
  return { data: [whole], period: { start: '2026-11-03', end: '2026-11-04' }, currency: 'usd', ...more };
}

function summaryOf(reply: unknown): UsageSummary {
  return toSummary(readUsage(reply, 'external_user_id'), 'external_user_id');
}

/** What each group used, in the order of the summary. */
function groupsOf(reply: unknown): (readonly [string, object])[] {
  return (summaryOf(reply).groups?.groups ?? []).map(({ id, quantities }) => [id, quantities] as const);
}

function failureOf(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.failure;
  }
  return assert.fail('it did not fail');
}

test('the documented rollup reads as its figures, in exact fractions of the unit', () => {
  const { used, levels, plan, groups } = summaryOf(miosaContract().example('/usage', 200, 'rollup'));
  assert.deepEqual(groups, {
    grouping: 'external_user_id',
    period: { start: Date.UTC(2026, 3, 26), end: Date.UTC(2026, 4, 26) },
    groups: [
      {
        id: 'user_clinic_42',
        quantities: {
          sandbox_seconds: 14_400_000_000,
          computer_seconds: 0,
          storage_gb_hours: 2_500_000,
          credit_cents: 31_200_000_000,
        },
      },
      {
        id: 'user_clinic_99',
        quantities: {
          sandbox_seconds: 3_600_000_000,
          computer_seconds: 7_200_000_000,
          storage_gb_hours: 0,
          credit_cents: 10_800_000_000,
        },
      },
    ],
  });
  assert.deepEqual(used, {
    sandbox_seconds: 18_000_000_000,
    computer_seconds: 7_200_000_000,
    storage_gb_hours: 2_500_000,
    credit_cents: 42_000_000_000,
  });
  assert.deepEqual([levels, plan], [{}, undefined]);
});

test('the documented line items read as money of their currency and quantities by dimension', () => {
  const reply = miosaContract().example('/usage', 200, 'lineItems');
  const figures = {
    'spend.USD': 42_000_000_000,
    'line.sandbox_seconds': 1_200_000_000,
    'line.static_bandwidth_gb': 38_200_000,
  };
  assert.deepEqual(groupsOf(reply), [[NO_GROUP, figures]]);
  assert.deepEqual(summaryOf(reply).used, figures);
  assert.deepEqual(summaryOf(reply).groups?.period, {
    start: Date.UTC(2026, 4, 1),
    end: Date.UTC(2026, 5, 1),
  });
  const byWorkspace = toSummary(readUsage(reply, 'workspace_id'), 'workspace_id').groups?.groups;
  assert.deepEqual(
    byWorkspace?.map(({ id }) => id),
    ['550e8400-e29b-41d4-a716-446655440000'],
  );
});

test('a reply inside of "data" reads as the reply itself', () => {
  const reply = rollup({ ...ROW, external_user_id: 'ada', credit_cents: 7 });
  assert.deepEqual(summaryOf({ data: reply }), summaryOf(reply));
});

test('a month without rows is one in which nothing was used, in the meters that rows have', () => {
  assert.deepEqual(summaryOf(rollup()).used, ROW);
  assert.deepEqual(summaryOf({ ...lineItems({}), data: [] }).used, { 'spend.USD': 0 });
});

test('null and absent ids are nobody; an empty text is an id', () => {
  const reply = rollup(
    { ...ROW, external_user_id: null, credit_cents: 1 },
    { ...ROW, credit_cents: 2 },
    { ...ROW, external_user_id: '', credit_cents: 1 },
  );
  assert.deepEqual(groupsOf(reply), [
    [NO_GROUP, { ...ROW, credit_cents: 300_000_000 }],
    ['', { ...ROW, credit_cents: 100_000_000 }],
  ]);
});

test('two rows with one id are added up exactly, which their doubles are not', () => {
  const reply = rollup(
    { ...ROW, external_user_id: 'ada', storage_gb_hours: 0.1, credit_cents: 0.1 },
    { ...ROW, external_user_id: 'ada', storage_gb_hours: 0.2, credit_cents: 0.2 },
  );
  const figures = { ...ROW, storage_gb_hours: 300_000, credit_cents: 30_000_000 };
  assert.deepEqual(groupsOf(reply), [['ada', figures]]);
  const added = rollup({ ...ROW, external_user_id: 'ada', storage_gb_hours: 0.1 + 0.2, credit_cents: 0.3 });
  assert.deepEqual(groupsOf(added), [['ada', figures]]);
});

test('amounts that no double holds are kept to the last digit', () => {
  const reply = rollup({ ...ROW, external_user_id: 'ada', credit_cents: 9_007_199_254_740_993n });
  assert.equal(summaryOf(reply).used?.credit_cents, 900_719_925_474_099_300_000_000n);
});

test('groups are ordered by credits, and those with the same keep their order', () => {
  const row = (id: string, credits: number): object => ({
    ...ROW,
    external_user_id: id,
    credit_cents: credits,
  });
  const ids = groupsOf(rollup(row('a', 1), row('b', 3), row('c', 1), row('d', 20))).map(([id]) => id);
  assert.deepEqual(ids, ['d', 'b', 'a', 'c']);
});

test('a dimension that stands in several lines is added up, and other groups do not get it', () => {
  const reply = lineItems({
    external_user_id: 'ada',
    total_usd: 0.3,
    line_items: [
      { dimension: 'builder_seconds', qty: 0.1, usd: 0.1 },
      { dimension: '__proto__', qty: 4, usd: 0 },
      { dimension: 'builder_seconds', qty: 0.2, usd: 0.2 },
    ],
  });
  const figures = {
    'spend.USD': 3_000_000_000,
    'line.builder_seconds': 300_000,
    'line.__proto__': 4_000_000,
  };
  assert.deepEqual(groupsOf(reply), [['ada', figures]]);
  const other = { external_user_id: 'bob', total_usd: 1, line_items: [] };
  const both = { ...reply, data: [...(reply as { data: object[] }).data, other] };
  assert.deepEqual(groupsOf(both)[1], ['bob', { 'spend.USD': 10_000_000_000 }]);
});

test('money in another currency is another meter', () => {
  assert.deepEqual(summaryOf(lineItems({ total_usd: 1.25 }, { currency: 'EUR' })).used, {
    'spend.EUR': 12_500_000_000,
  });
});

test('any decimal of a millionth arrives as exactly that many millionths', () => {
  const millionths = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  fc.assert(
    fc.property(fc.array(millionths, { minLength: 1, maxLength: 20 }), (amounts) => {
      const rows = amounts.map((amount, at) => ({
        ...ROW,
        external_user_id: `user ${at}`,
        sandbox_seconds: Number(amount) / 1e6,
      }));
      const { sandbox_seconds = -1 } = summaryOf(rollup(...rows)).used ?? {};
      assert.equal(
        BigInt(sandbox_seconds),
        amounts.reduce((a, b) => a + b, 0n),
      );
    }),
  );
});

const malformed: [string, unknown, string, string][] = [
  ['a reply with neither kind of rows', {}, 'reply.results', 'list'],
  ['a reply whose "data" has none either', { data: {} }, 'reply.data.results', 'list'],
  ['a list', [], 'reply', 'object'],
  ['rows that are no list', { ...rollup(), results: {} }, 'reply.results', 'list'],
  ['a period that is missing', { results: [] }, 'reply.period_start', 'text'],
  [
    'a period without its zone',
    { ...rollup(), period_end: '2026-11-04T00:00:00' },
    'reply.period_end',
    'dateTime',
  ],
  ['a row that is none', rollup([]), 'reply.results[0]', 'object'],
  [
    'an id that is no text',
    rollup({ ...ROW, external_user_id: 7 }),
    'reply.results[0].external_user_id',
    'text',
  ],
  ...Object.keys(ROW).map((name): [string, unknown, string, string] => [
    `a row without ${name}`,
    rollup({ ...ROW, [name]: undefined }),
    `reply.results[0].${name}`,
    'number',
  ]),
  ['an amount as a text', rollup({ ...ROW, credit_cents: '312' }), 'reply.results[0].credit_cents', 'number'],
  ['no currency', lineItems({}, { currency: undefined }), 'reply.currency', 'text'],
  ['a currency of four letters', lineItems({}, { currency: 'usdc' }), 'reply.currency', 'text'],
  ['no total', lineItems({ total_usd: null }), 'reply.data[0].total_usd', 'number'],
  ['no line items', lineItems({ line_items: undefined }), 'reply.data[0].line_items', 'list'],
  [
    'a line without its dimension',
    lineItems({ line_items: [{ qty: 1, usd: 1 }] }),
    'reply.data[0].line_items[0].dimension',
    'text',
  ],
  [
    'a line without its quantity',
    lineItems({ line_items: [{ dimension: 'a', usd: 1 }] }),
    'reply.data[0].line_items[0].qty',
    'number',
  ],
  [
    'a line whose price is no number',
    lineItems({ line_items: [{ dimension: 'a', qty: 1, usd: '1' }] }),
    'reply.data[0].line_items[0].usd',
    'number',
  ],
  ['no period', lineItems({}, { period: undefined }), 'reply.period', 'object'],
  [
    'a date that does not exist',
    lineItems({}, { period: { start: '2026-11-03', end: '2026-11-31' } }),
    'reply.period.end',
    'dateTime',
  ],
];
for (const [name, reply, path, expected] of malformed) {
  test(`${name} is refused`, () => {
    assert.deepEqual(
      failureOf(() => summaryOf(reply)),
      { kind: 'malformed', path, expected },
    );
  });
}

const OF_A_DAY = { kind: 'malformed', path: 'reply.period', expected: 'asAsked' };
const NEXT_DAY = DAY.end + 12 * 3_600_000;

function ofPeriod(start: string, end: string): WireUsage {
  return readUsage({ ...rollup(ROW), period_start: start, period_end: end }, 'workspace_id');
}

test('the sum of another period is not taken for that of a day', () => {
  for (const [start, end] of [
    ['2026-11-01T00:00:00Z', '2026-11-04T00:00:00Z'],
    ['2026-11-03T00:00:00Z', '2026-11-04T00:00:01Z'],
    ['2026-11-04T00:00:00Z', '2026-11-05T00:00:00Z'],
    ['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z'],
    ['2026-11-03T12:00:00Z', '2026-11-03T06:00:00Z'],
  ] as const) {
    assert.deepEqual(
      failureOf(() => toBuckets(ofPeriod(start, end), DAY, NEXT_DAY)),
      OF_A_DAY,
      start,
    );
  }
});

test('the sum of a part of a day is not the day, unless no more of it had passed', () => {
  const day = [
    { kind: 'usage', subjectId: NO_GROUP, ...DAY, quantities: ROW, meteringBucketIds: [], meterEvents: [] },
  ];
  const part = ofPeriod('2026-11-03T00:00:00Z', '2026-11-03T09:30:00Z');
  assert.deepEqual(toBuckets(part, DAY, DAY.start + 9.6 * 3_600_000), day);
  assert.equal(toBuckets(part, DAY, DAY.start + 12 * 3_600_000), undefined);
  assert.equal(toBuckets(part, DAY, NEXT_DAY), undefined);
  const empty = ofPeriod('2026-11-03T00:00:00Z', '2026-11-03T00:00:00Z');
  assert.equal(toBuckets(empty, DAY, NEXT_DAY), undefined);
  const late = ofPeriod('2026-11-03T06:00:00Z', '2026-11-04T00:00:00Z');
  assert.equal(toBuckets(late, DAY, NEXT_DAY), undefined);
  const whole = ofPeriod('2026-11-03T00:00:00Z', '2026-11-04T00:00:00Z');
  assert.deepEqual(toBuckets(whole, DAY, NEXT_DAY), day);
  assert.deepEqual(toBuckets(whole, DAY, DAY.start + 3_600_000), day); // still open: named whole, and grows
});

test('the month to date is the calendar month up to the answer, and nothing else', () => {
  const november = Date.UTC(2026, 10, 1);
  const now = Date.UTC(2026, 10, 20, 14, 20);
  const check = (start: string, end: string): void => {
    checkMonth(ofPeriod(start, end), november, now);
  };
  check('2026-11-01T00:00:00Z', '2026-11-20T14:20:00Z');
  check('2026-11-01T00:00:00Z', '2026-11-20T14:00:00Z');
  check('2026-11-01T00:00:00Z', '2026-11-21T00:00:00Z');
  check('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z');
  for (const [start, end] of [
    ['2026-10-21T14:20:00Z', '2026-11-20T14:20:00Z'], // thirty days
    ['2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z'], // the month before
    ['2026-12-01T00:00:00Z', '2026-12-01T00:02:00Z'], // the month of a clock that is ahead
    ['2026-11-02T00:00:00Z', '2026-11-20T14:20:00Z'],
    ['2026-11-01T00:00:00Z', '2026-11-19T00:00:00Z'],
    ['2026-11-01T00:00:00Z', '2026-12-01T00:00:01Z'],
  ] as const) {
    assert.deepEqual(
      failureOf(() => {
        check(start, end);
      }),
      OF_A_DAY,
      start,
    );
  }
});

test('the same row twice is refused; rows that differ are parts of one group', () => {
  const row = { ...ROW, external_user_id: 'ada', credit_cents: 5 };
  assert.deepEqual(
    failureOf(() => summaryOf(rollup(row, row))),
    { kind: 'malformed', path: 'reply.results[1]', expected: 'onlyOne' },
  );
  const parts = summaryOf(rollup(row, { ...row, credit_cents: 6 }));
  assert.deepEqual(parts.used?.credit_cents, 11 * 10 ** 8);
});

const vendorErrors: [unknown, ReturnType<typeof readVendorError>][] = [
  [{ error: { code: 'A', message: 'b', request_id: 'c' } }, { code: 'A', message: 'b' }],
  [{ error: { message: 'b' } }, { message: 'b' }],
  [{ error: { code: 'A', message: 'b', retry_after: 3 } }, { code: 'A', message: 'b', retryAfterMs: 3000 }],
  [
    { error: { code: 'A', message: 'b' }, retry_after: 0.5 },
    { code: 'A', message: 'b', retryAfterMs: 500 },
  ],
  [
    { error: 'b', code: 'A' },
    { code: 'A', message: 'b' },
  ],
  [
    { error: 'b', code: 'A', retry_after: 3 },
    { code: 'A', message: 'b', retryAfterMs: 3000 },
  ],
  [
    { message: 'b', code: 'A' },
    { code: 'A', message: 'b' },
  ],
  [{ message: 'b', retry_after: -1 }, { message: 'b' }],
  [{ errors: ['a', 'b'] }, { message: 'a; b' }],
  [
    { errors: ['a'], retry_after: 3 },
    { message: 'a', retryAfterMs: 3000 },
  ],
  [{ error: 7 }, undefined],
  [{ errors: [7] }, undefined],
  [{}, undefined],
  ['words', undefined],
];
for (const [body, vendorError] of vendorErrors) {
  test(`the error body ${JSON.stringify(body)} is ${vendorError === undefined ? 'in no form' : 'read'}`, () => {
    assert.deepEqual(readVendorError(body), vendorError);
  });
}

test('402 is no credit left, with or without words', () => {
  assert.deepEqual(interpretStatus(402, undefined), { kind: 'outOfCredits', detail: '' });
  assert.deepEqual(interpretStatus(402, { message: 'top up' }), { kind: 'outOfCredits', detail: 'top up' });
});

test('a refused query tells its code, once', () => {
  assert.deepEqual(interpretStatus(422, { code: 'invalid period', message: 'one of 7d, 30d' }), {
    kind: 'refused',
    status: 422,
    detail: 'invalid period: one of 7d, 30d',
  });
  // The usual meaning of the status has the message already.
  assert.equal(interpretStatus(422, { code: 'invalid period', message: 'invalid period' }), undefined);
  assert.equal(interpretStatus(422, { code: 'OTHER', message: 'other' }), undefined);
  assert.equal(interpretStatus(400, { code: 'invalid period', message: 'no' }), undefined);
});

test('only a refused period is one', () => {
  const refused = (status: number, detail: string): boolean =>
    isPeriodRefused({ kind: 'refused', status, detail });
  assert.ok(refused(422, 'invalid period'));
  assert.ok(refused(422, 'Invalid period: mtd'));
  assert.ok(refused(422, 'INVALID_PERIOD'));
  assert.ok(!refused(422, 'invalid_custom_range'));
  assert.ok(!refused(422, 'invalid group_by'));
  assert.ok(!refused(400, 'invalid period'));
  assert.ok(!isPeriodRefused({ kind: 'keyRejected', detail: 'invalid period' }));
});
