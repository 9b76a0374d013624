import { budgetTroubles } from '../../insights/budgets/budgetSetting';
import type { BudgetStandings } from '../../insights/budgets/budgetStandings';
import type { KnownChecks } from '../../insights/checks/usageChecks';
import { l10n } from '../../platform/l10n';
import { settings } from '../../platform/settings';
import type { Notice } from '../../protocol/messages';
import type { ProviderCapabilities } from '../../providers/capabilities';
import { PROVIDERS } from '../../providers/registry';
import type { AccountList } from '../../store/accountList';
import { type AccountUsage, mainFailure } from '../../store/accountUsage';
import type { Formats } from '../../usage/format';
import { isMoney, type MeterId, meterOf } from '../../usage/meter';
import { MOST_DAYS_OF_HOURS } from '../../usage/range';
import { estimateOf, ratesOf } from '../ownRates';
import { budgetTroubleWords } from '../words/budgetWords';
import { estimateFigure } from '../words/estimateWords';
import { failureWords, remedyLabel } from '../words/failureWords';
import { sumWords } from '../words/knownSumWords';
import { moneyLines } from '../words/monthWords';
import { provenanceText } from '../words/provenance';
import { subjectLabel } from '../words/subjectWords';
import { allowanceWords, meterName, shapeWords } from '../words/usageWords';
import type { ChartWords } from './charts/chartView';
import type { DaysCheck, DaysDifference } from './charts/dailySumCheck';
import type { UnusedMonth } from './charts/unusedMonth';
import { figures, periodFigures } from './dashboardFigures';
import type { DashboardDeps } from './dashboardView';
import { accountsOverview } from './overview/accountsOverview';
import { budgetsReport } from './reports/budgetsReport';
import { changesReport } from './reports/changesReport';
import { checksReport } from './reports/checksReport';
import { figuresReport } from './reports/figuresReport';
import { forecastReport } from './reports/forecastReport';
import { idleReport } from './reports/idleReport';
import type { ReportMaker } from './reports/report';
import { trailReport } from './reports/trailReport';

/** Input of the reports besides the account's own figures. */
export interface ReportParts {
  readonly standings: BudgetStandings;
  readonly checks: KnownChecks;
  readonly accounts: Pick<AccountList, 'all'>;
}

export function dashboardDeps(formats: Formats, parts: ReportParts): DashboardDeps {
  const charts = chartWords(formats);
  return {
    charts,
    duty: {
      title: l10n.t('Duty by hour of day'),
      allMachines: l10n.t('All machines'),
      noUsage: l10n.t('No usage in this period.'),
      noUsageRead: l10n.t('No usage in the loaded part of this period; the rest is not known.'),
      notRead: charts.notRead,
      provenance: charts.provenance,
      tooLong: l10n.t('Hours can be shown for at most {0} days.', MOST_DAYS_OF_HOURS),
      daysMissing: charts.daysMissing,
      metered: l10n.t(
        'vCPU-time used while machines were awake, as a share of the requested vCPUs. Metered by the vendor.',
      ),
    },
    figures: (account, usage, comparison) => figures(account, usage, comparison, formats),
    periodFigures: (account, totals) => periodFigures(account, totals, formats),
    estimate: (account, usage, now) => {
      const made = estimateOf(account, usage, now);
      return made === undefined ? undefined : estimateFigure(account, made, formats);
    },
    notices: (usage) => failureNotices(usage, formats),
    unused: (unused) => unusedNotice(unused, formats),
    reports: reportMakers(formats, parts),
    overview: (known, now) =>
      accountsOverview({ accounts: parts.accounts.all, known, standings: parts.standings, now }, formats),
    missing: (days, failure) =>
      failure.kind === 'cancelled'
        ? {
            severity: 'info',
            text: l10n.t('Loading was cancelled. Missing days: {0}.', formats.count(days)),
            action: { label: l10n.t('Load Missing Days'), intent: 'loadMissing' },
          }
        : {
            severity: 'error',
            text: l10n.t(
              'Days that could not be loaded: {0}. {1}',
              formats.count(days),
              failureWords(failure, formats).sentence,
            ),
            action: { label: l10n.t('Try Again'), intent: 'loadMissing' },
          },
  };
}

/** In the page's order. */
function reportMakers(formats: Formats, { standings, checks, accounts }: ReportParts): ReportMaker[] {
  return [
    forecastReport(formats, ratesOf),
    idleReport(formats),
    checksReport(formats, {
      checks,
      machineName: (account, id) => subjectLabel(PROVIDERS[account.provider].capabilities, account, id),
    }),
    budgetsReport(formats, {
      standings,
      troubles: () => budgetTroubles(settings.budgets, accounts.all).map(budgetTroubleWords),
    }),
    changesReport(formats),
    trailReport(formats),
    figuresReport(),
  ];
}

