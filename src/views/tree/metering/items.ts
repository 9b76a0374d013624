import { type MarkdownString, ThemeColor, ThemeIcon, type TreeItem } from 'vscode';
import { ROWS } from '../../../contributions';
import { flaggedBuckets } from '../../../insights/trail/trailDays';
import { l10n } from '../../../platform/l10n';
import { aliasOf } from '../../../usage/account';
import { utcDay } from '../../../usage/time';
import { Tooltip } from '../../tooltip';
import { meteredText } from '../../words/provenance';
import {
  emissionSentence,
  emissionWords,
  emittedWords,
  flagLabels,
  flagSentence,
  identifierRows,
  kindWords,
  machineCountWords,
} from '../../words/trailWords';
import { bucketLabel, mainFigure, shapeWords, soFar, usageLine, usageRows } from '../../words/usageWords';
import { type ItemContext, joined, row, showFigure } from '../row';
import type { MachineBucketNode, MeteringBucketNode, MeteringDayNode, UnassignedNode } from './nodes';

export function meteringItem(): TreeItem {
  const item = row(l10n.t('Metering Buckets'), true);
  item.iconPath = new ThemeIcon('layers');
  item.tooltip = new Tooltip(l10n.t('Metering Buckets'))
    .line(
      l10n.t(
        'The organisation’s buckets that machine usage goes into, and the meter events sent for them. Emitted does not mean billed.',
      ),
    )
    .toMarkdown();
  return item;
}

/** Counts the flagged buckets once the day's hours are in the cache. */
export function meteringDayItem(
  { account, day, bucketCount }: MeteringDayNode,
  { store, formats, now }: ItemContext,
): TreeItem {
  const item = row(formats.dayInMonth(day), true);
  const open = utcDay(now()) === day;
  const dayCache = store.known(account.id)?.dayCache;
  const flagged = dayCache === undefined ? undefined : flaggedBuckets(dayCache, day);
  const buckets = soFar(
    bucketCount === 1 ? l10n.t('1 bucket') : l10n.t('{0} buckets', formats.count(bucketCount)),
    open,
  );
  const review =
    flagged === undefined || flagged === 0 ? undefined : l10n.t('{0} to review', formats.count(flagged));
  showFigure(item, review ?? buckets, review && buckets);
  if (review !== undefined) {
    item.iconPath = reviewIcon();
  }
  item.tooltip = new Tooltip(`${day} (UTC)`).line(joined(buckets, review)).toMarkdown();
  return item;
}

/** One of the organisation's buckets and its sum. Its icon says whether a meter event went out, and whether anything stands out. */
export function meteringBucketItem(
  { bucket, account }: MeteringBucketNode,
  { formats }: ItemContext,
): TreeItem {
  const { period, kind, flags } = bucket;
  const item = row(`${bucketLabel(period, formats)} ${kindWords(kind)}`, true);
  const machines = machineCountWords(bucket.machineCount, formats);
  showFigure(
    item,
    mainFigure(bucket.quantities, formats),
    ...flagLabels(bucket),
    usageLine(bucket.quantities, formats),
    machines,
    emittedWords(bucket),
  );
  item.iconPath = flags.length > 0 ? reviewIcon() : emissionIcon(bucket.emitted);
  item.contextValue = ROWS.meteringBucket;
  const identifiers = identifierRows(bucket.meterEvents);
  const tooltip = new Tooltip(bucket.id)
    .line(`${formats.instant(period.start)} – ${formats.instant(period.end)} · ${machines}`)
    .table(usageRows(bucket.quantities, formats))
    .line(
      bucket.shared
        ? l10n.t(
            'Some of this usage goes into other buckets as well; the vendor does not say how it is split.',
          )
        : undefined,
    );
  for (const flag of flags) {
    tooltip.line(flagSentence(flag, bucket));
  }
  item.tooltip = tooltip
    .line(emissionSentence(bucket, formats))
    .line(identifiers.length === 0 ? undefined : l10n.t('Meter events'))
    .table(identifiers)
    .line(meteredText(account, bucket.asOf, formats))
    .toMarkdown();
  return item;
}

/** What a machine adds to a metering bucket. */
export function machineBucketItem({ account, usage }: MachineBucketNode, { formats }: ItemContext): TreeItem {
  const { subjectId: machineId, shape, emittedAt, meterEvents } = usage;
  const emitted = emittedAt !== undefined || meterEvents.length > 0;
  const item = row(aliasOf(account, machineId) ?? machineId, false);
  showFigure(
    item,
    mainFigure(usage.quantities, formats),
    usageLine(usage.quantities, formats),
    formats.span(usage.start, usage.end),
    shape === undefined ? undefined : shapeWords(shape, formats),
    emittedWords({ emitted }),
  );
  item.iconPath = emissionIcon(emitted);
  item.contextValue = ROWS.machine;
  return item;
}

/** Made on hover, because thousands of machines may feed a bucket. */
export function machineBucketTooltip(
  { account, usage, asOf }: MachineBucketNode,
  { formats }: ItemContext,
): MarkdownString {
  const { subjectId: machineId, shape, emittedAt } = usage;
  const alias = aliasOf(account, machineId);
  const identifiers = identifierRows(usage.meterEvents);
  return new Tooltip(alias === undefined ? machineId : `${alias} (${machineId})`)
    .line(
      joined(
        `${formats.instant(usage.start)} – ${formats.instant(usage.end)}`,
        shape === undefined ? undefined : shapeWords(shape, formats),
      ),
    )
    .table(usageRows(usage.quantities, formats))
    .line(
      emissionWords({ emitted: emittedAt !== undefined || usage.meterEvents.length > 0, emittedAt }, formats),
    )
    .line(identifiers.length === 0 ? undefined : l10n.t('Meter events'))
    .table(identifiers)
    .line(l10n.t('Metered by the vendor; not necessarily billed yet.'))
    .line(meteredText(account, asOf, formats))
    .toMarkdown();
}

function reviewIcon(): ThemeIcon {
  return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
}

function emissionIcon(emitted: boolean): ThemeIcon {
  return emitted ? new ThemeIcon('pass', new ThemeColor('charts.green')) : new ThemeIcon('circle-outline');
}

export function unassignedItem(
  { quantities, account, asOf }: UnassignedNode,
  { formats }: ItemContext,
): TreeItem {
  const item = row(l10n.t('No bucket yet'), false);
  showFigure(item, mainFigure(quantities, formats), usageLine(quantities, formats));
  item.iconPath = new ThemeIcon('circle-small');
  item.tooltip = new Tooltip(l10n.t('Usage that the vendor has not put into a metering bucket yet'))
    .table(usageRows(quantities, formats))
    .line(meteredText(account, asOf, formats))
    .toMarkdown();
  return item;
}
