import { type TreeItem, TreeItemCollapsibleState } from 'vscode';
import { type MonthFigure, monthFigure } from '../../../insights/month/monthFigure';
import { l10n } from '../../../platform/l10n';
import { settings } from '../../../platform/settings';
import { PROVIDERS } from '../../../providers/registry';
import type { AccountUsage } from '../../../store/accountUsage';
import type { Account } from '../../../usage/account';
import type { Quantities } from '../../../usage/bucket';
import type { Formats } from '../../../usage/format';
import { type KnownSum, knownSum } from '../../../usage/knownSum';
import { type MeterId, meterOf } from '../../../usage/meter';
import { Tooltip } from '../../tooltip';
import { exactSumWords, missingWords, sumWords } from '../../words/knownSumWords';
import { moneyLines, monthSentence, usedWords } from '../../words/monthWords';
import { accountWords, meteredText, provenanceText } from '../../words/provenance';
import { subjectLabel } from '../../words/subjectWords';
import { meterLabel, meterName, roundedOrUnknown, usageRows } from '../../words/usageWords';
import { capabilitiesOf } from '../context';
import { type ItemContext, row, showFigure } from '../row';
import type { BilledNode, CategoryNode, FigureNode } from './nodes';

/** One meter: what was metered on all machines; on hover what is billed of it, and what is not billed yet. */
export function figureItem({ account, meter }: FigureNode, { store, formats }: ItemContext): TreeItem {
  const item = row(meterLabel(meter), false);
  const usage = store.known(account.id)?.usage;
  if (usage === undefined) {
    return item;
  }
  return meterOf(meter).kind === 'level'
    ? describeLevels(item, meter, { usage, account }, formats)
    : describeAmount(item, meter, { usage, account }, formats);
}

function describeLevels(
  item: TreeItem,
  meter: MeterId,
  { usage: { summary }, account }: { readonly usage: AccountUsage; readonly account: Account },
  formats: Formats,
): TreeItem {
  const levels = summary.value?.levels ?? {};
  const { included_storage_gib: included } = levels;
  showFigure(
    item,
    roundedOrUnknown(levels[meter], meter, formats),
    included === undefined
      ? undefined
      : l10n.t('{0} included', formats.rounded(included, 'included_storage_gib')),
    summary.asOf === undefined ? undefined : l10n.t('as of {0}', formats.instant(summary.asOf)),
  );
  item.tooltip = new Tooltip(meterName(meter))
    .table(usageRows(levels, formats))
    .line(l10n.t('The sum of all machines, at the time of loading.'))
    .line(
      summary.asOf === undefined
        ? undefined
        : l10n.t('As of {0}; {1}.', formats.instant(summary.asOf), accountWords(account)),
    )
    .toMarkdown();
  return item;
}

/** A figure of a vendor that does not tell what it has billed. Its categories, if any, are below. */
function describeMetered(
  item: TreeItem,
  meter: MeterId,
  own: {
    readonly usage: AccountUsage;
    readonly account: Account;
    readonly figure: MonthFigure;
  },
  formats: Formats,
): TreeItem {
  const { usage, account, figure } = own;
  const { meteredSum, meteredAsOf, missing } = figure;
  const { capabilities } = PROVIDERS[account.provider];
  showFigure(item, sumWords(meteredSum, meter, formats), meteredText(account, meteredAsOf, formats));
  if (capabilities.subject === 'category') {
    item.collapsibleState = TreeItemCollapsibleState.Collapsed;
  }
  const quantities: Quantities = meteredSum === undefined ? {} : { [meter]: meteredSum.amount };
  const tooltip = new Tooltip(meterName(meter))
    .table(usageRows(quantities, formats, () => meteredSum?.whole === true))
    .line(missingWords(missing, formats))
    .line(monthSentence(usage, capabilities, formats));
  for (const line of moneyLines(quantities, settings.moneyRule(account.provider))) {
    tooltip.line(line);
  }
  item.tooltip = tooltip
    .line(
      meter.startsWith('byoc.')
        ? l10n.t('All of your own cloud. The vendor does not divide it among teams or projects.')
        : undefined,
    )
    .line(meteredText(account, meteredAsOf, formats))
    .toMarkdown();
  return item;
}