function chartWords(formats: Formats): ChartWords {
  return {
    title: meterName,
    meter: choiceName,
    subject: subjectLabel,
    others: l10n.t('Others'),
    shape: (shape, withDisk) =>
      withDisk
        ? l10n.t('{0}, disk {1} GiB', shapeWords(shape, formats), formats.number(shape.storageGib))
        : shapeWords(shape, formats),
    unknownShape: l10n.t('Shape unknown'),
    previous: ({ start, end }) => l10n.t('Before: {0}', formats.days(start, end)),
    allowance: (gib, hours) => allowanceWords(gib, hours, formats),
    noUsage: (meter) => l10n.t('{0}: none in this period.', meterName(meter)),
    noUsageRead: (meter) =>
      l10n.t('{0}: none in the loaded part of this period; the rest is not known.', meterName(meter)),
    notRead: l10n.t('Not loaded yet.'),
    metered: meteredWords,
    provenance: (account, askedAt) => provenanceText({ kind: 'metered', account, askedAt }, formats),
    money: (meter, account) => moneyLines({ [meter]: 0 }, settings.moneyRule(account.provider)),
    daysOnly: l10n.t('By day: the vendor gives no hourly figures.'),
    longBuckets: l10n.t('By day: the vendor’s storage buckets are longer than an hour.'),
    startsByShape: l10n.t(
      'Stacked by shape, since usage is spread over many machines. Choose “By machine” to see them.',
    ),
    shapeAtTheTime: l10n.t('Storage counts towards the shape that its machine had at the time.'),
    elsewhere: (meters) =>
      l10n.t('Amounts in another unit are not in this chart: {0}.', meters.map(unitName).join(', ')),
    dailySumCheck: l10n.t('One request a day: the vendor gives the sum of a period, not a daily series.'),
    daysCheck: (check, meter) => daysCheckWords(check, meter, formats),
    daysMissing: (count) => l10n.t('Days not loaded, drawn as gaps: {0}.', formats.count(count)),
    nothingBefore: (day) =>
      l10n.t(
        'The vendor gives nothing before {0}. Either there was no usage, or the vendor no longer keeps it.',
        formats.day(day),
      ),
  };
}

/** A meter's short name in a chart's choice; the chart's title names it in full. */
function choiceName(meter: MeterId): string {
  if (meter === 'memory_mib_seconds') {
    return l10n.t('Memory-time');
  }
  if (meter === 'storage_mib_seconds') {
    return l10n.t('Over time');
  }
  return isMoney(meter) ? unitName(meter) : meterName(meter);
}

/** `USD`, `cents`, or that it has no name. */
function unitName(meter: MeterId): string {
  return meterOf(meter).unit || l10n.t('whole units of an unnamed currency');
}

function meteredWords(subject: ProviderCapabilities['subject']): string {
  switch (subject) {
    case 'machine':
      return l10n.t('Metered by the vendor on each machine; not necessarily billed yet.');
    case 'group':
      return l10n.t('Metered by the vendor; not necessarily billed yet.');
    case 'category':
      return l10n.t('Metered by the vendor; an invoice may differ.');
  }
}

function daysCheckWords({ days, month, difference }: DaysCheck, meter: MeterId, formats: Formats): string {
  const both = l10n.t(
    'Sum of the days: {0}. The vendor’s own month to date: {1}.',
    formats.exact(days, meter),
    formats.exact(month, meter),
  );
  return difference === undefined ? both : `${both} (${differenceWords(difference, meter, formats)})`;
}

function differenceWords({ by, more, growing }: DaysDifference, meter: MeterId, formats: Formats): string {
  const amount = formats.exact(by, meter);
  if (!growing) {
    return l10n.t('they differ by {0}', amount);
  }
  return more
    ? l10n.t('{0} more: today’s figures were still growing between the two requests', amount)
    : l10n.t('{0} less: today’s figures were still growing between the two requests', amount);
}

function unusedNotice({ month, hasJustBegun, before }: UnusedMonth, formats: Formats): Notice {
  const now = hasJustBegun
    ? l10n.t('{0} has begun; nothing is metered yet.', formats.month(month))
    : l10n.t('Nothing is metered in {0} so far.', formats.month(month));
  const then =
    before &&
    l10n.t(
      '{0} ended at {1} ({2}).',
      formats.month(before.month),
      sumWords(before.sum, before.meter, formats),
      meterName(before.meter),
    );
  return {
    severity: 'info',
    text: [now, ...(then === undefined ? [] : [then])].join(' '),
    action: { label: l10n.t('Show Last Month'), intent: 'showLastMonth' },
  };
}

function failureNotices(usage: AccountUsage | undefined, formats: Formats): Notice[] {
  const failure = usage === undefined ? undefined : mainFailure(usage);
  if (failure === undefined) {
    return [];
  }
  const { sentence, remedy } = failureWords(failure, formats);
  return [{ severity: 'error', text: sentence, action: { label: remedyLabel(remedy), intent: remedy } }];
}
