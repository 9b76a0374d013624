import type {
  Chart,
  ChartSeries,
  DashboardAccount,
  DashboardView,
  Figure,
  Notice,
} from '../../protocol/messages';
import { type AccountUsage, asOf, machinesOf } from '../../store/accountUsage';
import { type Account, aliasOf } from '../../usage/account';
import { type Amount, toApproximateNumber } from '../../usage/amount';
import type { MeterId } from '../../usage/meter';
import { type DailySeries, dailySeries } from '../../usage/series';
import { displayText } from '../../usage/text';
import { type EpochMs, daysOf, monthOf, startOfDay, utcDay } from '../../usage/time';

/** How many machines a chart tells apart; the rest is drawn as one. */
export const LARGEST_MACHINES = 7;

/** Words and figures that the caller, who knows the language, puts in. */
export interface ViewWords {
  readonly others: string;
  readonly computeTitle: string;
  readonly storageTitle: string;
  readonly noUsage: string;
  readonly notRead: string;
  readonly figures: (usage: AccountUsage) => readonly Figure[];
  readonly notices: (usage: AccountUsage | undefined) => readonly Notice[];
}

export interface ViewInput {
  readonly accounts: readonly DashboardAccount[];
  readonly account: Account | undefined;
  readonly usage: AccountUsage | undefined;
  readonly refreshing: boolean;
  readonly now: EpochMs;
  readonly words: ViewWords;
}

/** All that the page needs to draw an account's month: sums by day and machine, never rows. */
export function dashboardView(input: ViewInput): DashboardView {
  const { accounts, account, usage, refreshing, now, words } = input;
  const own = accounts.find(({ id }) => id === account?.id);
  const readAt = usage === undefined ? undefined : asOf(usage);
  const base = {
    accounts,
    ...(own === undefined ? {} : { account: own }),
    month: usage?.period.start ?? monthOf(now).start,
    refreshing,
    notices: words.notices(usage),
  };
  if (account === undefined || usage === undefined || readAt === undefined) {
    return { ...base, figures: [], charts: [] };
  }
  const through = machinesOf(usage).flatMap((machine) => machine.dataThrough ?? []);
  return {
    ...base,
    asOf: readAt,
    ...(through.length === 0 ? {} : { dataThrough: through.reduce((a, b) => Math.max(a, b)) }),
    figures: words.figures(usage),
    charts: [
      chart('compute', words.computeTitle, 'awake_seconds', account, usage, input),
      chart('storage', words.storageTitle, 'storage_mib_seconds', account, usage, input),
    ],
  };
}

function chart(
  id: Chart['id'],
  title: string,
  meter: MeterId,
  account: Account,
  usage: AccountUsage,
  { now, words }: ViewInput,
): Chart {
  const days = daysOf({ start: usage.period.start, end: Math.min(usage.period.end, now) });
  const openDay = days.indexOf(utcDay(now));
  const base = { id, title, meter, days, ...(openDay < 0 ? {} : { openDay }) };
  const { value, asOf: readAt } = usage[id];
  if (value === undefined || readAt === undefined) {
    return { ...base, series: [], empty: words.notRead };
  }
  // A day that began after the last good reading is not known, which is not zero.
  const known = days.map((day) => startOfDay(day) <= readAt);
  const series = dailySeries(machinesOf(usage), meter, days, LARGEST_MACHINES).map((own) =>
    toChartSeries(own, known, account, words.others),
  );
  return series.length === 0 ? { ...base, series, empty: words.noUsage } : { ...base, series };
}

function toChartSeries(
  { machineId, values }: DailySeries,
  known: readonly boolean[],
  account: Account,
  others: string,
): ChartSeries {
  const beyondExact = values.some((value) => typeof value === 'bigint');
  return {
    label: machineId === undefined ? others : displayText(aliasOf(account, machineId) ?? machineId),
    kind: machineId === undefined ? 'others' : 'machine',
    values: Float64Array.from(values, (value: Amount, index) =>
      known[index] === true ? toApproximateNumber(value) : Number.NaN,
    ),
    ...(beyondExact ? { exact: values.map(String) } : {}),
  };
}
