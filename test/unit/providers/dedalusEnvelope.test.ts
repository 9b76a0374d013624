import assert from 'node:assert/strict';
import test from 'node:test';
import { BucketSpan, coveredBy, type Granularity } from '../../../src/providers/dedalus/envelope';
import { JsonReader } from '../../../src/providers/reader';
import { UsageError } from '../../../src/usage/failure';
import { DAY, HOUR } from '../../../src/usage/time';

const at = (text: string): number => Date.parse(`2026-11-${text}Z`);
const DAYS = ['2026-11-02', '2026-11-03'];
const LATER = at('20T12:00');

interface Reply {
  readonly from?: string;
  readonly to?: string;
  readonly said?: string;
  readonly asked?: Granularity | undefined;
  readonly buckets?: readonly (readonly [start: number, end: number])[];
  readonly answeredAt?: number;
}

/** The days that such a reply covers; or what is wrong of it. */
function covered({ from = '02T00:00', to = '04T00:00', answeredAt = LATER, ...more }: Reply): unknown {
  const span = new BucketSpan();
  for (const [start, end] of more.buckets ?? []) {
    span.add(start, end);
  }
  const reply = new JsonReader({
    period_start: `2026-11-${from}:00Z`,
    period_end: `2026-11-${to}:00Z`,
    granularity: more.said ?? 'hour',
  });
  const asked = 'asked' in more ? more.asked : 'hour';
  try {
    return coveredBy(reply, asked, { days: DAYS, answeredAt }, span);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    const { failure } = error;
    return failure.kind === 'malformed' ? `${failure.path} ${failure.expected}` : failure;
  }
}

const hour = (start: number): [number, number] => [start, start + HOUR];

test('the days that the reply says are covered, when its buckets are of the length and the time that it says', () => {
  assert.deepEqual(covered({}), DAYS);
  assert.deepEqual(covered({ to: '03T00:00' }), ['2026-11-02']);
  assert.deepEqual(covered({ buckets: [hour(at('02T00:00')), hour(at('03T23:00'))] }), DAYS);
  assert.deepEqual(covered({ said: 'day', asked: 'day', buckets: [[at('02T00:00'), at('03T00:00')]] }), DAYS);
});

test('another length of buckets than was asked for is no answer', () => {
  assert.equal(covered({ said: 'day' }), 'reply.granularity asAsked');
  assert.equal(covered({ said: 'hour', asked: 'day' }), 'reply.granularity asAsked');
  const long = [[at('02T00:00'), at('02T00:00') + HOUR + 1]] as const;
  assert.equal(covered({ buckets: long }), 'reply.rows asAsked');
  assert.equal(
    covered({ said: 'day', asked: 'day', buckets: [[at('02T00:00'), at('02T00:00') + DAY + 1]] }),
    'reply.rows asAsked',
  );
  assert.deepEqual(
    covered({ asked: undefined, said: 'any', buckets: long }),
    DAYS,
    'where none was asked for',
  );
});

test('another period than was asked for is no answer', () => {
  assert.equal(covered({ from: '05T00:00', to: '06T00:00' }), 'reply.period_start asAsked');
  assert.equal(covered({ from: '01T00:00', to: '01T12:00' }), 'reply.period_start asAsked');
});

test('a bucket has to touch the period, or the day that it ends in', () => {
  assert.deepEqual(covered({ buckets: [hour(at('01T23:30'))] }), DAYS);
  assert.equal(covered({ buckets: [hour(at('01T23:00'))] }), 'reply.rows inPeriod');
  assert.deepEqual(covered({ to: '03T12:00', buckets: [hour(at('03T23:00'))] }), ['2026-11-02']);
  assert.equal(covered({ buckets: [hour(at('04T00:00'))] }), 'reply.rows inPeriod');
  assert.equal(covered({ buckets: [hour(at('02T00:00')), hour(at('04T00:00'))] }), 'reply.rows inPeriod');
  assert.equal(covered({ buckets: [hour(at('01T22:00')), hour(at('02T00:00'))] }), 'reply.rows inPeriod');
});

test('a bucket cannot begin more than its own length, or an hour, after the answer', () => {
  const answeredAt = at('03T10:00');
  assert.deepEqual(covered({ answeredAt, buckets: [hour(at('03T10:59'))] }), DAYS);
  assert.equal(covered({ answeredAt, buckets: [hour(at('03T11:00'))] }), 'reply.rows inPeriod');
  const short = [[at('03T11:00'), at('03T11:15')]] as const;
  assert.equal(covered({ answeredAt, buckets: short }), 'reply.rows inPeriod');
  const long = [[at('03T12:59'), at('03T15:59')]] as const;
  assert.deepEqual(covered({ answeredAt, asked: undefined, buckets: long }), DAYS);
});

test('all buckets count, in whatever order they come', () => {
  const long = [at('02T00:00'), at('02T02:00')] as const;
  assert.equal(covered({ buckets: [long, hour(at('02T02:00'))] }), 'reply.rows asAsked');
  assert.equal(covered({ buckets: [hour(at('02T02:00')), long] }), 'reply.rows asAsked');
  assert.equal(covered({ buckets: [hour(at('04T00:00')), hour(at('02T00:00'))] }), 'reply.rows inPeriod');
  assert.equal(covered({ buckets: [hour(at('02T00:00')), hour(at('01T22:00'))] }), 'reply.rows inPeriod');
});
