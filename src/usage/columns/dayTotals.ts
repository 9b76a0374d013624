import { add, type Amount } from '../amount';
import { type MeterId, meterOf } from '../meter';
import type { EpochMs } from '../time';
import { ColumnsBuilder, dataThroughAt, emissionAt, endAt, startAt, type UsageColumns } from './columns';

/** Times by machine index. */
interface Spans {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly dataThrough: Float64Array;
  readonly emittedAt: Float64Array;
  /** By row: 1 if it ends later than all earlier rows of its machine. */
  readonly isNewer: Uint8Array;
}

/**
 * One row per machine: exact sums of amounts, levels of the newest bucket, times from the first start to the last end. All
 * rows share one trail, with every identifier that any row has. For breakdowns without shapes, such as storage.
 */
export function dayTotals(columns: UsageColumns): UsageColumns {
  const spans = spansOf(columns);
  const amounts = [...columns.amounts.keys()].map((meter): [MeterId, readonly (Amount | undefined)[]] => [
    meter,
    amountsOf(columns, meter, spans.isNewer),
  ]);
  const builder = new ColumnsBuilder('shared', columns.subjectIds.length);
  for (const trail of columns.trails) {
    builder.trailIndex(trail);
  }
  spans.start.forEach((start, machine) => {
    if (Number.isNaN(start)) {
      return;
    }
    const row = builder.addRow({
      subject: builder.subjectIndex(columns.subjectIds[machine] ?? ''),
      shape: -1,
      trail: 0,
      start,
      end: spans.end[machine] ?? Number.NaN,
      dataThrough: spans.dataThrough[machine] ?? Number.NaN,
      emittedAt: spans.emittedAt[machine] ?? Number.NaN,
    });
    for (const [meter, values] of amounts) {
      const amount = values[machine];
      if (amount !== undefined) {
        builder.setAmount(row, meter, amount);
      }
    }
  });
  return builder.build();
}

function spansOf(columns: UsageColumns): Spans {
  const count = columns.subjectIds.length;
  const unknown = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  const spans = {
    ...{ start: unknown(), end: unknown(), dataThrough: unknown(), emittedAt: unknown() },
    isNewer: new Uint8Array(columns.length),
  };
  for (let row = 0; row < columns.length; row += 1) {
    const machine = columns.subject[row] ?? 0;
    const start = startAt(columns, row);
    const earliest = spans.start[machine] ?? Number.NaN;
    spans.start[machine] = start > earliest ? earliest : start;
    spans.isNewer[row] = Number(raise(spans.end, machine, endAt(columns, row)));
    raise(spans.dataThrough, machine, dataThroughAt(columns, row));
    raise(spans.emittedAt, machine, emissionAt(columns, row));
  }
  return spans;
}

/** Keeps the later of two times; either may be unknown. */
function raise(times: Float64Array, at: number, time: EpochMs): boolean {
  const known = times[at] ?? Number.NaN;
  const isLater = Number.isNaN(known) ? !Number.isNaN(time) : time > known;
  if (isLater) {
    times[at] = time;
  }
  return isLater;
}

function amountsOf(columns: UsageColumns, meter: MeterId, isNewer: Uint8Array): (Amount | undefined)[] {
  const totals = columns.subjectIds.map((): Amount | undefined => undefined);
  const values = columns.amounts.get(meter) ?? new Float64Array();
  const exact = columns.beyond.get(meter);
  const isLevel = meterOf(meter).kind === 'level';
  for (let row = 0; row < columns.length; row += 1) {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(value) || (isLevel && isNewer[row] !== 1)) {
      continue;
    }
    const machine = columns.subject[row] ?? 0;
    const amount = exact?.get(row) ?? value;
    const before = totals[machine];
    totals[machine] = isLevel || before === undefined ? amount : add(before, amount);
  }
  return totals;
}
