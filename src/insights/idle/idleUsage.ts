import type { ProviderCapabilities } from '../../providers/capabilities';
import type { AccountUsage } from '../../store/accountUsage';
import type { DayKey } from '../../store/dayBlock';
import type { DayCache } from '../../store/dayCache';
import type { BreakdownId } from '../../usage/breakdownId';
import type { DayColumns } from '../../usage/columns/columns';
import { dayPeriod, type UtcDay } from '../../usage/time';
import { type Idle, idle } from './idle';

/** What idled on some days, as far as they are at hand. */
export interface IdleUsage extends Idle {
  /** Days not known in full: usage on them may change the answer. */
  readonly missing: readonly UtcDay[];
}

const PARTS = ['computeDays', 'storageDays'] as const satisfies readonly BreakdownId[];

export function idleWants(days: readonly UtcDay[]): DayKey[] {
  return PARTS.flatMap((part) => days.map((day) => ({ part, day })));
}

export function idleUsage(
  { goneStates }: Pick<ProviderCapabilities, 'goneStates'>,
  usage: Pick<AccountUsage, 'machines'>,
  dayCache: DayCache,
  days: readonly UtcDay[],
): IdleUsage {
  const [compute, storage] = PARTS.map((part) => atHand(dayCache, part, days));
  const [lostCompute = [], lostStorage = []] = PARTS.map((part) => lostDays(dayCache, part, days));
  return {
    ...idle({
      ...{ compute, storage, machines: usage.machines.value, goneStates },
      withoutCompute: new Set(lostCompute),
    }),
    missing: days.filter((day) => lostCompute.includes(day) || lostStorage.includes(day)),
  };
}

/** The days that are not at hand, or that were read before they were over; the newest one is open. */
function lostDays(dayCache: DayCache, part: BreakdownId, days: readonly UtcDay[]): UtcDay[] {
  const newest = days.at(-1);
  return days.filter((day) => {
    const asOf = dayCache.block(part, day)?.asOf;
    return asOf === undefined || (day !== newest && asOf < dayPeriod(day).end);
  });
}

/** Undefined when no day is at hand. */
function atHand(dayCache: DayCache, part: BreakdownId, days: readonly UtcDay[]): DayColumns | undefined {
  const known = days.flatMap((day) => {
    const block = dayCache.block(part, day);
    return block === undefined ? [] : [[day, block.columns] as const];
  });
  return known.length === 0 ? undefined : new Map(known);
}
