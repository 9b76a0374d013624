import {
  type BudgetStanding,
  type BudgetStandings,
  fullestOf,
} from '../../../insights/budgets/budgetStandings';
import { meterForecast } from '../../../insights/forecast/meterForecast';
import { l10n } from '../../../platform/l10n';
import type { AccountsOverview, OverviewRow, OverviewState } from '../../../protocol/overview';
import type { ReportCell } from '../../../protocol/report';
import { PROVIDERS } from '../../../providers/registry';
import { type AccountUsage, asOf, mainFailure } from '../../../store/accountUsage';
import type { Account } from '../../../usage/account';
import type { Formats } from '../../../usage/format';
import type { EpochMs } from '../../../usage/time';
import { shareOfLimitWords, standingWords } from '../../words/budgetWords';
import { failureWords, remedyLabel } from '../../words/failureWords';
import { expectedText } from '../../words/forecastWords';
import { exactSumWords, missingWords } from '../../words/knownSumWords';
import { headlineWords } from '../../words/monthWords';
import { provenanceText } from '../../words/provenance';
import { asOfWords, meterName } from '../../words/usageWords';
import { budgetGauge, budgetTone } from '../reports/budgetGauge';
import { type AccountMonth, accountMonth, type KnownMonth } from './accountMonth';
import { overviewDays } from './overviewDays';
import { overviewTotals } from './overviewTotals';

export interface OverviewSource {
  readonly accounts: readonly Account[];
  /** Undefined until the account was restored or a refresh was asked for. */
  readonly known: (accountId: string) => KnownMonth | undefined;
  readonly standings: BudgetStandings;
  readonly now: EpochMs;
}

/** All accounts side by side, from what is at hand: nothing is requested for it. */
export function accountsOverview(source: OverviewSource, formats: Formats): AccountsOverview {
  const { accounts, known: knownOf, standings, now } = source;
  const months = accounts.map((account) => accountMonth(account, knownOf(account.id), now));
  return {
    rows: months.map((month): OverviewRow => ({
      accountId: month.account.id,
      figure: figureCell(month, formats),
      days: overviewDays(month, now, formats),
      monthEnd: monthEndCell(month, now, formats),
      budget: budgetCell(fullestOf(standings.of(month.account)), formats),
      state: stateOf(month, now, formats),
    })),
    ...overviewTotals(months, formats),
  };
}

function figureCell({ account, known, headline, isOver }: AccountMonth, formats: Formats): ReportCell {
  const words = headlineWords(headline, PROVIDERS[account.provider].capabilities, formats);
  if (known === undefined || headline?.sum === undefined) {
    return { text: l10n.t('unknown') };
  }
  const { tellsBilled } = PROVIDERS[account.provider].capabilities;
  const kind = tellsBilled ? 'billed' : 'metered';
  return {
    text: isOver ? l10n.t('{0}: {1}', formats.month(known.usage.period.start), words) : words,
    detail: [
      meterName(headline.meter),
      exactSumWords(headline.sum, headline.meter, formats),
      provenanceText({ kind, account, askedAt: headline.asOf }, formats),
      missingWords(headline.missing, formats),
    ]
      .filter((part) => part !== undefined)
      .join(' · '),
  };
}

/** Of metered usage, as everywhere. */
function monthEndCell(month: AccountMonth, now: EpochMs, formats: Formats): ReportCell {
  const { account, known, headline, isOver } = month;
  const { capabilities } = PROVIDERS[account.provider];
  const end =
    known === undefined || headline === undefined || isOver
      ? undefined
      : meterForecast(
          { usage: known.usage, dayCache: known.dayCache, capabilities, account, now },
          headline.meter,
        );
  return end === undefined
    ? { text: l10n.t('unknown'), detail: l10n.t('A forecast needs three whole days.') }
    : {
        text: expectedText(end.forecast, end.meter, formats),
        detail: [
          meterName(end.meter),
          l10n.t('In four cases of five, the month should end within this range.'),
          provenanceText({ kind: 'estimated', account, askedAt: headline?.asOf }, formats),
        ].join(' · '),
      };
}

function budgetCell(fullest: BudgetStanding | undefined, formats: Formats): OverviewRow['budget'] {
  if (fullest === undefined) {
    return { text: l10n.t('No budget'), tone: 'neutral' };
  }
  const gauge = budgetGauge(fullest);
  return {
    text: shareOfLimitWords(fullest, formats),
    detail: standingWords(fullest, formats),
    tone: budgetTone(fullest),
    ...(gauge === undefined ? {} : { gauge }),
  };
}

function stateOf({ known, isOver }: AccountMonth, now: EpochMs, formats: Formats): OverviewState {
  const readAt = known && timeOf(known.usage);
  const read = readAt === undefined ? undefined : asOfWords(readAt, now, formats);
  const failure = known && mainFailure(known.usage);
  if (failure !== undefined) {
    const { short, sentence, remedy } = failureWords(failure, formats);
    return {
      text: read === undefined ? short : `${short} · ${read}`,
      tone: 'trouble',
      detail: sentence,
      action: { label: remedyLabel(remedy), intent: remedy },
    };
  }
  if (read === undefined) {
    const isReading = known?.refreshing !== undefined;
    return { text: isReading ? l10n.t('Loading usage…') : l10n.t('Not loaded yet.'), tone: 'neutral' };
  }
  return { text: read, tone: isOver ? 'attention' : 'neutral' };
}

/** The same time as in the sidebar. */
function timeOf(usage: AccountUsage): EpochMs | undefined {
  return usage.summary.asOf ?? asOf(usage);
}