function describeAmount(
  item: TreeItem,
  meter: MeterId,
  { usage, account }: { readonly usage: AccountUsage; readonly account: Account },
  formats: Formats,
): TreeItem {
  const figure = monthFigure(usage, meter);
  const { billed, billedAsOf, meteredSum, meteredAsOf, missing, notYetClosed } = figure;
  const rowOf = (label: string, sum: KnownSum | undefined): [string, string, string] => [
    label,
    exactSumWords(sum, meter, formats),
    sum === undefined ? '' : sumWords(sum, meter, formats),
  ];
  const { capabilities } = PROVIDERS[account.provider];
  if (!capabilities.tellsBilled) {
    return describeMetered(item, meter, { usage, account, figure }, formats);
  }
  const provenance =
    meteredSum === undefined
      ? provenanceText({ kind: 'billed', account, askedAt: billedAsOf }, formats)
      : meteredText(account, meteredAsOf, formats);
  showFigure(
    item,
    usedWords(figure, meter, formats),
    l10n.t('{0} billed', roundedOrUnknown(billed, meter, formats)),
    notYetClosed === undefined
      ? undefined
      : l10n.t('{0} used, not billed yet', formats.rounded(notYetClosed, meter)),
    provenance,
  );
  item.tooltip = new Tooltip(meterName(meter))
    .table([
      rowOf(l10n.t('Billed (closed buckets)'), knownSum([billed])),
      rowOf(l10n.t('Metered (all machines)'), meteredSum),
      ...(notYetClosed === undefined
        ? []
        : [rowOf(l10n.t('Used, not billed yet'), knownSum([notYetClosed]))]),
    ])
    .line(missingWords(missing, formats))
    .line(billedSentence())
    .line(provenanceText({ kind: 'billed', account, askedAt: billedAsOf }, formats))
    .line(meteredText(account, meteredAsOf, formats))
    .toMarkdown();
  return item;
}

function billedSentence(): string {
  return l10n.t(
    'The vendor bills only closed buckets of the organisation, so the sum of all machines may be larger. The rest is used, not billed yet.',
  );
}

/** How much of the headline figure is billed; on hover the same of every meter. */
export function billedItem({ account, meter }: BilledNode, { store, formats }: ItemContext): TreeItem {
  const item = row(l10n.t('Billed'), false);
  const usage = store.known(account.id)?.usage;
  if (usage === undefined) {
    return item;
  }
  const { billed, billedAsOf, meteredSum, meteredAsOf, missing } = monthFigure(usage, meter);
  const figure = roundedOrUnknown(billed, meter, formats);
  const provenance = provenanceText({ kind: 'billed', account, askedAt: billedAsOf }, formats);
  showFigure(
    item,
    meteredSum === undefined ? figure : l10n.t('{0} of {1}', figure, sumWords(meteredSum, meter, formats)),
    provenance,
  );
  const { plan } = usage.summary.value ?? {};
  item.tooltip = new Tooltip(l10n.t('Billed in {0}, closed buckets only', formats.month(usage.period.start)))
    .table(usageRows(usage.summary.value?.billed ?? {}, formats))
    .line(missingWords(missing, formats))
    .line(billedSentence())
    .line(plan === undefined ? undefined : l10n.t('Plan: {0}', plan))
    .line(provenance)
    .line(meteredText(account, meteredAsOf, formats))
    .toMarkdown();
  return item;
}

export function categoryItem(node: CategoryNode, { store, formats }: ItemContext): TreeItem {
  const { account, category, meter, amount } = node;
  const label = subjectLabel(capabilitiesOf(node), account, category);
  const item = row(label, false);
  const usage = store.known(account.id)?.usage;
  const month = usage && monthFigure(usage, meter);
  const whole = month?.meteredSum?.whole === true;
  showFigure(
    item,
    sumWords({ amount, whole }, meter, formats),
    meteredText(account, usage?.spend.asOf, formats),
  );
  item.tooltip = new Tooltip(label)
    .table(usageRows({ [meter]: amount }, formats, () => whole))
    .line(missingWords(month?.missing ?? [], formats))
    .line(
      category === 'other'
        ? l10n.t('The part of the vendor’s total that is in none of its categories.')
        : l10n.t('Calendar month to date, as metered by the vendor.'),
    )
    .line(meteredText(account, usage?.spend.asOf, formats))
    .toMarkdown();
  return item;
}
