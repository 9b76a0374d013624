import {
  type BudgetStanding,
  type BudgetStandings,
  fullestOf,
} from '../../../insights/budgets/budgetStandings';
import { l10n } from '../../../platform/l10n';
import type { ReportBody, ReportCell, ReportRow, Tone } from '../../../protocol/report';
import { BASES, type Basis } from '../../../usage/budgetBasis';
import type { Formats } from '../../../usage/format';
import { marked } from '../../../usage/knownSum';
import {
  exactLimitWords,
  forecastWords,
  lackWords,
  limitWords,
  percentWords,
  shareOfLimitWords,
  usedWords,
} from '../../words/budgetWords';
import { provenanceText } from '../../words/provenance';
import { meterName } from '../../words/usageWords';
import { budgetGauge, budgetTone } from './budgetGauge';
import { column } from './figures';
import type { ReportMaker } from './report';

export interface BudgetsReportParts {
  readonly standings: BudgetStandings;
  /** What is wrong with the setting, as sentences. */
  readonly troubles: () => readonly string[];
}

/** How far the month's budgets are used, and whether they will last. */
export function budgetsReport(formats: Formats, { standings, troubles }: BudgetsReportParts): ReportMaker {
  return {
    id: 'budgets',
    applies: () => true,
    wants: ({ account }, open) => standings.wants(account, open),
    head: ({ account, choices }) => {
      if (choices.range.kind !== 'thisMonth') {
        return undefined; // budgets are of this month
      }
      const own = standings.of(account);
      return {
        title: l10n.t('Budgets'),
        short: shortWords(own, formats),
        summary:
          own.length === 0 ? '' : own.map((standing) => shareOfLimitWords(standing, formats)).join('; '),
        tone: headTone(own),
      };
    },
    body: ({ account }) => body(standings.of(account), troubles(), formats),
  };
}

/** The worst tone; `neutral` (unknown) is worse than `good`. */
function headTone(standings: readonly BudgetStanding[]): Tone {
  const tones = standings.map(budgetTone);
  const worst = (['trouble', 'attention', 'neutral'] as const).find((tone) => tones.includes(tone));
  return worst ?? (tones.length === 0 ? 'neutral' : 'good');
}

/** `Budget 82%`; the fullest one of several. */
function shortWords(standings: readonly BudgetStanding[], formats: Formats): string {
  const fullest = fullestOf(standings);
  return fullest === undefined
    ? l10n.t('No budget')
    : l10n.t('Budget {0}', percentWords(fullest, 'actual', formats));
}

function body(
  standings: readonly BudgetStanding[],
  troubles: readonly string[],
  formats: Formats,
): ReportBody {
  const [first] = standings;
  return {
    tables: [
      {
        caption:
          first === undefined
            ? l10n.t('Budgets')
            : l10n.t('Budgets of {0}, UTC calendar month', formats.month(first.period.start)),
        columns: [
          column(l10n.t('Meter')),
          column(l10n.t('So far'), 'number'),
          column(l10n.t('Limit'), 'number'),
          column(l10n.t('Forecast'), 'number'),
          column(l10n.t('Thresholds passed')),
        ],
        rows: standings.map((standing) => row(standing, formats)),
        more: 0,
        empty: l10n.t('No budget set for this account.'),
      },
    ],
    notes: [
      l10n.t(
        'Budgets are compared with metered usage, open buckets included. A comparison with the billed figure would warn you late, once a bucket has closed.',
      ),
      ...(standings.some(({ forecast }) => forecast === undefined)
        ? [l10n.t('There is a forecast once three whole days are known.')]
        : []),
      ...standings.flatMap((standing) => lackWords(standing) ?? []),
      ...troubles,
    ],
    actions: [{ label: l10n.t('Set Budget…'), intent: 'setBudgets' }],
  };
}

function row(standing: BudgetStanding, formats: Formats): ReportRow {
  const { account, budget, actual, isWhole, asOf, origin } = standing;
  const gauge = budgetGauge(standing);
  const meter: ReportCell = {
    text: meterName(budget.meter),
    ...(gauge === undefined ? {} : { gauge }),
  };
  const provenance = provenanceText({ kind: origin, account, askedAt: asOf }, formats);
  const soFar: ReportCell = {
    text:
      actual === undefined
        ? l10n.t('unknown')
        : `${usedWords(standing, formats)} · ${percentWords(standing, 'actual', formats)}`,
    ...(actual === undefined
      ? {}
      : {
          detail: `${marked(formats.exact(actual, budget.meter), { whole: isWhole }, budget.meter)} · ${provenance}`,
        }),
  };
  return {
    cells: [
      meter,
      soFar,
      { text: limitWords(budget, formats), detail: exactLimitWords(budget, formats) },
      forecastCell(standing, formats),
      thresholdsCell(standing, formats),
    ],
    tone: budgetTone(standing),
  };
}

function forecastCell(standing: BudgetStanding, formats: Formats): ReportCell {
  const { account, asOf, forecast, budget } = standing;
  const words = forecastWords(standing, formats);
  return forecast === undefined || words === undefined
    ? { text: l10n.t('unknown') }
    : {
        text: `${formats.rounded(Math.round(forecast.total), budget.meter)} · ${percentWords(standing, 'forecast', formats)}`,
        detail: `${words} · ${provenanceText({ kind: 'estimated', account, askedAt: asOf }, formats)}`,
      };
}

function thresholdsCell({ budget, standing }: BudgetStanding, formats: Formats): ReportCell {
  const list = (percents: readonly number[]): string =>
    percents.map((percent) => formats.percent(percent / 100)).join(', ');
  const on = (basis: Basis): string =>
    basis === 'actual'
      ? l10n.t('used: {0}', list(standing.passed.actual))
      : l10n.t('expected: {0}', list(standing.passed.forecast));
  const passed = BASES.filter((basis) => standing.passed[basis].length > 0);
  return {
    text: passed.length === 0 ? l10n.t('none') : passed.map(on).join(' · '),
    detail: l10n.t('Thresholds: {0}', list(budget.thresholds)),
  };
}
