import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../../src/http/json';
import { toComputeBucket, toStorageBucket } from '../../../src/providers/dedalus/normalise';
import { readComputeRow, readStorageRow } from '../../../src/providers/dedalus/wire';
import type { FoldKind } from '../../../src/providers/fold';
import { inlineFold } from '../../../src/providers/folds';
import { JsonReader } from '../../../src/providers/reader';
import type { UsageBucket } from '../../../src/usage/bucket';
import { type DayColumns, type Trails, columnsByDay } from '../../../src/usage/columns';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { computeRowText, storageRowText } from './dedalusRows';

const DAYS = ['2026-03-02', '2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'];

const WAYS: Readonly<
  Record<FoldKind, { row: fc.Arbitrary<string>; read: (row: JsonReader) => UsageBucket; trails: Trails }>
> = {
  'dedalus.computeHours': {
    row: computeRowText,
    read: (row) => toComputeBucket(readComputeRow(row)),
    trails: 'own',
  },
  'dedalus.computeDays': {
    row: computeRowText,
    read: (row) => toComputeBucket(readComputeRow(row)),
    trails: 'shared',
  },
  'dedalus.storage': {
    row: storageRowText,
    read: (row) => toStorageBucket(readStorageRow(row)),
    trails: 'own',
  },
};

/** Field by field, the whole reply at once. */
function readWhole(
  text: string,
  { read, trails }: { read: (row: JsonReader) => UsageBucket; trails: Trails },
): DayColumns | Failure {
  return failing(() => columnsByDay(new JsonReader(parseJson(text)).field('rows').list(read), DAYS, trails));
}

function failing<T>(work: () => T): T | Failure {
  try {
    return work();
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.failure;
  }
}

async function fold(kind: FoldKind, text: string): Promise<DayColumns | Failure> {
  const own = inlineFold(kind);
  try {
    await own.push(Buffer.from(text));
    return await own.end(DAYS);
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.failure;
  }
}

for (const [kind, way] of Object.entries(WAYS)) {
  test(`${kind}: rows become the same columns, or the same failure, as field by field`, async () => {
    let good = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(way.row, { maxLength: 20 }), async (rows) => {
        const text = `{"rows":[${rows.join(',')}]}`;
        const came = await fold(kind as FoldKind, text);
        assert.deepEqual(came, readWhole(text, way));
        good += came instanceof Map && rows.length > 1 ? 1 : 0;
      }),
      { numRuns: 3000 },
    );
    assert.ok(good > 100, `only ${good} replies of several rows were good`);
  });
}

test('a wrong row is told by its place in the whole reply', async () => {
  const row = (awake: string): string =>
    '{"machine_id":"m","spec_fingerprint":"f","requested_vcpu":1,"requested_memory_mib":1,' +
    '"requested_storage_gib":1,"bucket_start":"2026-11-02T00:00:00Z","bucket_end":"2026-11-02T01:00:00Z",' +
    `"awake_seconds":${awake},"cpu_millicore_seconds":1,"memory_mib_seconds":1,` +
    '"last_window_end":"2026-11-02T01:00:00Z"}';
  const rows = Array.from({ length: 1000 }, (_, place) => row(place === 700 ? '"much"' : '3600'));
  assert.deepEqual(await fold('dedalus.computeHours', `{"rows":[${rows.join(',')}]}`), {
    kind: 'malformed',
    path: 'reply.rows[700].awake_seconds',
    expected: 'exactInteger',
  });
});

test('a reply that would fill the memory is refused before it does', async () => {
  const own = inlineFold('dedalus.storage');
  await own.push(Buffer.from('{"rows":['));
  const push = async (): Promise<void> => {
    for (let row = 0; row < 1000; row += 1) {
      const id = String(row).padEnd(1_000_000, 'x');
      const text =
        `{"machine_id":"${id}","bucket_start":"2026-11-02T00:00:00Z","bucket_end":"2026-11-02T01:00:00Z",` +
        '"logical_storage_bytes":1,"storage_mib_seconds":1,"org_metering_bucket_id":"b"},';
      await own.push(Buffer.from(text));
    }
  };
  await assert.rejects(push, (error: UsageError) => {
    assert.deepEqual(error.failure, { kind: 'tooLarge', limitBytes: 512 * 1024 ** 2, of: 'memory' });
    return true;
  });
});
