import type { ProviderCapabilities } from '../providers/capabilities';
import type { BreakdownId } from '../usage/breakdownId';
import type { DayColumns } from '../usage/columns/columns';
import { dayPeriod, daysOf, type Period } from '../usage/time';
import type { Reading } from './accountUsage';
import type { DayKey } from './dayBlock';
import type { DayCache } from './dayCache';
import { dueAgainAt } from './refetchPolicy';

/** The breakdown behind each part of the overview. */
const OVERVIEW = { compute: 'computeDays', storage: 'storageDays', spend: 'spendDays' } as const;

export type OverviewName = keyof typeof OVERVIEW;

/** The breakdowns of a vendor's overview, by name. */
export function overviewParts({ overview }: ProviderCapabilities): [OverviewName, BreakdownId][] {
  const all = Object.entries(OVERVIEW) as [OverviewName, BreakdownId][];
  return all.filter(([, part]) => overview.includes(part));
}

/** The breakdowns of a vendor's overview, each read with the given function. */
export function breakdownsOf(
  capabilities: ProviderCapabilities,
  read: (name: OverviewName, part: BreakdownId) => Reading<DayColumns>,
): Partial<Record<OverviewName, Reading<DayColumns>>> {
  return Object.fromEntries(overviewParts(capabilities).map(([name, part]) => [name, read(name, part)]));
}

export function overviewWants(
  { overview }: Pick<ProviderCapabilities, 'overview'>,
  period: Period,
): DayKey[] {
  return overview.flatMap((part) => daysOf(period).map((day) => ({ part, day })));
}

/**
 * A breakdown over the days of a period, from the days at hand. `missing` lists days before the newest one at hand that are not
 * at hand, or were read before they were over. Later days are left out. `asOf` is the oldest time at which a day still open
 * then was requested, and not beyond the newest day's end.
 */
export function overviewOf(dayCache: DayCache, part: BreakdownId, period: Period): Reading<DayColumns> {
  const days = daysOf(period);
  const failure = days.map((day) => dayCache.failureOf({ part, day })).find((found) => found !== undefined);
  const failed = failure === undefined ? {} : { failure };
  const blocks = days.flatMap((day) => {
    const block = dayCache.block(part, day);
    return block === undefined ? [] : [{ day, ...block }];
  });
  const newest = blocks.at(-1);
  if (newest === undefined) {
    return failed;
  }
  const whole = new Set(blocks.filter(({ day, asOf }) => asOf >= dayPeriod(day).end).map(({ day }) => day));
  const missing = days.filter((day) => day < newest.day && !whole.has(day));
  const open = blocks.filter(({ day, asOf }) => dueAgainAt(day, asOf) === 0).map(({ asOf }) => asOf);
  const asOf = open.length > 0 ? Math.min(...open) : Math.max(...blocks.map((block) => block.asOf));
  return {
    value: new Map(blocks.map(({ day, columns }) => [day, columns])),
    asOf: newest.day === days.at(-1) ? asOf : Math.min(asOf, dayPeriod(newest.day).end),
    ...(missing.length === 0 ? {} : { missing }),
    ...failed,
  };
}
