import { l10n } from 'vscode';
import type { DashboardStrings, Figure, Notice } from '../../protocol/messages';
import { type AccountUsage, mainFailure } from '../../store/accountUsage';
import { type MonthFigure, monthFigure } from '../../store/monthFigure';
import type { Formats } from '../../usage/format';
import type { MeterId } from '../../usage/meter';
import { failureWords, remedyLabel } from '../failureWords';
import { meterName, roundedOrUnknown } from '../usageWords';
import type { ViewWords } from './dashboardView';

export function dashboardStrings(): DashboardStrings {
  return {
    refresh: l10n.t('Refresh'),
    refreshing: l10n.t('Refreshing…'),
    account: l10n.t('Account'),
    sample: l10n.t('Sample data'),
    others: l10n.t('Others'),
    total: l10n.t('Total'),
    day: l10n.t('Day (UTC)'),
    showTable: l10n.t('Show as table'),
    asOf: l10n.t('as of'),
    dataThrough: l10n.t('data through'),
    openDay: l10n.t('not over yet'),
    noUsage: l10n.t('No usage this month.'),
    unknown: l10n.t('unknown'),
    perDay: l10n.t('per UTC day'),
    latest: l10n.t('Latest'),
    largest: l10n.t('Largest'),
    peakDay: l10n.t('Peak day'),
    chartKeys: l10n.t('Use the left and right arrow keys to walk through the days.'),
    nothingYet: l10n.t('Nothing has been read yet.'),
    noAccount: l10n.t('Add an account to see its usage, or look around with sample data first.'),
    addAccount: l10n.t('Add Account'),
    openSample: l10n.t('Try with Sample Data'),
  };
}

export function viewWords(formats: Formats): ViewWords {
  return {
    others: l10n.t('Others'),
    computeTitle: l10n.t('Metered awake time by day'),
    storageTitle: l10n.t('Metered storage by day'),
    noUsage: l10n.t('No usage this month.'),
    notRead: l10n.t('This could not be read yet.'),
    figures: (usage) => figures(usage, formats),
    notices: (usage) => failureNotices(usage, formats),
  };
}

/** The month's figures: what the vendor has billed, and under it what is metered beyond that. */
function figures(usage: AccountUsage, formats: Formats): Figure[] {
  const summary = usage.summary.value;
  const meters: readonly MeterId[] = [
    'awake_seconds',
    'cpu_millicore_seconds',
    'memory_mib_seconds',
    'storage_mib_seconds',
  ];
  const amounts = meters.map((meter) => amountFigure(meter, monthFigure(usage, meter), formats));
  const provisioned = summary?.levels.provisioned_storage_gib;
  const included = summary?.levels.included_storage_gib;
  return provisioned === undefined
    ? amounts
    : [
        ...amounts,
        {
          label: meterName('provisioned_storage_gib'),
          value: formats.rounded(provisioned, 'provisioned_storage_gib'),
          exact: l10n.t('now, over all machines'),
          note:
            included === undefined
              ? ''
              : l10n.t('{0} included', formats.rounded(included, 'included_storage_gib')),
        },
      ];
}

function amountFigure(
  meter: MeterId,
  { billed, metered, notYetClosed }: MonthFigure,
  formats: Formats,
): Figure {
  if (billed === undefined && metered !== undefined) {
    return {
      label: meterName(meter),
      value: formats.rounded(metered, meter),
      exact: formats.exact(metered, meter),
      note: l10n.t('metered; what is billed is unknown'),
    };
  }
  return {
    label: meterName(meter),
    value: roundedOrUnknown(billed, meter, formats),
    exact: billed === undefined ? '' : formats.exact(billed, meter),
    note:
      notYetClosed === undefined || notYetClosed === 0
        ? l10n.t('billed')
        : l10n.t('billed · {0} more not yet closed', formats.rounded(notYetClosed, meter)),
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
