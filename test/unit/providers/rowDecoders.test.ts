import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { RowKind } from '../../../src/providers/rowDecoder';
import { openInlineRowSink } from '../../../src/providers/rowDecoders';
import type { UsageBucket } from '../../../src/usage/bucket';
import type { DayColumns } from '../../../src/usage/columns/columns';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { runs } from '../../support/runs';
import { bucketsIn } from '../usage/builders';
import { ANSWERED_AT, rowsReply } from './dedalusRows';
import { computeRow, type KnownRow, storageRow } from './knownRows';

/** The days that are asked for; rows of others are left out. */
const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'];

/** What a row says, as a bucket without its kind. */
type Told = Omit<UsageBucket, 'kind'>;

const events = (meter: string, ids: unknown): { meter: string; id: string }[] =>
  ((ids ?? []) as string[]).filter((id) => id !== '').map((id) => ({ meter, id }));

/** Leaves out what is undefined. */
function known(fields: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function computeTold({ says }: KnownRow): Told {
  return {
    subjectId: says['machine_id'],
    start: says['bucket_start'],
    end: says['bucket_end'],
    quantities: {
      awake_seconds: says['awake_seconds'],
      cpu_millicore_seconds: says['cpu_millicore_seconds'],
      memory_mib_seconds: says['memory_mib_seconds'],
    },
    shape: {
      fingerprint: says['spec_fingerprint'],
      vcpu: says['requested_vcpu'],
      memoryMib: says['requested_memory_mib'],
      storageGib: says['requested_storage_gib'],
    },
    dataThrough: says['last_window_end'],
    meteringBucketIds: (says['org_metering_bucket_ids'] ?? []) as string[],
    meterEvents: [
      ...events('cpu_millicore_seconds', says['stripe_cpu_identifiers']),
      ...events('memory_mib_seconds', says['stripe_memory_identifiers']),
    ],
    ...known({ emittedAt: says['latest_stripe_emitted_at'] }),
  } as Told;
}

function storageTold({ says }: KnownRow): Told {
  const bucketId = says['org_metering_bucket_id'];
  return {
    subjectId: says['machine_id'],
    start: says['bucket_start'],
    end: says['bucket_end'],
    quantities: {
      logical_storage_bytes: says['logical_storage_bytes'],
      storage_mib_seconds: says['storage_mib_seconds'],
    },
    meteringBucketIds: bucketId === '' ? [] : [bucketId],
    meterEvents: events('storage_mib_seconds', [says['stripe_storage_identifier'] ?? '']),
    ...known({ emittedAt: says['latest_stripe_emitted_at'] }),
  } as Told;
}

interface Way {
  readonly row: fc.Arbitrary<KnownRow>;
  readonly kind: UsageBucket['kind'];
  readonly told: (row: KnownRow) => Told;
  /** Whether the rows of a day tell together where their usage went. */
  readonly together: boolean;
  /** The one that is asked for. */
  readonly granularity?: 'hour' | 'day';
}

const LENGTH = { hour: 3_600_000, day: 86_400_000 };

/** A longer bucket than was asked for refuses the reply, which has a test of its own. */
function isShort({ says }: KnownRow, granularity: 'hour' | 'day' | undefined): boolean {
  const length = Number(says['bucket_end']) - Number(says['bucket_start']);
  return granularity === undefined || !(length > LENGTH[granularity]);
}

const WAYS: Readonly<Record<RowKind, Way>> = {
  'dedalus.computeHours': {
    row: computeRow,
    kind: 'compute',
    told: computeTold,
    together: false,
    granularity: 'hour',
  },
  'dedalus.computeDays': {
    row: computeRow,
    kind: 'compute',
    told: computeTold,
    together: true,
    granularity: 'day',
  },
  'dedalus.storage': { row: storageRow, kind: 'storage', told: storageTold, together: false },
};

/** Where the usage of all of the rows went, each bucket and each event once. */
function trailOf(rows: readonly Told[]): Pick<Told, 'meteringBucketIds' | 'meterEvents'> {
  const each = new Map(
    rows.flatMap(({ meterEvents }) => meterEvents.map((own) => [JSON.stringify(own), own])),
  );
  return {
    meteringBucketIds: [...new Set(rows.flatMap(({ meteringBucketIds }) => meteringBucketIds))],
    meterEvents: [...each.values()],
  };
}

/** What the columns of the days have to say, row by row. */
function expected(rows: readonly KnownRow[], { kind, told, together }: Way): UsageBucket[] {
  const all = rows.map(told);
  return DAYS.flatMap((day) => {
    const own = all.filter(({ start }) => new Date(start).toISOString().startsWith(day));
    return own.map((row) => inOrder({ ...row, ...(together ? trailOf(own) : {}), kind }));
  });
}

/** The order of events says nothing. */
function inOrder(bucket: UsageBucket): UsageBucket {
  const byText = bucket.meterEvents.map((own) => [`${own.meter} ${own.id}`, own] as const);
  const meterEvents = byText.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, own]) => own);
  return { ...bucket, meterEvents };
}

