import { ThemeColor, ThemeIcon, type TreeItem } from 'vscode';
import { INTERNAL_COMMANDS, ROWS } from '../../../contributions';
import { l10n } from '../../../platform/l10n';
import { Tooltip } from '../../tooltip';
import { failureWords, remedyLabel } from '../../words/failureWords';
import { levelOf } from '../node';
import { type ItemContext, row } from '../row';
import { hasRoom } from '../rowRoom';
import type { EmptyNode, FailureNode, MoreNode } from './nodes';

export function failureItem(node: FailureNode, { formats }: ItemContext): TreeItem {
  const { failure, account } = node;
  const { short, sentence, remedy } = failureWords(failure, formats);
  const item = row(remedyLabel(remedy), false);
  item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  if (hasRoom(item, levelOf(node), short)) {
    item.description = short;
  }
  item.contextValue = ROWS.failure;
  item.tooltip = new Tooltip(remedyLabel(remedy)).line(sentence).toMarkdown();
  item.accessibilityInformation = { label: `${sentence} ${remedyLabel(remedy)}` };
  item.command = {
    command: INTERNAL_COMMANDS.resolveFailure,
    title: remedyLabel(remedy),
    arguments: [{ remedy, accountId: account.id }],
  };
  return item;
}

export function emptyItem({ reason }: EmptyNode): TreeItem {
  const item = row(emptyLabel(reason), false);
  item.iconPath = new ThemeIcon(reason === 'loading' ? 'sync' : 'info');
  item.accessibilityInformation = { label: emptyWords(reason) };
  item.tooltip = new Tooltip(emptyWords(reason)).toMarkdown();
  return item;
}

/** What fits into the row; the tooltip says it in full. */
function emptyLabel(reason: EmptyNode['reason']): string {
  switch (reason) {
    case 'noMachines':
    case 'noGroups':
      return l10n.t('No usage this month');
    case 'allFilteredOut':
      return l10n.t('No machine matches');
    case 'noBuckets':
      return l10n.t('No metering buckets');
    case 'notRead':
      return l10n.t('Not fully loaded');
    case 'loading':
    case 'noUsage':
      return emptyWords(reason);
  }
}

function emptyWords(reason: EmptyNode['reason']): string {
  switch (reason) {
    case 'loading':
      return l10n.t('Loading usage…');
    case 'noMachines':
      return l10n.t('No machines, and no usage this month');
    case 'allFilteredOut':
      return l10n.t('No machine matches the filter');
    case 'noUsage':
      return l10n.t('No usage');
    case 'noBuckets':
      return l10n.t('No metering buckets this month');
    case 'notRead':
      return l10n.t('Not everything is loaded, so there may be some');
    case 'noGroups':
      return l10n.t('No usage this month');
  }
}

export function moreItem({ hidden, account }: MoreNode, { formats }: ItemContext): TreeItem {
  const item = row(l10n.t('Show more ({0} hidden)', formats.count(hidden)), false);
  item.iconPath = new ThemeIcon('ellipsis');
  item.command = { command: INTERNAL_COMMANDS.showMore, title: '', arguments: [account.id] };
  return item;
}
