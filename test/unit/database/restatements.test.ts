import assert from 'node:assert/strict';
import test from 'node:test';
import { HOUR } from '../../../src/usage/time';
import { computeDay, storageHour } from '../usage/builders';
import { ACCOUNT, awakeBlock, block, CLOSING_MS, databaseWithLease, DAY_ONE, NOW, save } from './databases';

test('records values of closed buckets that the vendor changed', (t) => {
  const database = databaseWithLease(t);
  const closed = Date.UTC(2026, 10, 2) + CLOSING_MS;
  save(database, { blocks: [awakeBlock(DAY_ONE, closed - 1, 1)] });
  save(database, { blocks: [awakeBlock(DAY_ONE, closed, 2n ** 60n)] });
  assert.deepEqual(database.restatements(ACCOUNT), [], 'it had not closed when it was read first');
  const bucket = computeDay('machine-0', DAY_ONE, 2n ** 60n);
  const changed = { ...bucket, quantities: { ...bucket.quantities, awake_seconds: 2n ** 60n + 1n } };
  save(database, { blocks: [block(DAY_ONE, closed + 1, [changed])] });
  save(database, { blocks: [block(DAY_ONE, closed + 2, [])] });
  const [start, end] = [Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 2)];
  const common = { kind: 'compute', machineId: 'machine-0', fingerprint: 'a', start, end } as const;
  const found = database.restatements(ACCOUNT).filter(({ meter }) => meter === 'awake_seconds');
  assert.deepEqual(found, [
    {
      ...{ ...common, meter: 'awake_seconds', before: 2n ** 60n + 1n, after: undefined },
      ...{ beforeAsOf: closed + 1, afterAsOf: closed + 2 },
    },
    {
      ...{ ...common, meter: 'awake_seconds', before: 2n ** 60n, after: 2n ** 60n + 1n },
      ...{ beforeAsOf: closed, afterAsOf: closed + 1 },
    },
  ]);
  assert.deepEqual(database.restatements('b'), []);
});

test('of a day that is still open only hours that had closed can be restated', (t) => {
  const database = databaseWithLease(t);
  const today = '2026-11-20';
  const first = Date.UTC(2026, 10, 20);
  const read = (asOf: number, awake: number): void => {
    const hours = Array.from({ length: 12 }, (_, hour) => {
      const start = first + hour * HOUR;
      return computeDay('m', today, awake, { start, end: start + HOUR });
    });
    const stored = hours.map((_, hour) => storageHour('m', today, hour, awake));
    save(database, {
      blocks: [
        block(today, asOf, hours, 'computeHours'),
        block(today, asOf, [computeDay('m', today, 12 * awake)]),
        block(today, asOf, stored, 'storage'),
      ],
    });
  };
  const restated = (): unknown[] =>
    database.restatements(ACCOUNT).map(({ meter, start, before, after }) => [meter, start, before, after]);
  read(first + 5 * HOUR, 1);
  read(first + 6 * HOUR, 2);
  read(first + 8 * HOUR, 3);
  assert.deepEqual(restated(), [], 'nothing had closed by 6 o’clock');
  read(first + 9 * HOUR, 4);
  const [one, two] = [first, first + HOUR];
  assert.deepEqual(restated(), [
    ['awake_seconds', one, 3, 4],
    ['cpu_millicore_seconds', one, 300, 400],
    ['memory_mib_seconds', one, 12_288, 16_384],
    ['awake_seconds', two, 3, 4],
    ['cpu_millicore_seconds', two, 300, 400],
    ['memory_mib_seconds', two, 12_288, 16_384],
    ['storage_mib_seconds', one, 3, 4],
    ['logical_storage_bytes', one, 3000, 4000],
    ['storage_mib_seconds', two, 3, 4],
    ['logical_storage_bytes', two, 3000, 4000],
  ]);
});

test('records restated storage once, though it is kept by bucket and by day', (t) => {
  const database = databaseWithLease(t);
  for (const mib of [5, 6]) {
    const buckets = [storageHour('m', DAY_ONE, 0, mib)];
    const parts = (['storage', 'storageDays'] as const).map((part) =>
      block(DAY_ONE, NOW + mib, buckets, part),
    );
    save(database, { blocks: parts });
  }
  const found = database
    .restatements(ACCOUNT)
    .map(({ kind, meter, before, after }) => [kind, meter, before, after]);
  assert.deepEqual(found, [
    ['storage', 'storage_mib_seconds', 5, 6],
    ['storage', 'logical_storage_bytes', 5000, 6000],
  ]);
});

test('keeps the newest restatements when a vendor restates without end', (t) => {
  const database = databaseWithLease(t);
  for (let time = 0; time < 14; time += 1) {
    save(database, { blocks: [awakeBlock(DAY_ONE, NOW + time, time, 400)] });
  }
  const found = database.restatements(ACCOUNT);
  assert.equal(found[0]?.afterAsOf, NOW + 13);
  assert.ok(found.length >= 10_000 && found.length < 12_000, `${found.length}`);
});
