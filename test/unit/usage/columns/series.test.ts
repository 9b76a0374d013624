import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { toColumns } from '../../../../src/usage/columns/columns';
import { byMachine, type Series, stackedSeries, totalSeries } from '../../../../src/usage/columns/series';
import { byShape, ShapeHistory } from '../../../../src/usage/columns/shapes';
import { DAY, HOUR, startOfDay } from '../../../../src/usage/time';
import { computeDay, shape, storageHour } from '../builders';

const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03'];
const slots = { start: startOfDay('2026-11-01'), length: DAY, count: 3 };

function sumOf({ values, exact }: Series): bigint {
  return exact === undefined
    ? BigInt(values.reduce((sum, value) => sum + value, 0))
    : exact.reduce((sum, text) => sum + BigInt(text), 0n);
}

function awake(totals: readonly bigint[], top: number, always?: string): Series[] {
  const blocks = DAYS.map((day, index) =>
    toColumns(
      totals.flatMap((total, machine) =>
        machine % 3 === index ? [computeDay(`m${machine}`, day, total)] : [],
      ),
    ),
  );
  return stackedSeries({ blocks, meter: 'awake_seconds', slots, groupBy: byMachine, top, always });
}

test('the largest machines come first, and the rest is one series', () => {
  assert.deepEqual(
    awake([1n, 9n, 5n, 3n, 0n], 2).map((series) => [series.key, sumOf(series)]),
    [
      ['m1', 9n],
      ['m2', 5n],
      [undefined, 4n],
    ],
  );
});

test('a single machine is never called "others"', () => {
  assert.deepEqual(
    awake([1n, 2n, 3n], 2).map(({ key }) => key),
    ['m2', 'm1', 'm0'],
  );
});

test('a machine that somebody selected is told apart, however small', () => {
  assert.deepEqual(
    awake([1n, 9n, 5n, 3n, 2n], 2, 'm0').map(({ key }) => key),
    ['m1', 'm2', 'm0', undefined],
  );
});

test('the series add up to the total and to what the machines add up to, exactly', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 0n, max: 2n ** 62n }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 8 }),
      (totals, top) => {
        const expected = totals.reduce((all, own) => all + own, 0n);
        const drawn = awake(totals, top).reduce((all, series) => all + sumOf(series), 0n);
        assert.equal(drawn, expected);
        const blocks = [
          toColumns(totals.map((total, machine) => computeDay(`m${machine}`, '2026-11-02', total))),
        ];
        const total = totalSeries({ blocks, meter: 'awake_seconds', slots });
        assert.equal(sumOf(total), expected);
      },
    ),
  );
});

test('a level counts once: the newest of a slot, added up over machines and never over time', () => {
  const blocks = [
    toColumns([
      storageHour('a', '2026-11-01', 5, 1),
      storageHour('a', '2026-11-01', 22, 7),
      storageHour('a', '2026-11-01', 9, 900),
      storageHour('b', '2026-11-01', 3, 2),
      storageHour('a', '2026-11-02', 3, 8),
    ]),
  ];
  const [a, b] = stackedSeries({ blocks, meter: 'logical_storage_bytes', slots, groupBy: byMachine, top: 5 });
  assert.deepEqual([a?.key, ...(a?.values ?? [])], ['a', 7000, 8000, 0]);
  assert.deepEqual([b?.key, ...(b?.values ?? [])], ['b', 2000, 0, 0]);
  const total = totalSeries({ blocks, meter: 'logical_storage_bytes', slots });
  assert.deepEqual([...total.values], [9000, 8000, 0]);
});

test('hours of a day fall into their own slots', () => {
  const start = startOfDay('2026-11-02');
  const hours = [0, 5, 23].map((hour) =>
    computeDay('m', '2026-11-02', hour + 1, { start: start + hour * HOUR, end: start + (hour + 1) * HOUR }),
  );
  const [series] = stackedSeries({
    blocks: [toColumns(hours)],
    meter: 'awake_seconds',
    slots: { start, length: HOUR, count: 24 },
    groupBy: byMachine,
    top: 1,
  });
  assert.deepEqual(
    [0, 5, 23].map((hour) => series?.values[hour]),
    [1, 6, 24],
  );
  assert.equal(sumOf(series as Series), 31n);
});

test('compute goes by its own shape, storage by the one that its machine had then', () => {
  const small = shape('small', 1);
  const large = shape('large', 4);
  const compute = [
    toColumns([computeDay('a', '2026-11-01', 10, { shape: small })]),
    toColumns([
      computeDay('a', '2026-11-02', 20, { shape: large }),
      computeDay('b', '2026-11-02', 5, { shape: large }),
    ]),
  ];
  const own = stackedSeries({ blocks: compute, meter: 'awake_seconds', slots, groupBy: byShape, top: 5 });
  assert.deepEqual(own.map(sumOf), [25n, 10n]);
  const dayCache = new ShapeHistory(compute, []);
  const storage = [
    toColumns([
      storageHour('a', '2026-11-01', 3, 100),
      storageHour('a', '2026-11-03', 3, 7),
      storageHour('b', '2026-11-01', 3, 1),
      storageHour('c', '2026-11-01', 3, 1000),
    ]),
  ];
  const stored = stackedSeries({
    blocks: storage,
    meter: 'storage_mib_seconds',
    slots,
    groupBy: dayCache.byShapeOfMachine,
    top: 5,
  });
  assert.deepEqual(
    stored.map((series) => [dayCache.shapes.get(series.key ?? '')?.fingerprint, sumOf(series)]),
    [
      [undefined, 1000n],
      ['small', 100n],
      ['large', 8n],
    ],
  );
});

