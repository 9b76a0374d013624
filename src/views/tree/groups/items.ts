import { ThemeIcon, type TreeItem } from 'vscode';
import { ROWS } from '../../../contributions';
import { headlineOf } from '../../../insights/month/monthFigure';
import { l10n } from '../../../platform/l10n';
import type { Grouping } from '../../../usage/account';
import { NO_GROUP } from '../../../usage/bucket';
import type { MeterId } from '../../../usage/meter';
import { Tooltip } from '../../tooltip';
import { meteredText } from '../../words/provenance';
import { subjectLabel } from '../../words/subjectWords';
import { mainFigure, meterLabel, meterName, usageLine, usageRows } from '../../words/usageWords';
import { capabilitiesOf } from '../context';
import { type ItemContext, row, showFigure } from '../row';
import { groupingOf } from './children';
import type { GroupNode, GroupsNode, QuantityNode } from './nodes';

/** The grouping, and how many groups there are. */
export function groupsItem(node: GroupsNode, { store, formats }: ItemContext): TreeItem {
  const grouping = groupingOf(node);
  const item = row(grouping === undefined ? l10n.t('Groups') : groupingTitle(grouping), true);
  item.iconPath = new ThemeIcon('group-by-ref-type');
  item.contextValue = ROWS.groups;
  const summary = store.known(node.account.id)?.usage.summary;
  const groups = summary?.value?.groups;
  if (groups?.grouping === grouping && groups !== undefined) {
    showFigure(item, formats.count(groups.groups.length));
    item.tooltip = new Tooltip(groupingTitle(groups.grouping))
      .line(
        l10n.t(
          'Added up by the vendor for {0} – {1}.',
          formats.instant(groups.period.start),
          formats.instant(groups.period.end),
        ),
      )
      .line(summary?.asOf === undefined ? undefined : l10n.t('As of {0}', formats.instant(summary.asOf)))
      .toMarkdown();
  }
  return item;
}

export function groupItem(node: GroupNode, { store, formats }: ItemContext): TreeItem {
  const { account, groupId, quantities } = node;
  const label = subjectLabel(capabilitiesOf(node), account, groupId);
  const item = row(label, true);
  const leading = leadingMeter(node, store);
  const amount = leading && quantities[leading];
  showFigure(
    item,
    leading === undefined || amount === undefined
      ? mainFigure(quantities, formats)
      : formats.rounded(amount, leading),
    usageLine(quantities, formats),
  );
  item.iconPath = new ThemeIcon(groupId === NO_GROUP ? 'circle-slash' : 'account');
  item.contextValue = groupId === NO_GROUP ? ROWS.noGroup : ROWS.group;
  item.tooltip = new Tooltip(label)
    .table(usageRows(quantities, formats))
    .line(
      groupId === NO_GROUP
        ? l10n.t('Usage that the vendor does not attribute to any of these groups.')
        : l10n.t('Metered by the vendor; not necessarily billed yet.'),
    )
    .line(meteredText(account, store.known(account.id)?.usage.summary.asOf, formats))
    .toMarkdown();
  return item;
}

/** The meter that orders the groups. */
function leadingMeter(node: GroupNode, store: ItemContext['store']): MeterId | undefined {
  const usage = store.known(node.account.id)?.usage;
  return usage === undefined ? undefined : headlineOf(usage, capabilitiesOf(node));
}

export function quantityItem(node: QuantityNode, { store, formats }: ItemContext): TreeItem {
  const { account, meter, amount } = node;
  const item = row(meterLabel(meter), false);
  showFigure(item, formats.rounded(amount, meter), meterName(meter));
  item.tooltip = new Tooltip(meterName(meter))
    .table(usageRows({ [meter]: amount }, formats))
    .line(meteredText(account, store.known(account.id)?.usage.summary.asOf, formats))
    .toMarkdown();
  return item;
}

export function groupingTitle(grouping: Grouping): string {
  switch (grouping) {
    case 'external_user_id':
      return l10n.t('By External User');
    case 'external_project_id':
      return l10n.t('By External Project');
    case 'workspace_id':
      return l10n.t('By Workspace');
  }
}
