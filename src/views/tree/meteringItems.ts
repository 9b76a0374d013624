import { ThemeColor, ThemeIcon, type TreeItem, l10n } from 'vscode';
import { ROWS } from '../../contributions';
import { utcDay } from '../../usage/time';
import { Tooltip } from '../markdown';
import { meterName, usageLine, usageRows } from '../usageWords';
import type { MeteringBucketNode, MeteringDayNode, UnassignedNode } from './nodes';
import { type ItemContext, joined, row } from './row';

export function meteringItem(): TreeItem {
  const item = row(l10n.t('Metering Buckets'), true);
  item.iconPath = new ThemeIcon('layers');
  item.tooltip = new Tooltip(l10n.t('Metering Buckets'))
    .line(
      l10n.t(
        'The organisation’s buckets that machine usage goes into, and the meter events sent for them. Emitted is not yet billed.',
      ),
    )
    .toMarkdown();
  return item;
}

export function meteringDayItem(
  { day, bucketCount }: MeteringDayNode,
  { formats, now }: ItemContext,
): TreeItem {
  const item = row(formats.dayInMonth(day), true);
  const open = utcDay(now()) === day;
  item.description = joined(
    bucketCount === 1 ? l10n.t('1 bucket') : l10n.t('{0} buckets', formats.count(bucketCount)),
    open ? l10n.t('so far') : undefined,
  );
  item.tooltip = new Tooltip(`${day} (UTC)`).toMarkdown();
  return item;
}

/** One of the organisation's buckets: its hours, its machines, its sum, and whether a meter event went out. */
export function meteringBucketItem({ bucket }: MeteringBucketNode, { formats }: ItemContext): TreeItem {
  const { period, kind, emittedAt } = bucket;
  const item = row(
    `${formats.span(period.start, period.end)} ${kind === 'compute' ? l10n.t('compute') : l10n.t('storage')}`,
    false,
  );
  const machines =
    bucket.machineCount === 1
      ? l10n.t('1 machine')
      : l10n.t('{0} machines', formats.count(bucket.machineCount));
  item.description = joined(
    usageLine(bucket.quantities, formats),
    machines,
    emittedAt === undefined ? l10n.t('not emitted') : l10n.t('emitted'),
  );
  item.iconPath =
    emittedAt === undefined
      ? new ThemeIcon('circle-outline')
      : new ThemeIcon('pass', new ThemeColor('charts.green'));
  item.contextValue = ROWS.meteringBucket;
  const identifiers = bucket.meterEvents.map(({ meter, id }): [string, string] => [meterName(meter), id]);
  item.tooltip = new Tooltip(bucket.id)
    .line(`${formats.instant(period.start)} – ${formats.instant(period.end)} · ${machines}`)
    .table(usageRows(bucket.quantities, formats))
    .line(
      bucket.shared
        ? l10n.t(
            'Some of this usage goes into other buckets as well; the vendor does not say how it is split.',
          )
        : undefined,
    )
    .line(
      emittedAt === undefined
        ? l10n.t('No meter event emitted yet')
        : l10n.t('Latest meter event emitted {0}', formats.instant(emittedAt)),
    )
    .line(identifiers.length === 0 ? undefined : l10n.t('Meter events'))
    .table(identifiers)
    .toMarkdown();
  return item;
}

export function unassignedItem({ quantities }: UnassignedNode, { formats }: ItemContext): TreeItem {
  const item = row(l10n.t('In no bucket yet'), false);
  item.description = usageLine(quantities, formats);
  item.iconPath = new ThemeIcon('circle-small');
  item.tooltip = new Tooltip(l10n.t('Usage that the vendor has not put into a metering bucket yet'))
    .table(usageRows(quantities, formats))
    .toMarkdown();
  return item;
}