test('machines that used as much come by their names, those that used nothing do not come, and credits have a size', () => {
  assert.deepEqual(
    stackedSeries({
      blocks: [
        toColumns(
          [
            ['b', 5],
            ['a', 5],
            ['zero', 0],
            ['credit', -7],
            ['small', 1],
          ].map(([id, amount]) => computeDay(String(id), '2026-11-01', Number(amount))),
        ),
      ],
      ...{ meter: 'awake_seconds', slots, groupBy: byMachine, top: 9 },
    }).map(({ key, values }) => [key, values[0]]),
    [
      ['credit', -7],
      ['a', 5],
      ['b', 5],
      ['small', 1],
    ],
  );
});

test('a sum beyond 2^53 has all its digits, in its own slot alone, and loses them when it comes back', () => {
  const large = 9_007_199_254_740_993n;
  const of = (...amounts: (number | bigint)[]): Series =>
    totalSeries({
      blocks: amounts.map((amount, at) => toColumns([computeDay(`m${at}`, '2026-11-02', amount)])),
      ...{ meter: 'awake_seconds', slots },
    });
  assert.deepEqual(of(large, 1).exact, ['0', '9007199254740994', '0']);
  assert.deepEqual(of(1, large).exact, ['0', '9007199254740994', '0']);
  assert.equal(of(1, large).values[1], 9_007_199_254_740_994);
  assert.deepEqual(of(2 ** 53 - 1, 2).exact, ['0', '9007199254740993', '0']);
  const back = of(large, -2, -large + 7n);
  assert.deepEqual([back.exact, [...back.values]], [undefined, [0, 5, 0]]);
  assert.deepEqual([...of().values], [0, 0, 0]);
});

test('what is in no slot, or is not known, counts nowhere', () => {
  const blocks = [
    toColumns([
      computeDay('a', '2026-10-31', 5),
      computeDay('a', '2026-11-04', 5),
      computeDay('a', '2026-11-03', 3),
    ]),
    toColumns([storageHour('a', '2026-11-01', 1, 8)]),
    toColumns([storageHour('b', '2026-11-01', 1, 8), computeDay('b', '2026-11-01', 2)]),
  ];
  const [a, b, ...more] = stackedSeries({
    blocks,
    meter: 'awake_seconds',
    slots,
    groupBy: byMachine,
    top: 9,
  });
  assert.deepEqual(
    [a?.key, [...(a?.values ?? [])], b?.key, [...(b?.values ?? [])], more],
    ['a', [0, 0, 3], 'b', [2, 0, 0], []],
  );
});

test('of two levels of one bucket the one that was read later counts, and a group has those of all its machines', () => {
  const blocks = [
    toColumns([storageHour('a', '2026-11-01', 5, 3), storageHour('b', '2026-11-01', 5, 2)]),
    toColumns([storageHour('b', '2026-11-01', 5, 1), storageHour('a', '2026-11-01', 5, 4)]),
  ];
  const query = { blocks, meter: 'logical_storage_bytes', slots } as const;
  assert.deepEqual([...totalSeries(query).values], [5000, 0, 0]);
  assert.deepEqual(
    stackedSeries({ ...query, groupBy: byMachine, top: 1 }).map(({ key, values }) => [key, values[0]]),
    [
      ['a', 4000],
      ['b', 1000],
    ],
  );
});

test('what a machine used in several hours of a slot adds up', () => {
  const start = startOfDay('2026-11-02');
  const hours = [0, 5].map((hour) =>
    computeDay('m', '2026-11-02', 7, { start: start + hour * HOUR, end: start + (hour + 1) * HOUR }),
  );
  const { values } = totalSeries({ blocks: [toColumns(hours)], meter: 'awake_seconds', slots });
  assert.deepEqual([...values], [0, 14, 0]);
});

test('who is told apart whatever its size is not among the rest as well', () => {
  assert.deepEqual(awake([1n, 9n, 5n, 3n, 2n], 2, 'm0').map(sumOf), [9n, 5n, 1n, 5n]);
});

test('the rest is one series from two groups on', () => {
  assert.deepEqual(
    awake([9n, 8n, 7n, 6n], 2).map((series) => [series.key, sumOf(series)]),
    [
      ['m0', 9n],
      ['m1', 8n],
      [undefined, 13n],
    ],
  );
});
