import { l10n, ThemeColor, ThemeIcon, type TreeItem, TreeItemCollapsibleState } from 'vscode';
import { ROWS } from '../../contributions';
import { takesRates } from '../../insights/estimate/monthEstimate';
import { headlineOf, type MonthFigure, monthFigure } from '../../insights/month/monthFigure';
import { settings } from '../../platform/settings';
import type { Provider } from '../../providers/provider';
import { PROVIDERS } from '../../providers/registry';
import { type AccountUsage, asOf, mainFailure } from '../../store/accountUsage';
import type { Account } from '../../usage/account';
import type { Quantities } from '../../usage/bucket';
import type { Formats } from '../../usage/format';
import { type KnownSum, knownSum } from '../../usage/knownSum';
import { type MeterId, meterOf } from '../../usage/meter';
import type { EpochMs } from '../../usage/time';
import { failureWords } from '../words/failureWords';
import { exactSumWords, missingWords, sumWords } from '../words/knownSumWords';
import { Tooltip } from '../words/markdown';
import { moneyLines, monthSentence, monthSums, unitsWords } from '../words/monthWords';
import { accountWords, provenanceText } from '../words/provenance';
import { asOfWords, meterName, requestWords, roundedOrUnknown, usageRows } from '../words/usageWords';
import type { AccountNode, FigureNode, FiguresNode } from './nodes';
import { type ItemContext, joined, row } from './row';

/** The account: what it has billed this month, and up to when that is true. */
export function accountItem({ account }: AccountNode, { store, formats, now }: ItemContext): TreeItem {
  const provider = PROVIDERS[account.provider];
  const item = row(account.label, true);
  item.collapsibleState = TreeItemCollapsibleState.Expanded;
  item.iconPath = new ThemeIcon(
    provider.key === undefined ? 'beaker' : 'cloud',
    account.colour === undefined ? undefined : new ThemeColor(`charts.${account.colour}`),
  );
  item.contextValue = rowKind(provider);
  const tooltip = new Tooltip(
    provider.key === undefined ? account.label : `${account.label} (${provider.name})`,
  );
  const usage = store.usage(account.id);
  const failure = usage === undefined ? undefined : mainFailure(usage);
  const readAt = usage === undefined ? undefined : asOf(usage);
  if (usage !== undefined && readAt !== undefined) {
    describeMonth(usage, usage.summary.asOf ?? readAt, { account, item, tooltip }, { formats, now });
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

/** Menus depend on it: not every vendor documents a billing page, and some give money themselves. */
function rowKind({ key, billingPage, capabilities }: Provider): string {
  const account = billingPage === undefined ? ROWS.accountWithoutBilling : ROWS.account;
  return `${key === undefined ? ROWS.sampleAccount : account}${takesRates(capabilities) ? ROWS.takesRates : ''}`;
}

/** The figure that the vendor's capabilities put first, in the description; all of them in the tooltip. */
function describeMonth(
  usage: AccountUsage,
  at: EpochMs,
  { account, item, tooltip }: { account: Account; item: TreeItem; tooltip: Tooltip },
  { formats, now }: Pick<ItemContext, 'formats' | 'now'>,
): void {
  const { capabilities } = PROVIDERS[account.provider];
  const { quantities, isWhole, missing } = monthSums(usage, capabilities);
  const headline = headlineOf(usage, capabilities);
  const amount = headline && quantities[headline];
  const figure =
    headline === undefined || amount === undefined
      ? l10n.t('unknown')
      : sumWords({ amount, whole: isWhole(headline) }, headline, formats);
  item.description = joined(
    capabilities.tellsBilled ? l10n.t('{0} billed', figure) : figure,
    asOfWords(at, now(), formats),
  );
  tooltip
    .line(
      capabilities.tellsBilled
        ? l10n.t('Billed in {0}, closed buckets only', formats.month(usage.period.start))
        : monthSentence(usage, capabilities, formats),
    )
    .table(
      capabilities.tellsBilled
        ? usageRows(usage.summary.value?.billed ?? {}, formats)
        : usageRows(quantities, formats, isWhole),
    )
    .line(missingWords(missing, formats))
    .line(unitsWords(quantities))
    .line(l10n.t('As of {0}', formats.instant(at)));
  for (const line of moneyLines(quantities, settings.moneyRule(account.provider))) {
    tooltip.line(line);
  }
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
          usage.summary.value?.plan === undefined ? undefined : l10n.t('plan {0}', usage.summary.value.plan),
        );
  return item;
}

/** One meter: billed by the vendor, metered by machine, and the difference, which is used and not billed yet. */
export function figureItem({ account, meter }: FigureNode, { store, formats }: ItemContext): TreeItem {
  const item = row(meterName(meter), false);
  const usage = store.usage(account.id);
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
  item.description = joined(
    roundedOrUnknown(levels[meter], meter, formats),
    included === undefined
      ? undefined
      : l10n.t('{0} included', formats.rounded(included, 'included_storage_gib')),
  );
  item.tooltip = new Tooltip(meterName(meter))
    .table(usageRows(levels, formats))
    .line(l10n.t('Over all machines, at the time of reading.'))
    .line(
      summary.asOf === undefined
        ? undefined
        : l10n.t('As of {0}; {1}.', formats.instant(summary.asOf), accountWords(account)),
    )
    .toMarkdown();
  return item;
}

/** A figure of a vendor that does not tell what it has billed. What it is made of, if anything, is below. */
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
  item.description = sumWords(meteredSum, meter, formats);
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
        ? l10n.t('All of your own cloud; no team or project has a part of it.')
        : undefined,
    )
    .line(provenanceText({ kind: 'metered', account, askedAt: meteredAsOf }, formats))
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
  item.description = joined(
    billed === undefined && meteredSum !== undefined
      ? undefined
      : l10n.t('{0} billed', roundedOrUnknown(billed, meter, formats)),
    meteredSum === undefined ? undefined : l10n.t('{0} metered', sumWords(meteredSum, meter, formats)),
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
    .line(
      l10n.t(
        'The vendor bills closed buckets of the organisation only, so the sum over machines may be larger: the rest is used, and not billed yet.',
      ),
    )
    .line(provenanceText({ kind: 'billed', account, askedAt: billedAsOf }, formats))
    .line(provenanceText({ kind: 'metered', account, askedAt: meteredAsOf }, formats))
    .toMarkdown();
  return item;
}
