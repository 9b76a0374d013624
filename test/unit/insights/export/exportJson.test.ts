import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { jsonOf } from '../../../../src/insights/export/json';
import type { ExportInput } from '../../../../src/insights/export/rows';
import { HOUR } from '../../../../src/usage/time';
import { computeDay, storageHour } from '../../usage/builders';
import { AS_OF, blocksOf, expectedOrder, exportOf, manyBuckets, PERIOD } from './exporting';

interface Document {
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

function textOf(input: ExportInput): string {
  return [...jsonOf(input)].join('');
}

function documentOf(input: ExportInput): Document {
  return JSON.parse(textOf(input)) as Document;
}

test('the document says where its figures come from, and which days it does not have', () => {
  const [storage, ...others] = blocksOf([storageHour('m', '2026-11-01', 4, 7)]).filter(
    ({ columns }) => columns.length > 0,
  );
  assert.ok(storage !== undefined && others.length === 0);
  const missing = { part: 'compute', day: '2026-11-02', reason: 'The request was cancelled.' } as const;
  const { provenance } = documentOf(
    exportOf([], {
      account: { label: 'Production', provider: 'Dedalus Cloud Services', organisationId: 'org-1' },
      blocks: [storage, { ...storage, day: '2026-11-02', asOf: AS_OF - 30 * HOUR }],
      missingDays: [missing],
    }),
  );
  const { notes, meaning, ...rest } = provenance;
  assert.match(String(notes), /may exceed 2\^53/);
  assert.match(String(meaning), /metered/);
  assert.deepEqual(rest, {
    account: 'Production',
    provider: 'Dedalus Cloud Services',
    organisationId: 'org-1',
    period: { start: '2026-11-01T00:00:00Z', end: '2026-11-04T00:00:00Z' },
    granularity: 'hour',
    exportedAt: '2026-11-03T14:00:00Z',
    kindOfFigures: 'metered',
    units: {
      awake_seconds: 's',
      cpu_millicore_seconds: 'millicore-s',
      memory_mib_seconds: 'MiB-s',
      storage_mib_seconds: 'MiB-s',
      logical_storage_bytes: 'bytes',
    },
    asOf: { oldest: '2026-11-02T08:00:00Z', newest: '2026-11-03T14:00:00Z' },
    missing: [missing],
  });
});

test('each row has a line of its own, with when it was emitted where that is told', () => {
  const emittedAt = Date.UTC(2026, 10, 3, 1, 2, 3);
  const text = textOf(
    exportOf([computeDay('a', '2026-11-01', 1, { emittedAt }), computeDay('b', '2026-11-01', 2)]),
  );
  const lines = text.slice(text.indexOf('"rows"')).split('\n');
  assert.deepEqual(
    lines.map((line) => line.slice(0, 9)),
    ['"rows": [', '{"kind":"', '{"kind":"', ']', '}', ''],
  );
  assert.ok(lines[1]?.includes('"emittedAt":"2026-11-03T01:02:03Z"'));
  assert.ok(!lines[2]?.includes('emittedAt'));
});

test('a row has what is known of it, and nothing in place of what is not', () => {
  const bucket = computeDay('m-1', '2026-11-02', 60, { quantities: { awake_seconds: 0 } });
  const { rows } = documentOf(exportOf([bucket], { aliases: { 'm-1': 'web' } }));
  assert.deepEqual(rows, [
    {
      kind: 'compute',
      machineId: 'm-1',
      machineName: 'web',
      shape: { fingerprint: 'a', vcpu: 2, memoryMib: 4096, storageGib: 20 },
      start: '2026-11-02T00:00:00Z',
      end: '2026-11-03T00:00:00Z',
      dataThrough: '2026-11-03T00:00:00Z',
      asOf: '2026-11-03T14:00:00Z',
      quantities: { awake_seconds: 0 },
    },
  ]);
});

test('a period without usage is a document with an empty list', () => {
  const { provenance, rows } = documentOf(exportOf([], { blocks: [] }));
  assert.deepEqual(rows, []);
  assert.deepEqual(provenance['asOf'], {});
});

test('JSON.parse gives back every row in the period, in order; ids to the last character', () => {
  fc.assert(
    fc.property(manyBuckets, (buckets) => {
      const text = textOf(exportOf(buckets));
      assert.equal(text, Buffer.from(text).toString(), 'the text is not well-formed');
      const { rows } = JSON.parse(text) as Document;
      const expected = expectedOrder(buckets);
      assert.deepEqual(
        rows.map(({ kind, machineId, start, shape, quantities }) => ({
          kind,
          machineId,
          start,
          shape,
          quantities,
        })),
        expected.map(({ kind, subjectId: machineId, start, shape, quantities }) => ({
          ...{ kind, machineId, shape },
          start: new Date(start).toISOString().replace('.000Z', 'Z'),
          quantities: Object.fromEntries(
            Object.entries(quantities).map(([meter, amount]) => [meter, Number(amount)]),
          ),
        })),
      );
    }),
  );
});

test('whole numbers beyond 2^53 have all their digits', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }), { minLength: 1, maxLength: 9 }),
      (amounts) => {
        const buckets = amounts.map((amount, index) => computeDay(`m-${index}`, '2026-11-01', amount));
        const written = [...textOf(exportOf(buckets)).matchAll(/"awake_seconds":(\d+)/g)];
        assert.deepEqual(
          written.map(([, digits]) => BigInt(digits ?? 0)),
          amounts,
        );
      },
    ),
  );
});

test('a bucket that began before the period, or begins at its end, is not in the document', () => {
  const at = (start: number): ReturnType<typeof computeDay> =>
    computeDay('m', '2026-11-01', 1, { start, end: start + HOUR });
  const { rows } = documentOf(
    exportOf([PERIOD.start - HOUR, PERIOD.start, PERIOD.end - HOUR, PERIOD.end].map(at)),
  );
  assert.deepEqual(
    rows.map(({ start }) => start),
    ['2026-11-01T00:00:00Z', '2026-11-03T23:00:00Z'],
  );
});
