import { MonthComparison } from '../../insights/month/monthComparison';
import type { Choices } from '../../protocol/choices';
import type { DashboardAccount, DashboardView, Figure, Notice } from '../../protocol/messages';
import type { AccountsOverview } from '../../protocol/overview';
import type { ProviderCapabilities } from '../../providers/capabilities';
import { type AccountUsage, asOf, machinesOf } from '../../store/accountUsage';
import type { DayKey } from '../../store/dayBlock';
import { DayCache } from '../../store/dayCache';
import type { LoadProgress } from '../../store/dayLoader';
import type { Account } from '../../usage/account';
import type { Failure } from '../../usage/failure';
import { type EpochMs, lastDayOf, monthOf, utcDay } from '../../usage/time';
import { chartWants, distinct } from './charts/chartDays';
import { givesHours, stackingsOf } from './charts/chartSource';
import { type ChartInput, type ChartWords, planCharts, type StackedChoices } from './charts/chartView';
import type { ChartColours } from './charts/colourNumbers';
import { dutyView, type DutyWords } from './charts/dutyView';
import { type PeriodTotal, periodTotals } from './charts/periodTotals';
import { shownPeriod } from './charts/shownPeriod';
import type { StackStart } from './charts/stackStart';
import { type UnusedMonth, unusedMonth } from './charts/unusedMonth';
import type { KnownMonth } from './overview/accountMonth';
import { makeReports, type ReportMaker } from './reports/report';

/** Words and figures that the caller provides in the user's language. */
export interface DashboardDeps {
  readonly charts: ChartWords;
  readonly duty: DutyWords;
  /** `comparison` is defined if the vendor tells what it has billed. */
  readonly figures: (
    account: Account,
    usage: AccountUsage,
    comparison: MonthComparison | undefined,
  ) => readonly Figure[];
  /** The figures of another period than the month to date. */
  readonly periodFigures: (account: Account, totals: readonly PeriodTotal[]) => readonly Figure[];
  /** The month to date by the person's rates; undefined without any. */
  readonly estimate: (account: Account, usage: AccountUsage, now: EpochMs) => Figure | undefined;
  readonly notices: (usage: AccountUsage | undefined) => readonly Notice[];
  /** Says that nothing is metered so far, and how the month before ended. */
  readonly unused: (unused: UnusedMonth) => Notice;
  readonly reports: readonly ReportMaker[];
  /** All accounts side by side, from what is known of each. */
  readonly overview: (known: (accountId: string) => KnownMonth | undefined, now: EpochMs) => AccountsOverview;
  /** Says that days failed or were cancelled, and offers a retry. */
  readonly missing: (days: number, failure: Failure) => Notice;
}

export interface ViewInput {
  readonly accounts: readonly DashboardAccount[];
  readonly account: Account | undefined;
  /** What the account's vendor supports; irrelevant without an account. */
  readonly capabilities: ProviderCapabilities;
  readonly usage: AccountUsage | undefined;
  readonly dayCache: DayCache | undefined;
  readonly choices: Choices;
  readonly selected: string | undefined;
  readonly refreshing: boolean;
  readonly loading: LoadProgress | undefined;
  readonly now: EpochMs;
  readonly words: DashboardDeps;
  /** The account's, from view to view. */
  readonly colours: ChartColours;
  /** The account's, from view to view. */
  readonly stackStart: StackStart;
}

/** The parts drawn from history. They are costly with many machines, and depend only on their input. */
export type Drawn = Pick<
  DashboardView,
  'figures' | 'charts' | 'stackBy' | 'closedThrough' | 'duty' | 'reports'
> & {
  readonly unused?: UnusedMonth;
  /** The days that the charts need. */
  readonly wants: readonly DayKey[];
  /** The days for the reports and for comparing the figures; the rest of the view works without them. */
  readonly comparedWants: readonly DayKey[];
};

/** All that the page needs: sums by slot and machine, never rows. */
export function dashboardView(input: ViewInput, drawn: Drawn): DashboardView {
  const { accounts, account, capabilities, usage, choices, selected, refreshing, loading, now, words } =
    input;
  const own = accounts.find(({ id }) => id === account?.id);
  const hasHours = givesHours(capabilities);
  const shown = shownPeriod(choices, now, hasHours);
  const readAt = usage === undefined ? undefined : asOf(usage);
  const through =
    usage === undefined ? [] : machinesOf(usage).flatMap((machine) => machine.dataThrough ?? []);
  const { wants, comparedWants: _, unused, ...rest } = drawn;
  const missing = missingNotice(input, wants);
  return {
    accounts,
    ...(own === undefined ? {} : { account: own }),
    month: usage?.period.start ?? monthOf(now).start,
    ...(readAt === undefined ? {} : { asOf: readAt }),
    ...(through.length === 0 ? {} : { dataThrough: through.reduce((a, b) => Math.max(a, b)) }),
    refreshing,
    ...(loading === undefined ? {} : { loading }),
    notices: [
      ...words.notices(usage),
      ...(missing === undefined ? [] : [missing]),
      ...(unused === undefined ? [] : [words.unused(unused)]),
    ],
    subject: capabilities.subject,
    stackings: stackingsOf(capabilities),
    ...{ hasHours, hasDuty: capabilities.duty, hasBilled: capabilities.tellsBilled },
    choices,
    range: { first: utcDay(shown.range.period.start), last: lastDayOf(shown.range.period) },
    shown: shown.period,
    today: utcDay(now),
    hoursAllowed: shown.hoursAllowed,
    ...(selected === undefined || account === undefined
      ? {}
      : { selected: { subjectId: selected, label: words.charts.subject(capabilities, account, selected) } }),
    ...rest,
  };
}

