import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { badgeOf } from '../../../../src/insights/checks/badge';
import { type BucketSum, bucketSums } from '../../../../src/insights/checks/bucketSums';
import type { FindingGroup } from '../../../../src/insights/checks/finding';
import {
  addUpRows,
  checkSums,
  type MeteredDay,
  shareOf,
  type SumCheck,
} from '../../../../src/insights/checks/sumCheck';
import { runToEnd } from '../../../../src/insights/checks/timeSliced';
import { add, type Amount, sum, toAmount } from '../../../../src/usage/amount';
import type { Quantities } from '../../../../src/usage/bucket';
import { toColumns } from '../../../../src/usage/columns/columns';
import type { MeterId } from '../../../../src/usage/meter';
import { DAY, type EpochMs, HOUR, MINUTE } from '../../../../src/usage/time';
import { computeDay, shape, storageHour } from '../../usage/builders';

const MONTH = Date.UTC(2026, 10, 1);
const METERS: readonly MeterId[] = ['awake_seconds', 'memory_mib_seconds'];
const CLOSING = 6 * HOUR;

/** An hour of a month in which so much was used, by so many machines of 2 MiB. */
function hour(index: number, awake: Amount, machines = 0): BucketSum {
  const start = MONTH + index * HOUR;
  return {
    ...{ start, end: start + HOUR },
    sums: { awake_seconds: awake, memory_mib_seconds: add(awake, awake) },
    rounding: { awake_seconds: machines, memory_mib_seconds: 2 * machines },
  };
}

interface More {
  readonly withHours?: boolean;
  readonly machines?: number;
  readonly readAt?: (day: number) => EpochMs;
}

/** Days made of the usage of their hours. */
function daysOf(
  hours: readonly Amount[],
  asOf: EpochMs,
  { withHours = true, machines = 0, readAt = () => asOf }: More = {},
): MeteredDay[] {
  return Array.from({ length: Math.ceil(hours.length / 24) }, (_, day) => {
    const buckets = hours
      .slice(day * 24, day * 24 + 24)
      .map((awake, index) => hour(day * 24 + index, awake, machines));
    const start = MONTH + day * DAY;
    return {
      ...{ start, end: start + DAY, asOf: readAt(day), ...addUpRows(buckets) },
      buckets: withHours ? buckets : undefined,
      bucketsAreCurrent: withHours,
    };
  });
}

function billedFor(hours: readonly Amount[]): Quantities {
  const awake = sum(hours);
  return { awake_seconds: awake, memory_mib_seconds: add(awake, awake) };
}

function check(
  hours: readonly Amount[],
  billed: Quantities,
  more: More & { readonly asOf?: EpochMs } = {},
): SumCheck[] {
  const asOf = more.asOf ?? MONTH + hours.length * HOUR - 40 * MINUTE;
  return checkSums(
    { meters: METERS, billed: { sums: billed, asOf }, days: daysOf(hours, asOf, more) },
    CLOSING,
  );
}

const verdicts = (checks: readonly SumCheck[]): unknown[] => checks.map(({ verdict }) => verdict);
const both = (verdict: SumCheck['verdict']): unknown[] => METERS.map(() => verdict);

/** Three days and a half, so many seconds an hour. */
const HOURS = Array.from({ length: 84 }, (_, index) => 100 + index);

test('what is billed whole matches', () => {
  assert.deepEqual(verdicts(check(HOURS, billedFor(HOURS))), both({ kind: 'match' }));
});

test('a difference of the last hours is open since then, and the hours are counted', () => {
  const [awake, memory] = check(HOURS, billedFor(HOURS.slice(0, -2)));
  assert.deepEqual(awake?.verdict, { kind: 'open', since: MONTH + 82 * HOUR, buckets: 2 });
  assert.deepEqual(
    [awake.metered, awake.billed, awake.difference, memory?.difference],
    [sum(HOURS), sum(HOURS.slice(0, -2)), 182 + 183, 2 * (182 + 183)],
  );
});

test('buckets that close over midnight, and a first day of a month with nothing billed, are open', () => {
  const early = HOURS.slice(0, 73);
  assert.deepEqual(
    verdicts(check(early, billedFor(early.slice(0, 70)))),
    both({ kind: 'open', since: MONTH + 70 * HOUR, buckets: 3 }),
  );
  const first = HOURS.slice(0, 1);
  assert.deepEqual(verdicts(check(first, billedFor([]))), both({ kind: 'open', since: MONTH, buckets: 1 }));
});

