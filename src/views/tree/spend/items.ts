import { ThemeIcon, type TreeItem } from 'vscode';
import { ROWS } from '../../../contributions';
import { l10n } from '../../../platform/l10n';
import { settings } from '../../../platform/settings';
import type { Amount } from '../../../usage/amount';
import type { Price, SpendNode } from '../../../usage/bucket';
import type { Formats } from '../../../usage/format';
import { type EpochMs, utcDay } from '../../../usage/time';
import { Tooltip } from '../../tooltip';
import { missingWords } from '../../words/knownSumWords';
import { moneyLines } from '../../words/monthWords';
import { meteredText } from '../../words/provenance';
import { categoryLabel } from '../../words/subjectWords';
import { bucketLabel, mainFigure, meterName, soFar, usageLine, usageRows } from '../../words/usageWords';
import { type ItemContext, row, showFigure } from '../row';
import type { BranchNode, OwnCloudNode, SpendDayNode, SpendDaysNode, SpendHourNode } from './nodes';

export function spendDaysItem({ account }: SpendDaysNode, { store, formats }: ItemContext): TreeItem {
  const item = row(l10n.t('Days'), true);
  const usage = store.known(account.id)?.usage;
  item.iconPath = new ThemeIcon('calendar');
  const missing = usage?.spend.missing ?? [];
  if (usage !== undefined) {
    const days = [...(usage.spend.value?.values() ?? [])].filter(({ length }) => length > 0);
    const count = formats.count(days.length);
    const lost = missingWords(missing, formats);
    showFigure(item, missing.length === 0 ? count : l10n.t('{0} known', count), lost);
    item.tooltip = new Tooltip(l10n.t('Days with usage in {0}', formats.month(usage.period.start)))
      .line(lost)
      .toMarkdown();
  }
  return item;
}

export function spendDayItem(node: SpendDayNode, { store, formats, now }: ItemContext): TreeItem {
  const item = row(formats.day(node.day), true);
  showFigure(
    item,
    soFar(
      mainFigure(node.quantities, formats, () => node.isWhole),
      node.day === utcDay(now()),
    ),
    usageLine(node.quantities, formats, () => node.isWhole),
  );
  const askedAt = store.known(node.account.id)?.dayCache.block('spendDays', node.day)?.asOf;
  item.tooltip = moneyTooltip(formats.day(node.day), { ...node, askedAt }, formats);
  return item;
}

export function spendHourItem(node: SpendHourNode, { store, formats, now }: ItemContext): TreeItem {
  const { hour, quantities } = node;
  const item = row(bucketLabel(hour, formats), true);
  showFigure(item, soFar(mainFigure(quantities, formats), hour.end > now()), usageLine(quantities, formats));
  const title = `${formats.instant(hour.start)} – ${formats.instant(hour.end)}`;
  const askedAt = store.known(node.account.id)?.dayCache.block('spend', utcDay(hour.start))?.asOf;
  item.tooltip = moneyTooltip(title, { ...node, askedAt }, formats);
  return item;
}

/** A team, a project, a type of resource or a resource: its price, also by category. */
export function branchItem(
  { spend, query, account, askedAt }: BranchNode,
  { formats }: ItemContext,
): TreeItem {
  const name = spend.kind === 'resourceType' ? spend.id : spend.name;
  const item = row(name, spend.children !== undefined || query !== undefined);
  const total = totalWords(spend.price, formats);
  showFigure(
    item,
    spend.isSlice ? l10n.t('{0} in part', total) : total,
    kindWord(spend.kind),
    meteredText(account, askedAt, formats),
  );
  item.iconPath = new ThemeIcon(ICONS[spend.kind]);
  item.contextValue = ROWS.branch;
  item.tooltip = new Tooltip(name)
    .table(priceRows(spend.price, formats))
    .line(kindWord(spend.kind))
    .line(spend.id === name ? undefined : l10n.t('ID {0}', spend.id))
    .line(
      spend.isSlice
        ? l10n.t('Only the part that was requested. The vendor’s reply contains no more.')
        : undefined,
    )
    .line(meteredText(account, askedAt, formats))
    .toMarkdown();
  return item;
}

export function ownCloudItem({ price, account, askedAt }: OwnCloudNode, { formats }: ItemContext): TreeItem {
  const item = row(meterName(price.meter), false);
  showFigure(item, totalWords(price, formats), meteredText(account, askedAt, formats));
  item.iconPath = new ThemeIcon('home');
  item.tooltip = new Tooltip(meterName(price.meter))
    .table(priceRows(price, formats))
    .line(
      l10n.t('All of your own cloud in this hour. The vendor does not divide it among teams or projects.'),
    )
    .line(meteredText(account, askedAt, formats))
    .toMarkdown();
  return item;
}

const ICONS: Readonly<Record<SpendNode['kind'], string>> = {
  team: 'organization',
  project: 'project',
  resourceType: 'symbol-class',
  resource: 'server-process',
};

function kindWord(kind: SpendNode['kind']): string {
  switch (kind) {
    case 'team':
      return l10n.t('team');
    case 'project':
      return l10n.t('project');
    case 'resourceType':
      return l10n.t('type of resource');
    case 'resource':
      return l10n.t('resource');
  }
}

function totalWords(price: Price | undefined, formats: Formats): string {
  return price?.total === undefined ? l10n.t('unknown') : formats.rounded(price.total, price.meter);
}

function priceRows(price: Price | undefined, formats: Formats): [string, string, string][] {
  if (price === undefined) {
    return [];
  }
  const figure = (label: string, amount: Amount): [string, string, string] => {
    const [exact, rounded] = [formats.exact(amount, price.meter), formats.rounded(amount, price.meter)];
    return [label, exact, rounded === exact ? '' : rounded];
  };
  return [
    ...(price.total === undefined ? [] : [figure(l10n.t('Total'), price.total)]),
    ...[...price.categories].map(([category, amount]) => figure(categoryLabel(category), amount)),
  ];
}

function moneyTooltip(
  title: string,
  own: (SpendDayNode | SpendHourNode) & { readonly askedAt: EpochMs | undefined },
  formats: Formats,
): ReturnType<Tooltip['toMarkdown']> {
  const { account, quantities, askedAt } = own;
  const isWhole = own.kind === 'spendHour' || own.isWhole;
  const tooltip = new Tooltip(title)
    .table(usageRows(quantities, formats, () => isWhole))
    .line(isWhole ? undefined : l10n.t('Not all of this day is loaded: there may be more.'));
  for (const line of moneyLines(quantities, settings.moneyRule(account.provider))) {
    tooltip.line(line);
  }
  return tooltip
    .line(l10n.t('Metered by the vendor; an invoice may differ.'))
    .line(meteredText(account, askedAt, formats))
    .toMarkdown();
}
