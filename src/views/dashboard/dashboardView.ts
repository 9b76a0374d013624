import type { Choices } from '../../protocol/choices';
import type { DashboardAccount, DashboardView, Figure, Notice } from '../../protocol/messages';
import { type AccountUsage, asOf, machinesOf } from '../../store/accountUsage';
import type { LoadProgress } from '../../store/dayLoader';
import { History, type Want } from '../../store/history';
import { MonthComparison } from '../../store/monthComparison';
import { type Account, aliasOf } from '../../usage/account';
import type { Failure } from '../../usage/failure';
import { displayText } from '../../usage/text';
import { type EpochMs, lastDayOf, monthOf, utcDay } from '../../usage/time';
import { type ChartInput, type ChartWords, computeChart, storageChart } from './chartView';
import { type DutyWords, dutyView } from './dutyView';
import { chartWants, distinct } from './needs';
import { shownPeriod } from './shownPeriod';

/** Words and figures that the caller, who knows the language, puts in. */
export interface ViewWords {
  readonly charts: ChartWords;
  readonly duty: DutyWords;
  readonly figures: (usage: AccountUsage, comparison: MonthComparison) => readonly Figure[];
  readonly notices: (usage: AccountUsage | undefined) => readonly Notice[];
  /** That days could not be read, or were given up, with the way to ask again. */
  readonly missing: (days: number, failure: Failure) => Notice;
}

export interface ViewInput {
  readonly accounts: readonly DashboardAccount[];
  readonly account: Account | undefined;
  readonly usage: AccountUsage | undefined;
  readonly history: History | undefined;
  readonly choices: Choices;
  readonly selected: string | undefined;
  readonly refreshing: boolean;
  readonly loading: LoadProgress | undefined;
  readonly now: EpochMs;
  readonly words: ViewWords;
}

/** What is drawn from the history: costly with many machines, and the same as long as its input is. */
export type Drawn = Pick<DashboardView, 'figures' | 'charts' | 'closedThrough' | 'duty'> & {
  /** The days that the charts take. */
  readonly wants: readonly Want[];
  /** The days that the figures are compared with; without them there is no comparison, and nothing else is missing. */
  readonly comparedWants: readonly Want[];
};

/** All that the page needs: sums by slot and machine, never rows. */
export function dashboardView(input: ViewInput, drawn: Drawn): DashboardView {
  const { accounts, account, usage, choices, selected, refreshing, loading, now, words } = input;
  const own = accounts.find(({ id }) => id === account?.id);
  const shown = shownPeriod(choices, now);
  const readAt = usage === undefined ? undefined : asOf(usage);
  const through =
    usage === undefined ? [] : machinesOf(usage).flatMap((machine) => machine.dataThrough ?? []);
  const { wants, comparedWants: _, ...rest } = drawn;
  const missing = missingNotice(input, wants);
  return {
    accounts,
    ...(own === undefined ? {} : { account: own }),
    month: usage?.period.start ?? monthOf(now).start,
    ...(readAt === undefined ? {} : { asOf: readAt }),
    ...(through.length === 0 ? {} : { dataThrough: through.reduce((a, b) => Math.max(a, b)) }),
    refreshing,
    ...(loading === undefined ? {} : { loading }),
    notices: [...words.notices(usage), ...(missing === undefined ? [] : [missing])],
    choices,
    range: { first: utcDay(shown.range.period.start), last: lastDayOf(shown.range.period) },
    shown: shown.period,
    today: utcDay(now),
    hoursAllowed: shown.hoursAllowed,
    ...(selected === undefined || account === undefined
      ? {}
      : { selected: { machineId: selected, label: displayText(aliasOf(account, selected) ?? selected) } }),
    ...rest,
  };
}

/** Nothing before the account was first read. */
export function draw(input: ViewInput): Drawn {
  const { account, usage, choices, selected, now, words } = input;
  const history = input.history ?? new History();
  if (account === undefined || usage === undefined || asOf(usage) === undefined) {
    return { figures: [], charts: [], wants: [], comparedWants: [] };
  }
  const shown = shownPeriod(choices, now);
  const comparison = new MonthComparison(usage, history);
  const own: ChartInput = {
    ...{ account, usage, history, choices, shown, selected, now },
    words: words.charts,
    colours: new Map(),
  };
  const closedThrough = comparison.closedThrough();
  const alias = selected === undefined ? undefined : displayText(aliasOf(account, selected) ?? selected);
  return {
    figures: words.figures(usage, comparison),
    ...(closedThrough === undefined ? {} : { closedThrough }),
    charts: [computeChart(own), storageChart(own)],
    ...(choices.duty ? { duty: dutyView(own, alias, words.duty) } : {}),
    wants: chartWants(choices, shown, now),
    comparedWants: comparison.wants,
  };
}

/** One notice for all days of the charts that could not be had; the month's own failures have their own. */
function missingNotice({ history, words }: ViewInput, wants: readonly Want[]): Notice | undefined {
  const lost = wants.flatMap((want) => {
    const failure = history?.isCurrent(want) === true ? undefined : history?.failure(want.part, want.day);
    return failure === undefined ? [] : [{ day: want.day, failure }];
  });
  const [first] = lost;
  return first === undefined
    ? undefined
    : words.missing(new Set(lost.map(({ day }) => day)).size, first.failure);
}

/** The days to read now: what is wanted, is not current, and did not just fail. What charts take comes first. */
export function toLoad(
  { history }: Pick<ViewInput, 'history'>,
  { wants, comparedWants }: Pick<Drawn, 'wants' | 'comparedWants'>,
): Want[] {
  return history === undefined
    ? []
    : distinct([...wants, ...comparedWants]).filter(
        (want) => !history.isCurrent(want) && history.failure(want.part, want.day) === undefined,
      );
}