/** The first row in which something is wrong, as paths with what should be there: any of them may be told. */
function troubles(rows: readonly KnownRow[]): string[] {
  const at = rows.findIndex(({ wrong }) => wrong.length > 0);
  return (rows[at]?.wrong ?? []).map((wrong) => `reply.rows[${at}]${wrong}`);
}

/** The reply comes in two pieces. */
async function decoded(kind: RowKind, text: string, cut = 0): Promise<DayColumns | Failure> {
  const own = openInlineRowSink(kind);
  const bytes = Buffer.from(text);
  try {
    await own.push(bytes.subarray(0, cut % bytes.length));
    await own.push(bytes.subarray(cut % bytes.length));
    return await own.end(DAYS, ANSWERED_AT);
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.failure;
  }
}

for (const [name, way] of Object.entries(WAYS)) {
  test(`${name}: rows become columns that say the same, or a failure that says what is wrong and where`, async () => {
    const came = { good: 0, wrong: 0 };
    const someRows = fc.array(
      way.row.filter((row) => isShort(row, way.granularity)),
      { maxLength: 20 },
    );
    await fc.assert(
      fc.asyncProperty(someRows, fc.nat(), async (rows, cut) => {
        const text = rowsReply(rows.map((row) => row.text).join(','), way.granularity, cut % 2 === 0);
        const found = await decoded(name as RowKind, text, cut);
        const trouble = troubles(rows);
        if (!('kind' in found)) {
          assert.deepEqual(trouble, []);
          assert.deepEqual([...found.keys()], DAYS);
          assert.deepEqual(bucketsIn(found, way.kind).map(inOrder), expected(rows, way));
          came.good += rows.length > 1 ? 1 : 0;
          return;
        }
        assert.ok(found.kind === 'malformed', found.kind);
        assert.ok(trouble.includes(`${found.path} ${found.expected}`), `${found.path}: ${found.expected}`);
        came.wrong += 1;
      }),
      { numRuns: runs(1500) },
    );
    assert.ok(came.good > runs(100) && came.wrong > runs(100), JSON.stringify(came));
  });
}

test('a row as the vendor documents it, field by field', async () => {
  const row =
    '{"machine_id":"dm-web-1","spec_fingerprint":"spec-a","requested_vcpu":2,"requested_memory_mib":4096,' +
    '"requested_storage_gib":20,"bucket_start":"2026-11-02T07:00:00Z","bucket_end":"2026-11-02T08:00:00Z",' +
    '"awake_seconds":3600,"cpu_millicore_seconds":1800000,"memory_mib_seconds":14745600,"window_count":12,' +
    '"last_window_end":"2026-11-02T07:55:00Z","org_metering_bucket_ids":["b-1"],' +
    '"stripe_cpu_identifiers":["c-1"],"stripe_memory_identifiers":["m-1"],' +
    '"latest_stripe_emitted_at":"2026-11-02T09:05:30Z"}';
  const found = await decoded('dedalus.computeHours', rowsReply(row, 'hour'));
  assert.ok(!('kind' in found));
  assert.deepEqual(bucketsIn(found, 'compute'), [
    {
      kind: 'compute',
      subjectId: 'dm-web-1',
      start: Date.UTC(2026, 10, 2, 7),
      end: Date.UTC(2026, 10, 2, 8),
      quantities: { awake_seconds: 3600, cpu_millicore_seconds: 1_800_000, memory_mib_seconds: 14_745_600 },
      shape: { fingerprint: 'spec-a', vcpu: 2, memoryMib: 4096, storageGib: 20 },
      dataThrough: Date.UTC(2026, 10, 2, 7, 55),
      meteringBucketIds: ['b-1'],
      meterEvents: [
        { meter: 'cpu_millicore_seconds', id: 'c-1' },
        { meter: 'memory_mib_seconds', id: 'm-1' },
      ],
      emittedAt: Date.UTC(2026, 10, 2, 9, 5, 30),
    },
  ]);
});

test('a wrong row is told by its place in the whole reply', async () => {
  const row = (awake: string): string =>
    '{"machine_id":"m","spec_fingerprint":"f","requested_vcpu":1,"requested_memory_mib":1,' +
    '"requested_storage_gib":1,"bucket_start":"2026-11-02T00:00:00Z","bucket_end":"2026-11-02T01:00:00Z",' +
    `"awake_seconds":${awake},"cpu_millicore_seconds":1,"memory_mib_seconds":1,` +
    '"last_window_end":"2026-11-02T01:00:00Z"}';
  const rows = Array.from({ length: 1000 }, (_, place) => row(place === 700 ? '"much"' : '3600'));
  assert.deepEqual(await decoded('dedalus.computeHours', `{"rows":[${rows.join(',')}]}`), {
    kind: 'malformed',
    path: 'reply.rows[700].awake_seconds',
    expected: 'exactInteger',
  });
});
