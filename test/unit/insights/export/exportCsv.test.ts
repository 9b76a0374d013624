import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { csvOf } from '../../../../src/insights/export/csv';
import type { ExportInput } from '../../../../src/insights/export/rows';
import type { UsageBucket } from '../../../../src/usage/bucket';
import { meterOf } from '../../../../src/usage/meter';
import { neutralise } from '../../../../src/usage/spreadsheet';
import { HOUR } from '../../../../src/usage/time';
import { computeDay, storageHour } from '../../usage/builders';
import { AS_OF, expectedOrder, exportOf, manyBuckets, nastyText, PERIOD } from './exporting';
import { columnOf, parseCsv, tableOf } from './readCsv';

test('a row says what, when, how much, and how far it can be trusted', () => {
  const bucket = computeDay('m-1', '2026-11-02', 86_400, { emittedAt: AS_OF - HOUR });
  const { headings, rows } = tableOf(exportOf([bucket], { aliases: { 'm-1': 'web, "old"' } }));
  const [row = []] = rows;
  assert.equal(rows.length, 1);
  assert.deepEqual(Object.fromEntries(headings.map((heading, index) => [heading, row[index]])), {
    account: 'Production',
    provider: 'Dedalus Cloud Services',
    kind: 'compute',
    figures: 'metered',
    'machine id': 'm-1',
    'machine name': 'web, "old"',
    shape: 'a',
    'requested vCPU': '2',
    'requested memory (MiB)': '4096',
    'requested storage (GiB)': '20',
    'bucket start (UTC)': '2026-11-02T00:00:00Z',
    'bucket end (UTC)': '2026-11-03T00:00:00Z',
    'awake (s)': '86400',
    'vCPU-time (millicore-s)': '8640000',
    'memory-time (MiB-s)': '353894400',
    'storage (MiB-s)': '',
    'stored (bytes)': '',
    'data through (UTC)': '2026-11-03T00:00:00Z',
    'emitted at (UTC)': '2026-11-03T13:00:00Z',
    'as of (UTC)': '2026-11-03T14:00:00Z',
  });
});

test('an account without usage is a file with headings alone', () => {
  const { headings, rows } = tableOf(exportOf([]));
  assert.equal(headings.length, 20);
  assert.deepEqual(rows, []);
});

test('a day that is missing has a row that says so, in its place', () => {
  const reason = 'The connection was lost.';
  const table = tableOf(
    exportOf([computeDay('m', '2026-11-01', 5), computeDay('m', '2026-11-03', 7)], {
      missingDays: [{ part: 'compute', day: '2026-11-02', reason }],
    }),
  );
  assert.deepEqual(columnOf(table, 'figures'), ['metered', 'unknown', 'metered']);
  assert.deepEqual(columnOf(table, 'bucket start (UTC)'), [
    ...['2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z', '2026-11-03T00:00:00Z'],
  ]);
  assert.deepEqual(columnOf(table, 'awake (s)'), ['5', '', '7']);
  assert.deepEqual(columnOf(table, 'machine id'), ['m', '', 'm']);
  assert.deepEqual(columnOf(table, 'as of (UTC)'), ['2026-11-03T14:00:00Z', '', '2026-11-03T14:00:00Z']);
});

test('zero is written as zero, and unknown is not', () => {
  const known = storageHour('m', '2026-11-01', 0, 0);
  const unknown = storageHour('m', '2026-11-01', 1, 0, { quantities: {} });
  const table = tableOf(exportOf([known, unknown]));
  assert.deepEqual(columnOf(table, 'storage (MiB-s)'), ['0', '']);
  assert.deepEqual(columnOf(table, 'stored (bytes)'), ['0', '']);
});