test('a meter that does not add up is unexplained, and leaves the others explained by their open buckets', () => {
  const billed = { ...billedFor(HOURS.slice(0, -2)), memory_mib_seconds: 1 };
  assert.deepEqual(verdicts(check(HOURS, billed)), [
    { kind: 'open', since: MONTH + 82 * HOUR, buckets: 2 },
    { kind: 'unexplained' },
  ]);
});

test('without hours a difference may be open as long as days that may be open have as much', () => {
  const today = sum(HOURS.slice(72));
  const whole = sum(HOURS);
  const billed = (difference: Amount): Quantities => {
    const awake = toAmount(BigInt(whole) - BigInt(difference));
    return { awake_seconds: awake, memory_mib_seconds: add(awake, awake) };
  };
  const verdict = (difference: Amount, asOf?: EpochMs): unknown[] =>
    verdicts(check(HOURS, billed(difference), { withHours: false, ...(asOf === undefined ? {} : { asOf }) }));
  assert.deepEqual(verdict(5), both({ kind: 'mayBeOpen' }));
  assert.deepEqual(verdict(today), both({ kind: 'open', since: MONTH + 72 * HOUR, buckets: undefined }));
  assert.deepEqual(verdict(add(today, 1)), both({ kind: 'unexplained' }), 'yesterday has closed by noon');
  assert.deepEqual(verdict(-1), both({ kind: 'unexplained' }), 'more is billed than metered');
  assert.deepEqual(
    verdict(add(today, 1), MONTH + 72 * HOUR + 5 * HOUR),
    both({ kind: 'mayBeOpen' }),
    'yesterday may be open until six',
  );
});

test('an unexplained difference with rows that are older than the bill asks for them to be read again', () => {
  const asOf = MONTH + 83 * HOUR + 20 * MINUTE;
  const readAt = (day: number): EpochMs => (day < 2 ? asOf - 20 * HOUR : asOf);
  const billed = { awake_seconds: 7, memory_mib_seconds: 14 };
  assert.deepEqual(verdicts(check(HOURS, billed, { asOf, readAt })), both({ kind: 'stale', days: 2 }));
  const open = billedFor(HOURS.slice(0, -2));
  assert.equal(
    check(HOURS, open, { asOf, readAt })[0]?.verdict.kind,
    'open',
    'what is explained is not stale',
  );
});

test('a sum of many rounded rows may be off by a second for each of them, and no more', () => {
  const three = { machines: 3 };
  const billed = (off: number): Quantities => {
    const awake = Number(sum(HOURS)) + off;
    return { awake_seconds: awake, memory_mib_seconds: 2 * awake };
  };
  for (const off of [1, -1, 84 * 3, -84 * 3]) {
    assert.deepEqual(verdicts(check(HOURS, billed(off), three)), both({ kind: 'rounding' }), String(off));
    assert.equal(check(HOURS, billed(off), three)[0]?.difference, -off, 'the difference is still told');
  }
  assert.deepEqual(verdicts(check(HOURS, billed(84 * 3 + 1), three)), both({ kind: 'unexplained' }));
  assert.deepEqual(verdicts(check(HOURS, billed(1))), both({ kind: 'unexplained' }));
  assert.deepEqual(
    verdicts(check(HOURS, { ...billed(0), memory_mib_seconds: 2 * Number(sum(HOURS)) + 84 * 6 + 1 }, three)),
    [{ kind: 'match' }, { kind: 'unexplained' }],
  );
  const { tone, verdict } = badgeOf(check(HOURS, billed(5), three), []);
  assert.deepEqual([tone, verdict.kind], ['good', 'rounding']);
});

