import { ThemeIcon, type TreeItem, TreeItemCollapsibleState, l10n } from 'vscode';
import { ROWS } from '../../contributions';
import { PROVIDERS } from '../../providers/registry';
import { type AccountUsage, asOf, mainFailure } from '../../store/accountUsage';
import { monthFigure } from '../../store/monthFigure';
import type { Amount } from '../../usage/amount';
import type { Formats } from '../../usage/format';
import { METERS, type MeterId } from '../../usage/meter';
import { failureWords } from '../failureWords';
import { Tooltip } from '../markdown';
import { asOfWords, meterName, requestWords, roundedOrUnknown, usageRows } from '../usageWords';
import type { AccountNode, FigureNode, FiguresNode } from './nodes';
import { type ItemContext, joined, row } from './row';

/** The account: what it has billed this month, and up to when that is true. */
export function accountItem({ account }: AccountNode, { store, formats, now }: ItemContext): TreeItem {
  const provider = PROVIDERS[account.provider];
  const item = row(account.label, true);
  item.collapsibleState = TreeItemCollapsibleState.Expanded;
  item.iconPath = new ThemeIcon(provider.key === undefined ? 'beaker' : 'cloud');
  item.contextValue = provider.key === undefined ? ROWS.sampleAccount : ROWS.account;
  const tooltip = new Tooltip(
    provider.key === undefined ? account.label : `${account.label} (${provider.name})`,
  );
  const usage = store.usage(account.id);
  const failure = usage === undefined ? undefined : mainFailure(usage);
  const readAt = usage === undefined ? undefined : asOf(usage);
  if (usage !== undefined && readAt !== undefined) {
    const { value: summary, asOf: summaryAsOf = readAt } = usage.summary;
    const billed = roundedOrUnknown(summary?.billed.awake_seconds, 'awake_seconds', formats);
    item.description = joined(l10n.t('{0} billed', billed), asOfWords(summaryAsOf, now(), formats));
    tooltip
      .line(l10n.t('Billed in {0}, closed buckets only', formats.month(usage.period.start)))
      .table(usageRows(summary?.billed ?? {}, formats))
      .line(l10n.t('As of {0}', formats.instant(summaryAsOf)));
  } else {
    item.description = failure === undefined ? '' : failureWords(failure, formats).short;
  }
  if (failure !== undefined) {
    const { short, sentence } = failureWords(failure, formats);
    item.description = readAt === undefined ? short : `${item.description} · ${short}`;
    tooltip.line(sentence);
  }
  tooltip.line(provider.key === undefined ? undefined : requestWords(account.id, store, formats));
  tooltip.line(
    provider.key === undefined
      ? l10n.t('Generated figures of a machine park that does not exist.')
      : undefined,
  );
  item.tooltip = tooltip.toMarkdown();
  return item;
}

export function figuresItem({ account }: FiguresNode, { store, formats }: ItemContext): TreeItem {
  const item = row(l10n.t('Month to Date'), true);
  const usage = store.usage(account.id);
  item.iconPath = new ThemeIcon('dashboard');
  item.description =
    usage === undefined
      ? ''
      : joined(
          formats.month(usage.period.start),
          usage.summary.value === undefined ? undefined : l10n.t('plan {0}', usage.summary.value.plan),
        );
  return item;
}

/** One meter: billed by the vendor, metered by machine, and the difference, which is not yet closed. */
export function figureItem({ account, meter }: FigureNode, { store, formats }: ItemContext): TreeItem {
  const item = row(meterName(meter), false);
  const usage = store.usage(account.id);
  if (usage === undefined) {
    return item;
  }
  return METERS[meter].kind === 'level'
    ? describeLevels(item, meter, usage, formats)
    : describeAmount(item, meter, usage, formats);
}

function describeLevels(
  item: TreeItem,
  meter: MeterId,
  { summary }: AccountUsage,
  formats: Formats,
): TreeItem {
  const levels = summary.value?.levels ?? {};
  const { included_storage_gib: included } = levels;
  item.description = joined(
    roundedOrUnknown(levels[meter], meter, formats),
    included === undefined
      ? undefined
      : l10n.t('{0} included', formats.rounded(included, 'included_storage_gib')),
  );
  item.tooltip = new Tooltip(meterName(meter))
    .table(usageRows(levels, formats))
    .line(l10n.t('Over all machines, at the time of reading.'))
    .line(summary.asOf === undefined ? undefined : l10n.t('As of {0}', formats.instant(summary.asOf)))
    .toMarkdown();
  return item;
}

function describeAmount(item: TreeItem, meter: MeterId, usage: AccountUsage, formats: Formats): TreeItem {
  const { billed, billedAsOf, metered, meteredAsOf, notYetClosed } = monthFigure(usage, meter);
  const figure = (label: string, amount: Amount | undefined): [string, string, string] => [
    label,
    amount === undefined ? l10n.t('unknown') : formats.exact(amount, meter),
    amount === undefined ? '' : formats.rounded(amount, meter),
  ];
  item.description = joined(
    billed === undefined && metered !== undefined
      ? undefined
      : l10n.t('{0} billed', roundedOrUnknown(billed, meter, formats)),
    metered === undefined ? undefined : l10n.t('{0} metered', formats.rounded(metered, meter)),
  );
  item.tooltip = new Tooltip(meterName(meter))
    .table([
      figure(l10n.t('Billed (closed buckets)'), billed),
      figure(l10n.t('Metered (all machines)'), metered),
      ...(notYetClosed === undefined ? [] : [figure(l10n.t('Not yet closed'), notYetClosed)]),
    ])
    .line(
      l10n.t(
        'The vendor bills closed buckets of the organisation only, so the sum over machines may be larger: the rest is not yet closed.',
      ),
    )
    .line(billedAsOf === undefined ? undefined : l10n.t('Billed as of {0}', formats.instant(billedAsOf)))
    .line(meteredAsOf === undefined ? undefined : l10n.t('Metered as of {0}', formats.instant(meteredAsOf)))
    .toMarkdown();
  return item;
}
