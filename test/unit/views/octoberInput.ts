import { type Choices, DEFAULT_CHOICES } from '../../../src/protocol/choices';
import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import { emptyUsage } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import { columnsByDay, toColumns } from '../../../src/usage/columns/columns';
import { daysOf, monthToDate, type UtcDay } from '../../../src/usage/time';
import type { ChartInput } from '../../../src/views/dashboard/charts/chartView';
import { newColours } from '../../../src/views/dashboard/charts/colourNumbers';
import { shownPeriod } from '../../../src/views/dashboard/charts/shownPeriod';
import { ACCOUNT } from '../store/fakeSource';
import { computeDay } from '../usage/builders';
import { DASHBOARD_DEPS } from './dashboardDepsStandIn';

/** Half past noon on 3 November 2026. */
const NOW = Date.UTC(2026, 10, 3, 12, 30);
export const OCTOBER = { start: Date.UTC(2026, 9), end: Date.UTC(2026, 10) };
const LAST_MONTH = { range: { kind: 'lastMonth' } } as const;

interface Parts {
  /** The days that were read; October, where not told. */
  readonly days?: readonly UtcDay[];
  /** Whether storage was read, too; it is empty. */
  readonly storage?: boolean;
  readonly choices?: Partial<Choices>;
}

/** Awake seconds of machines by day, as read on 3 November; October is shown, where the choices do not say otherwise. */
export function octoberInput(
  rows: readonly { readonly id: string; readonly day: UtcDay; readonly seconds: number | bigint }[],
  { days = daysOf(OCTOBER), storage = false, choices = {} }: Parts = {},
): ChartInput {
  const dayCache = new DayCache();
  const buckets = rows.map(({ id, day, seconds }) => computeDay(id, day, seconds));
  for (const [day, columns] of columnsByDay(buckets, days)) {
    dayCache.keep({ part: 'computeDays', day }, { columns, asOf: NOW });
    if (storage) {
      dayCache.keep({ part: 'storageDays', day }, { columns: toColumns([]), asOf: NOW });
    }
  }
  const own = { ...DEFAULT_CHOICES, stackBy: 'machine' as const, ...LAST_MONTH, ...choices };
  return {
    account: ACCOUNT,
    capabilities: MACHINE_CAPABILITIES,
    usage: emptyUsage(monthToDate(NOW)),
    dayCache,
    choices: own,
    shown: shownPeriod(own, NOW, true),
    selected: undefined,
    now: NOW,
    words: DASHBOARD_DEPS.charts,
    colours: newColours(),
  };
}