test('what is open is open where rounding leaves something over, with or without hours', () => {
  const closed = Number(sum(HOURS.slice(0, -2)));
  const rounded = { awake_seconds: closed + 20, memory_mib_seconds: 2 * closed + 20 };
  const open = { kind: 'open', since: MONTH + 82 * HOUR, buckets: 2 } as const;
  assert.deepEqual(verdicts(check(HOURS, rounded, { machines: 1 })), both(open));
  const today = sum(HOURS.slice(72));
  const awake = Number(sum(HOURS)) - Number(today) - 84;
  const asOf = MONTH + 83 * HOUR + 20 * MINUTE;
  const more = { machines: 1, withHours: false, asOf };
  assert.deepEqual(
    verdicts(check(HOURS, { awake_seconds: awake + 200, memory_mib_seconds: 2 * awake + 400 }, more)),
    both({ kind: 'mayBeOpen' }),
  );
});

test('a row is off by what it used in a second, and one that used nothing is not', () => {
  const day = '2026-11-02';
  const compute = [
    computeDay('a', day, 100, { shape: shape('s', 0.5, 4096) }),
    computeDay('b', day, 0),
    computeDay('c', day, 86_400),
  ];
  const [bucket] = runToEnd(bucketSums(toColumns(compute)));
  assert.deepEqual(bucket?.rounding, {
    awake_seconds: 2,
    cpu_millicore_seconds: 500 + 2000,
    memory_mib_seconds: 4096 + 4096,
  });
  const storage = [
    storageHour('a', day, 3, 7200),
    storageHour('b', day, 3, 7201),
    storageHour('c', day, 3, 0),
  ];
  assert.deepEqual(
    runToEnd(bucketSums(toColumns(storage))).map(({ rounding }) => rounding),
    [{ storage_mib_seconds: 2 + 3 }],
  );
});

test('however a vendor rounds the seconds of its rows, a bill of the whole is no trouble', () => {
  const second = fc.double({ min: 1, max: 86_400, noNaN: true });
  const round = fc.constantFrom(Math.floor, Math.ceil, Math.round);
  fc.assert(
    fc.property(fc.array(second, { minLength: 1, maxLength: 40 }), round, round, (awake, ofRow, ofBill) => {
      const rows = awake.map((seconds, machine) => computeDay(`m${machine}`, '2026-11-01', ofRow(seconds)));
      const buckets = runToEnd(bucketSums(toColumns(rows)));
      const day = { start: MONTH, end: MONTH + DAY, asOf: MONTH + DAY, ...addUpRows(buckets) };
      const whole = ofBill(awake.reduce((total, seconds) => total + seconds, 0));
      const billed = { sums: { awake_seconds: whole }, asOf: MONTH + 3 * DAY };
      const days = [{ ...day, buckets, bucketsAreCurrent: true }];
      const [own] = checkSums({ meters: ['awake_seconds'], billed, days }, CLOSING);
      assert.ok(['match', 'rounding'].includes(own?.verdict.kind ?? ''), `${own?.difference} of ${whole}`);
    }),
  );
});

test('what was not read is unknown and not zero', () => {
  const days = daysOf(HOURS, MONTH + 84 * HOUR);
  const unread = checkSums({ meters: METERS, billed: undefined, days }, CLOSING);
  assert.deepEqual(verdicts(unread), both({ kind: 'unknown' }));
  assert.equal(unread[0]?.metered, sum(HOURS));
  const billed = { sums: { awake_seconds: 5 }, asOf: MONTH };
  const noDays = checkSums({ meters: METERS, billed, days: undefined }, CLOSING);
  assert.deepEqual(
    noDays.map(({ metered, billed: own, difference }) => [metered, own, difference]),
    [
      [undefined, 5, undefined],
      [undefined, undefined, undefined],
    ],
  );
});

const amounts = fc.oneof(
  fc.integer({ min: 0, max: 3600 }),
  fc.bigInt({ min: 0n, max: 2n ** 62n }).map(toAmount),
);

test('open buckets never alarm, and their difference is exact beyond 2^53', () => {
  const cases = fc
    .array(amounts, { minLength: 1, maxLength: 100 })
    .chain((hours) =>
      fc.record({ hours: fc.constant(hours), open: fc.integer({ min: 0, max: Math.min(24, hours.length) }) }),
    );
  fc.assert(
    fc.property(cases, ({ hours, open }) => {
      const closed = hours.slice(0, hours.length - open);
      for (const { meter, difference, verdict } of check(hours, billedFor(closed))) {
        const exact = hours.slice(closed.length).reduce<bigint>((total, value) => total + BigInt(value), 0n);
        assert.equal(BigInt(difference ?? -1), meter === 'awake_seconds' ? exact : 2n * exact);
        const used = hours.some((value) => BigInt(value) !== 0n);
        assert.ok(used ? ['open', 'match'].includes(verdict.kind) : verdict.kind === 'unused');
      }
    }),
  );
});

