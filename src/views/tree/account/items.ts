import { ThemeColor, ThemeIcon, type TreeItem, TreeItemCollapsibleState } from 'vscode';
import { ROWS } from '../../../contributions';
import { takesRates } from '../../../insights/estimate/monthEstimate';
import { headlineOf, monthFigure } from '../../../insights/month/monthFigure';
import { l10n } from '../../../platform/l10n';
import { settings } from '../../../platform/settings';
import type { Provider } from '../../../providers/provider';
import { PROVIDERS } from '../../../providers/registry';
import { type AccountUsage, asOf, mainFailure } from '../../../store/accountUsage';
import type { Account } from '../../../usage/account';
import type { EpochMs } from '../../../usage/time';
import { Tooltip } from '../../tooltip';
import { failureWords } from '../../words/failureWords';
import { exactSumWords, missingWords } from '../../words/knownSumWords';
import { moneyLines, monthSentence, monthSums, unitsWords, usedWords } from '../../words/monthWords';
import { asOfWords, requestWords, roundedOrUnknown, usageRows } from '../../words/usageWords';
import { type ItemContext, row, showFigure } from '../row';
import type { AccountNode } from './nodes';

/** The account: its headline figure this month, or what keeps it from being read. */
export function accountItem({ account }: AccountNode, { store, formats, now }: ItemContext): TreeItem {
  const provider = PROVIDERS[account.provider];
  const item = row(account.label, true);
  item.collapsibleState = TreeItemCollapsibleState.Expanded;
  item.iconPath = new ThemeIcon(
    provider.key === undefined ? 'beaker' : 'cloud',
    account.colour === undefined ? undefined : new ThemeColor(`charts.${account.colour}`),
  );
  const tooltip = new Tooltip(
    provider.key === undefined ? account.label : `${account.label} (${provider.name})`,
  );
  const usage = store.known(account.id)?.usage;
  const failure = usage === undefined ? undefined : mainFailure(usage);
  const readAt = usage === undefined ? undefined : asOf(usage);
  if (usage !== undefined && readAt !== undefined) {
    describeMonth(usage, usage.summary.asOf ?? readAt, { account, item, tooltip }, { formats, now });
  }
  item.contextValue = rowKind(provider);
  if (failure !== undefined) {
    const { short, sentence, remedy } = failureWords(failure, formats);
    showFigure(item, short, sentence, item.accessibilityInformation?.label);
    item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
    item.contextValue += `${ROWS.failed}.${remedy}`;
    tooltip.line(sentence);
  }
  tooltip.line(provider.key === undefined ? undefined : requestWords(account.id, store, formats));
  tooltip.line(
    provider.key === undefined ? l10n.t('Generated figures for machines that do not exist.') : undefined,
  );
  item.tooltip = tooltip.toMarkdown();
  return item;
}

/** Menus depend on it: not every vendor documents a billing page, and some give money themselves. */
function rowKind({ key, billingPage, capabilities }: Provider): string {
  const account = billingPage === undefined ? ROWS.accountWithoutBilling : ROWS.account;
  return `${key === undefined ? ROWS.sampleAccount : account}${takesRates(capabilities) ? ROWS.takesRates : ''}`;
}

/** Shows the vendor's headline figure, and puts all figures into the tooltip. */
function describeMonth(
  usage: AccountUsage,
  at: EpochMs,
  { account, item, tooltip }: { account: Account; item: TreeItem; tooltip: Tooltip },
  { formats, now }: Pick<ItemContext, 'formats' | 'now'>,
): void {
  const { capabilities } = PROVIDERS[account.provider];
  const { quantities, isWhole, missing } = monthSums(usage, capabilities);
  const headline = headlineOf(usage, capabilities);
  if (headline === undefined) {
    showFigure(item, l10n.t('unknown'), asOfWords(at, now(), formats));
  } else {
    const month = monthFigure(usage, headline);
    showFigure(
      item,
      usedWords(month, headline, formats),
      capabilities.tellsBilled
        ? l10n.t('{0} billed', roundedOrUnknown(month.billed, headline, formats))
        : undefined,
      asOfWords(at, now(), formats),
    );
  }
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
    .line(
      capabilities.tellsBilled && headline !== undefined
        ? l10n.t(
            'The row shows what is metered on all machines: {0}.',
            exactSumWords(monthFigure(usage, headline).meteredSum, headline, formats),
          )
        : undefined,
    )
    .line(missingWords(missing, formats))
    .line(unitsWords(quantities))
    .line(l10n.t('As of {0}', formats.instant(at)));
  for (const line of moneyLines(quantities, settings.moneyRule(account.provider))) {
    tooltip.line(line);
  }
}