/** Empty until the account is first read. */
export function draw(input: ViewInput): Drawn {
  const { account, capabilities, usage, selected, now, words, colours } = input;
  const dayCache = input.dayCache ?? new DayCache();
  if (account === undefined || usage === undefined || asOf(usage) === undefined) {
    return { figures: [], charts: [], stackBy: 'machine', reports: [], wants: [], comparedWants: [] };
  }
  const choices = possible(input);
  const shown = shownPeriod(choices, now, givesHours(capabilities));
  const comparison = capabilities.tellsBilled ? new MonthComparison(usage, dayCache) : undefined;
  const own: ChartInput = {
    ...{ account, capabilities, usage, dayCache, choices, shown, selected, now },
    words: words.charts,
    colours,
  };
  const closedThrough = comparison?.closedThrough();
  const figures = figuresOf(own, comparison, words);
  const { stackBy, charts } = stackedCharts(own, input);
  const unused = charts.every(({ empty }) => empty !== undefined) ? unusedMonth(own) : undefined;
  const made = makeReports(words.reports, { account, capabilities, usage, dayCache, choices, now, figures });
  const label = selected === undefined ? undefined : words.charts.subject(capabilities, account, selected);
  return {
    figures,
    ...(closedThrough === undefined ? {} : { closedThrough }),
    ...{ charts, stackBy },
    ...(unused === undefined ? {} : { unused }),
    ...(choices.duty ? { duty: dutyView(own, label, words.duty) } : {}),
    wants: chartWants(capabilities, account, choices, shown, now),
    reports: made.reports,
    comparedWants: [...(comparison?.wants ?? []), ...made.wants],
  };
}

/** Those of the month to date, with the estimate; or, for another period, what its charts add up to. */
function figuresOf(
  input: ChartInput,
  comparison: MonthComparison | undefined,
  words: DashboardDeps,
): readonly Figure[] {
  const { account, usage, now, choices, shown } = input;
  if (choices.range.kind !== 'thisMonth' || shown.period !== shown.range.period) {
    return words.periodFigures(account, periodTotals(input));
  }
  const estimate = words.estimate(account, usage, now);
  return [...words.figures(account, usage, comparison), ...(estimate === undefined ? [] : [estimate])];
}

/** The choices, limited to what the account supports. A selected machine can be seen only among machines. */
function possible({ choices, capabilities, selected, stackStart }: ViewInput): StackedChoices {
  const begun = selected === undefined ? stackStart.stackBy : undefined;
  const stackBy = choices.stackBy ?? begun ?? 'machine';
  return {
    ...choices,
    stackBy: stackingsOf(capabilities).includes(stackBy) ? stackBy : 'machine',
    duty: choices.duty && capabilities.duty,
  };
}

/** The charts as chosen. Without a choice the first ones decide, and a note says so where they are not by machine. */
function stackedCharts(
  own: ChartInput,
  { choices, capabilities, selected, stackStart }: ViewInput,
): Pick<Drawn, 'charts' | 'stackBy'> {
  const charts = planCharts(own);
  if (
    choices.stackBy !== undefined ||
    selected !== undefined ||
    !stackingsOf(capabilities).includes('shape')
  ) {
    return { charts, stackBy: own.choices.stackBy };
  }
  if ((stackStart.stackBy ?? stackStart.decide(charts)) === 'machine') {
    return { charts, stackBy: 'machine' };
  }
  const [first, ...others] =
    own.choices.stackBy === 'shape'
      ? charts
      : planCharts({ ...own, choices: { ...own.choices, stackBy: 'shape' } });
  return {
    charts:
      first === undefined
        ? others
        : [{ ...first, notes: [own.words.startsByShape, ...first.notes] }, ...others],
    stackBy: 'shape',
  };
}

/** One notice for all chart days that failed; failures of the month have their own. */
function missingNotice({ dayCache, words }: ViewInput, wants: readonly DayKey[]): Notice | undefined {
  const lost = wants.flatMap((want) => {
    const failure = dayCache?.failureOf(want);
    return failure === undefined ? [] : [{ day: want.day, failure }];
  });
  const [first] = lost;
  return first === undefined
    ? undefined
    : words.missing(new Set(lost.map(({ day }) => day)).size, first.failure);
}

/** The days to load now: wanted, not current, and without a recent failure. Days for charts come first. */
export function toLoad(
  { dayCache }: Pick<ViewInput, 'dayCache'>,
  { wants, comparedWants }: Pick<Drawn, 'wants' | 'comparedWants'>,
): DayKey[] {
  return dayCache === undefined
    ? []
    : distinct([...wants, ...comparedWants]).filter((want) => dayCache.isDue(want));
}
