import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  backoffMs,
  isRetryableStatus,
  reasonableWait,
  retryAfterMs,
  untilReset,
} from '../../../src/http/retry';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/usage/time';

/** By the vendor's clock. */
const THERE = Date.UTC(2026, 10, 21);

function headersOf(more: Record<string, string>, date = new Date(THERE).toUTCString()): Headers {
  return new Headers({ ...more, ...(date === '' ? {} : { date }) });
}

const retryAfter = (text: string, now = THERE): number | undefined =>
  retryAfterMs(headersOf({ 'retry-after': text }), now);

const reset = (text: string, now = THERE): number | undefined =>
  untilReset(headersOf({ 'x-ratelimit-reset': text }), now);

test('pauses double up to eight seconds, and are up to a quarter shorter by chance', () => {
  const pauses = (random: number): number[] =>
    [1, 2, 3, 4, 5, 6, 20].map((at) => backoffMs(at, () => random));
  assert.deepEqual(pauses(0), [500, 1000, 2000, 4000, 8000, 8000, 8000]);
  assert.deepEqual(pauses(0.5), [437.5, 875, 1750, 3500, 7000, 7000, 7000]);
  assert.deepEqual(pauses(1), [375, 750, 1500, 3000, 6000, 6000, 6000]);
});

test('what may go well in another try is a server in trouble, a limit, or a request that took too long', () => {
  const statuses = [200, 400, 401, 403, 404, 407, 408, 409, 410, 422, 428, 429, 430, 499, 500, 503, 599];
  assert.deepEqual(statuses.filter(isRetryableStatus), [408, 429, 500, 503, 599]);
});

test('a wait is never negative, and never longer than a day', () => {
  assert.deepEqual([-1, 0, 1, DAY, DAY + 1].map(reasonableWait), [0, 0, 1, DAY, DAY]);
});

test('a wait is said in digits, for seconds', () => {
  assert.equal(retryAfter('0'), 0);
  assert.equal(retryAfter('120'), 120_000);
  assert.equal(retryAfter('007'), 7000);
});

for (const text of [
  ...['-43', '+43', '1.5', '1e3', '0x10', '12,5', '120, 60', '12 s', 'soon', 'Infinity', 'Jan 1'],
  ...['2043-01-01T00:00:00Z', 'Sat, 31 Feb 2026 00:00:00 GMT'],
]) {
  test(`“${text}” asks for no wait`, () => {
    assert.equal(retryAfter(text), undefined);
  });
}

test('a wait until a date is as long as the vendor’s own clock says, whatever the clock here', () => {
  const [standard, old, plain] = [
    'Sat, 21 Nov 2026 00:05:00 GMT',
    'Saturday, 21-Nov-26 00:05:00 GMT',
    'Sat Nov 21 00:05:00 2026',
  ];
  for (const off of [0, 10 * MINUTE, -2 * HOUR, 9 * DAY, -400 * DAY]) {
    for (const text of [standard, old, plain]) {
      assert.equal(retryAfter(text, THERE + off), 5 * MINUTE, `${text}, ${off} ms off`);
    }
  }
  assert.equal(retryAfter('Fri, 20 Nov 2026 23:55:00 GMT'), 0, 'that has passed');
  const undated = headersOf({ 'retry-after': standard }, '');
  assert.equal(
    retryAfterMs(undated, THERE + MINUTE),
    4 * MINUTE,
    'a reply without a date was sent when it came',
  );
  const wronglyDated = headersOf({ 'retry-after': standard }, 'today');
  assert.equal(retryAfterMs(wronglyDated, THERE + MINUTE), 4 * MINUTE);
});

test('milliseconds are taken before seconds, where they are a number', () => {
  const both = (ms: string): number | undefined =>
    retryAfterMs(headersOf({ 'retry-after-ms': ms, 'retry-after': '3' }), THERE);
  assert.equal(both('1500'), 1500);
  assert.equal(both('1500.25'), 1500.25);
  assert.deepEqual(['-1500', '1e9', 'soon', ''].map(both), [3000, 3000, 3000, 3000]);
});

test('a limit begins anew after seconds, or at a time in seconds, in milliseconds or as a date', () => {
  for (const off of [0, 10 * MINUTE, -2 * HOUR, 9 * DAY]) {
    for (const text of [
      ...['90', '90.0', String(THERE / 1000 + 90), String(THERE + 90_000)],
      ...['2026-11-21T00:01:30Z', '2026-11-21T01:01:30.000+01:00', 'Sat, 21 Nov 2026 00:01:30 GMT'],
    ]) {
      assert.equal(reset(text, THERE + off), 90_000, `${text}, ${off} ms off`);
    }
  }
  assert.equal(reset(String(THERE / 1000 - 90)), 0);
  assert.equal(reset(String(THERE - 90_000)), 0);
  assert.deepEqual(
    ['soon', '-90', '2026-02-30T00:00:00Z', '1e3', ''].map((text) => reset(text)),
    [...[undefined, undefined, undefined, undefined, undefined]],
  );
  assert.equal(untilReset(headersOf({}), THERE), undefined);
  assert.equal(reset('999999999'), 999_999_999_000, 'the longest span');
  assert.equal(untilReset(headersOf({ 'x-ratelimit-reset': '1000000000' }, ''), 1e12), 0, 'a time in 2001');
  assert.equal(untilReset(headersOf({ 'x-ratelimit-reset': '99999999999' }, ''), 0), 99_999_999_999_000);
  assert.equal(untilReset(headersOf({ 'x-ratelimit-reset': '100000000000' }, ''), 0), 1e11, 'a time in 1973');
});

test('a time is as far away in each way to write it', () => {
  const seconds = fc.integer({ min: 0, max: 999_999_999 });
  fc.assert(
    fc.property(seconds, fc.integer({ min: -1e6, max: 1e6 }), (wait, off) => {
      const at = THERE + wait * SECOND;
      const now = THERE + off * SECOND;
      const ways = [String(wait), String(at / 1000), String(at), new Date(at).toISOString()];
      assert.deepEqual(
        ways.map((way) => reset(way, now)),
        ways.map(() => wait * SECOND),
      );
      assert.equal(retryAfter(String(wait), now), wait * SECOND);
      assert.equal(retryAfter(new Date(at).toUTCString(), now), wait * SECOND);
    }),
  );
});

test('whatever a server writes, a wait is none or within a day', () => {
  const value = fc
    .oneof(fc.string({ unit: 'grapheme-ascii' }), fc.double().map(String), fc.bigInt().map(String))
    .filter((text) => !/[^\x20-\x7e]/.test(text));
  fc.assert(
    fc.property(value, value, value, (first, second, date) => {
      const headers = headersOf({ 'retry-after': first, 'x-ratelimit-reset': second }, date.trim());
      for (const asked of [retryAfterMs(headers, THERE), untilReset(headers, THERE)]) {
        const wait = asked === undefined ? 0 : reasonableWait(asked);
        assert.ok(wait >= 0 && wait <= DAY, `${first} ${second} ${date}: ${wait}`);
      }
    }),
  );
});