test('without hours open buckets of the days that may be open never alarm either', () => {
  const cases = fc.array(amounts, { minLength: 1, maxLength: 100 }).chain((hours) =>
    fc.record({
      hours: fc.constant(hours),
      open: fc.integer({ min: 0, max: ((hours.length - 1) % 24) + 1 }),
    }),
  );
  fc.assert(
    fc.property(cases, ({ hours, open }) => {
      const billed = billedFor(hours.slice(0, hours.length - open));
      for (const { verdict } of check(hours, billed, { withHours: false })) {
        const used = hours.some((value) => BigInt(value) !== 0n);
        const calm = used ? ['match', 'open', 'mayBeOpen'] : ['unused'];
        assert.ok(calm.includes(verdict.kind), verdict.kind);
      }
    }),
  );
});

test('rows add up by bucket, in order of time, whatever their order', () => {
  const rows = [
    storageHour('a', '2026-11-02', 3, 7),
    storageHour('b', '2026-11-02', 1, 5),
    storageHour('b', '2026-11-02', 3, 2),
  ];
  assert.deepEqual(
    runToEnd(bucketSums(toColumns(rows))).map(({ start, sums }) => [(start - MONTH) / HOUR, sums]),
    [
      [25, { storage_mib_seconds: 5 }],
      [27, { storage_mib_seconds: 9 }],
    ],
  );
});

test('the badge is of the worst, its share of the meter that differs most, and remarks do not count', () => {
  const sums = check(HOURS, billedFor(HOURS.slice(0, -2)));
  const badge = badgeOf(sums, []);
  assert.equal(badge.tone, 'good', 'an expected difference is calm');
  assert.equal(badge.share, 365 / Number(sum(HOURS)));
  const group = (kind: FindingGroup['kind'], severity: FindingGroup['severity']): FindingGroup => ({
    ...{ kind, severity, count: 3, serious: severity === 'remark' ? 0 : 3, findings: [] },
  });
  assert.deepEqual(
    (['remark', 'attention', 'trouble'] as const).map((severity) => {
      const { tone, findings } = badgeOf(sums, [group('gap', severity), group('reshaped', 'remark')]);
      return [tone, findings];
    }),
    [
      ['good', 0],
      ['attention', 3],
      ['trouble', 3],
    ],
  );
  const bad = check(HOURS, { awake_seconds: sum(HOURS), memory_mib_seconds: 1 });
  const { verdict, meter, tone } = badgeOf(bad, []);
  assert.deepEqual([verdict.kind, meter, tone], ['unexplained', 'memory_mib_seconds', 'trouble']);
  assert.equal(badgeOf([], []).verdict.kind, 'unknown');
});

test('where nothing was used yet, that is what is said, and not that all is well', () => {
  const none = badgeOf(check([0], { awake_seconds: 0, memory_mib_seconds: 0 }), []);
  assert.deepEqual([none.verdict.kind, none.tone], ['unused', 'neutral']);
  const some = badgeOf(check([7], { awake_seconds: 7, memory_mib_seconds: 14 }), []);
  assert.deepEqual([some.verdict.kind, some.tone], ['match', 'good']);
});

test('in the first minutes of a month nothing is billed yet, which is calm and no sign that all is well', () => {
  const badge = badgeOf(check([7], { awake_seconds: 0, memory_mib_seconds: 0 }), []);
  assert.deepEqual([badge.verdict.kind, badge.isUnbilled, badge.tone], ['open', true, 'neutral']);
  const later = badgeOf(check([7, 3], { awake_seconds: 7, memory_mib_seconds: 14 }), []);
  assert.deepEqual([later.verdict.kind, later.isUnbilled, later.tone], ['open', false, 'good']);
});

test('a share of nothing metered is all of it', () => {
  const [awake] = check([0], { awake_seconds: 5, memory_mib_seconds: 5 });
  assert.ok(awake);
  assert.equal(shareOf(awake), -1);
});
