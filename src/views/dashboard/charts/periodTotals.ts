import type { Chart } from '../../../protocol/chart';
import { toAmount } from '../../../usage/amount';
import { totalSeries } from '../../../usage/columns/series';
import { type KnownSum, knownSum } from '../../../usage/knownSum';
import { type MeterId, meterOf } from '../../../usage/meter';
import { slotsOf } from '../../../usage/range';
import type { EpochMs } from '../../../usage/time';
import { columnsOf } from './chartSource';
import { openFrom } from './chartTimes';
import { type ChartInput, knownSlots, newestOf, type Source, sourceOf } from './chartView';
import { slotsIn } from './shownPeriod';

/** What one meter comes to in the shown period. */
export interface PeriodTotal {
  readonly chart: Chart['id'];
  readonly meter: MeterId;
  /** Equal to the total of the meter's chart; undefined if nothing is known. */
  readonly sum: KnownSum | undefined;
  readonly asOf: EpochMs | undefined;
}

/** A total for each meter that the charts offer, but for levels, which have none. */
export function periodTotals(input: ChartInput): PeriodTotal[] {
  return input.capabilities.charts.flatMap((own) => {
    const source = sourceOf(input, own);
    if (source === undefined) {
      return [];
    }
    const asOf = newestOf(source.blocks);
    return source.meters.offered
      .filter((meter) => meterOf(meter).kind !== 'level')
      .map((meter) => ({ chart: own.id, meter, sum: totalIn(input, source, meter), asOf }));
  });
}

/** Slots that are still open may be unknown; the sum of the others is whole without them. */
function totalIn(input: ChartInput, source: Source, meter: MeterId): KnownSum | undefined {
  const { shown, now } = input;
  const slots = slotsIn(shown.period, source.granularity);
  const { values, exact } = totalSeries({ blocks: columnsOf(source.blocks), meter, slots });
  const starts = slotsOf(shown.period, source.granularity);
  const begun = starts.filter((start) => start <= now).length;
  const open = openFrom(starts, begun, slots.length, source, now);
  const known = knownSlots(input, source, meter).slice(0, begun);
  return knownSum(
    known.flatMap((isKnown, slot) =>
      isKnown
        ? [exact === undefined ? (values[slot] ?? 0) : toAmount(BigInt(exact[slot] ?? 0))]
        : slot < open
          ? [undefined]
          : [],
    ),
  );
}
