import type { DutyMap } from '../../../protocol/chart';
import { dutyHours } from '../../../usage/duty';
import { HOUR, type Period, startOfDay } from '../../../usage/time';
import { blocksOf, columnsOf } from './chartSource';
import { type ChartInput, type ChartWords, emptyWords } from './chartView';
import { slotsIn } from './shownPeriod';

export interface DutyWords {
  readonly title: string;
  readonly allMachines: string;
  readonly noUsage: string;
  readonly noUsageRead: string;
  readonly notRead: string;
  /** The period is too long to be read by hours. */
  readonly tooLong: string;
  readonly daysMissing: (count: number) => string;
  readonly metered: string;
  /** Says what the figures are, as of when, and for which account. */
  readonly provenance: ChartWords['provenance'];
}

/** The hours of the days shown, for the selected machine or all. Whole days only: a map has no half rows. */
export function dutyView(
  { account, dayCache, shown, selected, now }: ChartInput,
  of: string | undefined,
  words: DutyWords,
): DutyMap {
  const days = shown.hoursAllowed ? shown.days : [];
  const [first] = days;
  const last = days.at(-1);
  const period: Period =
    first === undefined || last === undefined
      ? { start: 0, end: 0 }
      : { start: startOfDay(first), end: startOfDay(last) + 24 * HOUR };
  const slots = slotsIn(period, 'hour');
  const byDay = blocksOf(dayCache, 'computeHours', days);
  const blocks = [...byDay.values()];
  const { awake, used, capacity } = dutyHours(columnsOf(byDay), slots, selected);
  const isKnown = (slot: number): boolean => {
    const start = slots.start + slot * slots.length;
    const end = start + slots.length;
    const asOf = blocks[Math.floor(slot / 24)]?.asOf ?? 0;
    return end <= asOf || (start <= asOf && end > now);
  };
  const begun = Array.from(awake, (_, slot) => slot).filter(
    (slot) => slots.start + slot * slots.length <= now,
  );
  const newest = Math.max(0, ...blocks.map((block) => block?.asOf ?? 0));
  const missing = blocks.filter((block) => block === undefined).length;
  return {
    title: words.title,
    of: of ?? words.allMachines,
    days,
    awake: awake.map((seconds, slot) => (isKnown(slot) ? seconds : Number.NaN)),
    used,
    capacity,
    provenance: words.provenance(account, newest === 0 ? undefined : newest),
    notes: [words.metered, ...(missing > 0 && missing < days.length ? [words.daysMissing(missing)] : [])],
    ...emptiness(shown.hoursAllowed, begun.map(isKnown), awake, words),
  };
}

function emptiness(
  allowed: boolean,
  known: readonly boolean[],
  awake: Float64Array,
  words: DutyWords,
): Pick<DutyMap, 'empty'> {
  if (!allowed) {
    return { empty: words.tooLong };
  }
  const { notRead, noUsage, noUsageRead } = words;
  const texts = { notRead, noUsage: () => noUsage, noUsageRead: () => noUsageRead };
  return awake.every((value) => value === 0) ? { empty: emptyWords(known, 'awake_seconds', texts) } : {};
}
