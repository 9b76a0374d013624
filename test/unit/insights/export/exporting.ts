import fc from 'fast-check';
import type { ExportBlock, ExportInput } from '../../../../src/insights/export/rows';
import { toAmount } from '../../../../src/usage/amount';
import type { Quantities, UsageBucket } from '../../../../src/usage/bucket';
import { columnsByDay } from '../../../../src/usage/columns/columns';
import { DAY, daysOf, HOUR } from '../../../../src/usage/time';

/** Usage for files. */

const START = Date.UTC(2026, 10, 1);
export const PERIOD = { start: START, end: START + 3 * DAY };
export const AS_OF = START + 2 * DAY + 14 * HOUR;

export function blocksOf(buckets: readonly UsageBucket[]): ExportBlock[] {
  const days = daysOf({ start: PERIOD.start - DAY, end: PERIOD.end + DAY });
  return (['storage', 'compute', 'usage'] as const).flatMap((kind) => {
    const ofKind = buckets.filter((bucket) => bucket.kind === kind);
    return [...columnsByDay(ofKind, days)].map(([day, columns]) => ({ kind, day, columns, asOf: AS_OF }));
  });
}

export function exportOf(buckets: readonly UsageBucket[], more: Partial<ExportInput> = {}): ExportInput {
  return {
    account: { label: 'Production', provider: 'Dedalus Cloud Services' },
    subject: 'machine',
    meters: [],
    money: [],
    period: PERIOD,
    granularity: 'hour',
    exportedAt: AS_OF,
    blocks: blocksOf(buckets),
    missingDays: [],
    ...more,
  };
}

/** Texts with everything in them that ends a cell, begins a formula or is no text at all. */
export const nastyText = fc
  .array(
    fc.constantFrom(
      ...['=', '+', '-', '@', '＝', '＠', '\t', '\r', '\n', ',', ';', '"', "'", ' ', '\ufeff'],
      ...['\ud800', '\udfff', '\0', 'a', '1', '日', '🚀', '__proto__'],
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const amount = fc.oneof(
  fc.maxSafeInteger().map(toAmount),
  fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(toAmount),
);

const instant = fc.integer({ min: START - DAY, max: START + 4 * DAY });

/** Rows of four days, of which the period has those in the middle. One machine has one row a bucket and kind. */
export const manyBuckets = fc.uniqueArray(
  fc
    .record({
      kind: fc.constantFrom('compute', 'storage'),
      machineId: nastyText,
      hour: fc.integer({ min: -24, max: 4 * 24 - 1 }),
      amounts: fc.record({ first: amount, second: amount, third: amount }, { requiredKeys: [] }),
      fingerprint: nastyText,
      vcpu: fc.constantFrom(0.5, 1, 64),
      dataThrough: fc.option(instant, { nil: undefined }),
      emittedAt: fc.option(instant, { nil: undefined }),
    })
    .map(({ kind, machineId, hour, amounts, fingerprint, vcpu, dataThrough, emittedAt }): UsageBucket => {
      const start = START + hour * HOUR;
      return {
        ...{ kind, subjectId: machineId, start, end: start + HOUR, quantities: quantitiesOf(kind, amounts) },
        ...(kind === 'compute' ? { shape: { fingerprint, vcpu, memoryMib: 2048, storageGib: 10 } } : {}),
        ...(dataThrough === undefined ? {} : { dataThrough }),
        ...(emittedAt === undefined ? {} : { emittedAt }),
        ...{ meteringBucketIds: [], meterEvents: [] },
      };
    }),
  {
    maxLength: 12,
    selector: ({ kind, subjectId: machineId, start }) => JSON.stringify([kind, machineId, start]),
  },
);

type Amounts = Partial<Record<'first' | 'second' | 'third', number | bigint>>;

function quantitiesOf(kind: UsageBucket['kind'], { first, second, third }: Amounts): Quantities {
  const [one, two] =
    kind === 'compute'
      ? (['awake_seconds', 'cpu_millicore_seconds'] as const)
      : (['storage_mib_seconds', 'logical_storage_bytes'] as const);
  return {
    ...(first === undefined ? {} : { [one]: first }),
    ...(second === undefined ? {} : { [two]: second }),
    ...(third === undefined || kind === 'storage' ? {} : { memory_mib_seconds: third }),
  };
}

/** The buckets that a file has to have, in its order; worked out from the buckets alone. */
export function expectedOrder(buckets: readonly UsageBucket[]): UsageBucket[] {
  const key = ({ start, kind, subjectId: machineId }: UsageBucket): [number, string, string] => [
    start,
    kind,
    machineId,
  ];
  return buckets
    .filter(({ start }) => start >= PERIOD.start && start < PERIOD.end)
    .sort((a, b) => {
      const [left, right] = [key(a), key(b)];
      const place = left.findIndex((part, index) => part !== right[index]);
      return (left[place] ?? 0) < (right[place] ?? 0) ? -1 : 1;
    });
}