test('nobody’s name runs as a formula, and a machine has only the name that a person gave it', () => {
  const table = tableOf(
    exportOf([computeDay('constructor', '2026-11-01', 1), computeDay('=1+1', '2026-11-01', 1)], {
      account: { label: '@sum', provider: 'Vendor' },
      aliases: { '=1+1': '=HYPERLINK("https://example.com")' },
    }),
  );
  assert.deepEqual(columnOf(table, 'machine id'), ["'=1+1", 'constructor']);
  assert.deepEqual(columnOf(table, 'machine name'), [`'=HYPERLINK("https://example.com")`, '']);
  assert.deepEqual(columnOf(table, 'account'), ["'@sum", "'@sum"]);
});

const iso = (at: number | undefined): string =>
  at === undefined ? '' : new Date(at).toISOString().replace(/\.000Z$/, 'Z');
const text = (value = ''): string => neutralise(value.toWellFormed());
const number = (value: number | bigint | undefined): string => (value === undefined ? '' : value.toString());

function cellsOf(bucket: UsageBucket, { account, aliases = {} }: ExportInput): string[] {
  const { kind, subjectId: machineId, shape, start, end, quantities, dataThrough, emittedAt } = bucket;
  return [
    ...[text(account.label), text(account.provider), kind, 'metered', text(machineId)],
    text(Object.entries(aliases).find(([id]) => id === machineId)?.[1]),
    ...[text(shape?.fingerprint), number(shape?.vcpu), number(shape?.memoryMib), number(shape?.storageGib)],
    ...[iso(start), iso(end)],
    ...[quantities.awake_seconds, quantities.cpu_millicore_seconds, quantities.memory_mib_seconds].map(
      number,
    ),
    ...[quantities.storage_mib_seconds, quantities.logical_storage_bytes].map(number),
    ...[iso(dataThrough), iso(emittedAt), iso(AS_OF)],
  ];
}

test('a reader of CSV gets back every cell of every row in the period, in order', () => {
  fc.assert(
    fc.property(manyBuckets, nastyText, nastyText, (buckets, label, name) => {
      const aliases = Object.fromEntries(
        buckets.slice(0, 3).map(({ subjectId: machineId }) => [machineId, name]),
      );
      const input = exportOf(buckets, { account: { label, provider: 'Vendor' }, aliases });
      const { rows } = tableOf(input);
      assert.deepEqual(
        rows,
        expectedOrder(buckets).map((bucket) => cellsOf(bucket, input)),
      );
      for (const cell of rows.flat()) {
        assert.doesNotMatch(cell, /^(?![+-]?\d+(\.\d+)?$)[\s\ufeff]*[=+\-@＝＋－＠\t\r\n]/u);
      }
    }),
  );
});

test('the sums of the columns are the sums of the usage, to the last digit', () => {
  const columns = {
    awake_seconds: 'awake (s)',
    cpu_millicore_seconds: 'vCPU-time (millicore-s)',
    memory_mib_seconds: 'memory-time (MiB-s)',
    storage_mib_seconds: 'storage (MiB-s)',
    logical_storage_bytes: 'stored (bytes)',
  } as const;
  fc.assert(
    fc.property(manyBuckets, (buckets) => {
      const table = tableOf(exportOf(buckets));
      const used = buckets.filter(({ start }) => start >= PERIOD.start && start < PERIOD.end);
      for (const [meter, heading] of Object.entries(columns) as [keyof typeof columns, string][]) {
        assert.ok(heading.endsWith(`(${meterOf(meter).unit})`));
        const expected = used.reduce((total, { quantities }) => total + BigInt(quantities[meter] ?? 0), 0n);
        assert.equal(
          columnOf(table, heading).reduce((total, cell) => total + BigInt(cell), 0n),
          expected,
        );
      }
    }),
  );
});

test('a large file comes in pieces of one size', () => {
  const buckets = Array.from({ length: 5000 }, (_, index) => computeDay(`m-${index}`, '2026-11-02', index));
  const chunks = [...csvOf(exportOf(buckets))];
  assert.ok(chunks.length > 5);
  assert.ok(chunks.slice(0, -1).every(({ length }) => length >= 65_536 && length < 66_000));
  assert.equal(parseCsv(chunks.join('').slice(1)).length, 5001);
});
