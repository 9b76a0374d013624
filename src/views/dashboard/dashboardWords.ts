import { l10n } from 'vscode';
import type { Notice } from '../../protocol/messages';
import { type AccountUsage, mainFailure } from '../../store/accountUsage';
import type { Formats } from '../../usage/format';
import { MOST_DAYS_OF_HOURS } from '../../usage/range';
import { failureWords, remedyLabel } from '../failureWords';
import { meterName, shapeWords } from '../usageWords';
import type { ChartWords } from './chartView';
import { figures } from './dashboardFigures';
import type { ViewWords } from './dashboardView';

export function viewWords(formats: Formats): ViewWords {
  const charts = chartWords(formats);
  return {
    charts,
    duty: {
      title: l10n.t('Duty by hour of day'),
      allMachines: l10n.t('All machines'),
      noUsage: charts.noUsage,
      notRead: charts.notRead,
      tooLong: l10n.t('Hours can be shown for {0} days at most.', MOST_DAYS_OF_HOURS),
      daysMissing: charts.daysMissing,
      metered: l10n.t(
        'vCPU-time used, as a share of the vCPUs that were requested, while machines were awake. Metered by the vendor.',
      ),
    },
    figures: (usage, comparison) => figures(usage, comparison, formats),
    notices: (usage) => failureNotices(usage, formats),
    missing: (days, failure) =>
      failure.kind === 'cancelled'
        ? {
            severity: 'info',
            text: l10n.t('Reading was cancelled. Days that are missing: {0}.', formats.count(days)),
            action: { label: l10n.t('Read It'), intent: 'loadMissing' },
          }
        : {
            severity: 'error',
            text: l10n.t(
              'Days that could not be read: {0}. {1}',
              formats.count(days),
              failureWords(failure, formats).sentence,
            ),
            action: { label: l10n.t('Try Again'), intent: 'loadMissing' },
          },
  };
}

function chartWords(formats: Formats): ChartWords {
  return {
    title: meterName,
    others: l10n.t('Others'),
    shape: (shape, withDisk) =>
      withDisk
        ? l10n.t('{0}, disk {1} GiB', shapeWords(shape, formats), formats.number(shape.storageGib))
        : shapeWords(shape, formats),
    unknownShape: l10n.t('Shape unknown'),
    previous: ({ start, end }) => l10n.t('Before: {0}', formats.days(start, end)),
    allowance: (gib) => l10n.t('Included in the plan: {0} GiB', formats.number(gib)),
    noUsage: l10n.t('No usage in this period.'),
    notRead: l10n.t('Not read yet.'),
    metered: l10n.t('Metered by the vendor on each machine; not necessarily billed yet.'),
    storageByDay: l10n.t('By day: the vendor gives storage in longer buckets than an hour.'),
    shapeAtTheTime: l10n.t('Storage counts under the shape that its machine had at the time.'),
    daysMissing: (count) => l10n.t('Days that were not read, drawn as gaps: {0}.', formats.count(count)),
    nothingBefore: (day) =>
      l10n.t(
        'The vendor gives nothing before {0}. Whether there was no usage, or it is no longer kept, is not known.',
        formats.day(day),
      ),
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
