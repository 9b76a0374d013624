import { l10n, ThemeColor, ThemeIcon, type TreeItem } from 'vscode';
import { INTERNAL_COMMANDS, ROWS } from '../../contributions';
import { utcDay } from '../../usage/time';
import { failureWords, remedyLabel } from '../words/failureWords';
import { Tooltip } from '../words/markdown';
import { provenanceText } from '../words/provenance';
import { emissionWords } from '../words/trailWords';
import { shapeWords, usageLine, usageRows } from '../words/usageWords';
import { accountItem, figureItem, figuresItem } from './accountItems';
import {
  checksItem,
  checkSumItem,
  findingItem,
  findingsItem,
  restatementItem,
  restatementsItem,
} from './checkItems';
import { hasSeveralShapes } from './children';
import { estimateItem } from './estimateItem';
import { groupItem, groupsItem, quantityItem } from './groupItems';
import { dayItem, machineItem, machinesItem } from './machineItems';
import {
  machineBucketItem,
  meteringBucketItem,
  meteringDayItem,
  meteringItem,
  unassignedItem,
} from './meteringItems';
import { forecastItem, monthEndItem } from './monthEndItems';
import type { EmptyNode, FailureNode, HourNode, MoreNode, ShapeNode, TreeNode } from './nodes';
import { type ItemContext, joined, row } from './row';
import {
  branchItem,
  categoryItem,
  ownCloudItem,
  spendDayItem,
  spendDaysItem,
  spendHourItem,
} from './spendItems';
import { sampleItem, topResourceItem, topResourcesItem } from './topResourceItems';

/** A row as VS Code draws it. */
export function treeItem(node: TreeNode, context: ItemContext): TreeItem {
  const item = draw(node, context);
  item.id = node.id;
  return item;
}

function draw(node: TreeNode, context: ItemContext): TreeItem {
  switch (node.kind) {
    case 'account':
      return accountItem(node, context);
    case 'figures':
      return figuresItem(node, context);
    case 'figure':
      return figureItem(node, context);
    case 'monthEnd':
      return monthEndItem(node, context);
    case 'forecast':
      return forecastItem(node, context);
    case 'estimate':
      return estimateItem(node, context);
    case 'machines':
      return machinesItem(node, context);
    case 'machine':
      return machineItem(node, context);
    case 'day':
      return dayItem(node, context);
    case 'hour':
      return hourItem(node, context);
    case 'shape':
      return shapeItem(node, context);
    case 'metering':
      return meteringItem();
    case 'meteringDay':
      return meteringDayItem(node, context);
    case 'meteringBucket':
      return meteringBucketItem(node, context);
    case 'machineBucket':
      return machineBucketItem(node, context);
    case 'unassigned':
      return unassignedItem(node, context);
    case 'groups':
      return groupsItem(node, context);
    case 'group':
      return groupItem(node, context);
    case 'quantity':
      return quantityItem(node, context);
    case 'category':
      return categoryItem(node, context);
    case 'spendDays':
      return spendDaysItem(node, context);
    case 'spendDay':
      return spendDayItem(node, context);
    case 'spendHour':
      return spendHourItem(node, context);
    case 'branch':
      return branchItem(node, context);
    case 'ownCloud':
      return ownCloudItem(node, context);
    case 'topResources':
      return topResourcesItem();
    case 'sample':
      return sampleItem(node, context);
    case 'topResource':
      return topResourceItem(node, context);
    case 'checks':
      return checksItem(node, context);
    case 'checkSum':
      return checkSumItem(node, context);
    case 'findings':
      return findingsItem(node, context);
    case 'finding':
      return findingItem(node, context);
    case 'restatements':
      return restatementsItem(node, context);
    case 'restatement':
      return restatementItem(node, context);
    case 'failure':
      return failureItem(node, context);
    case 'empty':
      return emptyItem(node);
    case 'more':
      return moreItem(node, context);
  }
}

function hourItem({ hour, account }: HourNode, { store, formats, now }: ItemContext): TreeItem {
  const several = hasSeveralShapes(hour);
  const item = row(formats.span(hour.start, hour.end), several);
  const open = hour.end > now();
  const used = usageLine(hour.quantities, formats);
  item.description = joined(
    open ? l10n.t('so far {0}', used) : used,
    several ? l10n.t('{0} shapes', hour.shapes.length) : undefined,
  );
  const emittedAt = Math.max(0, ...hour.buckets.map((bucket) => bucket.emittedAt ?? 0));
  const emission = {
    emitted: emittedAt > 0 || hour.buckets.some(({ meterEvents }) => meterEvents.length > 0),
    emittedAt: emittedAt > 0 ? emittedAt : undefined,
  };
  item.tooltip = new Tooltip(`${formats.instant(hour.start)} – ${formats.instant(hour.end)}`)
    .table(usageRows(hour.quantities, formats))
    .line(open ? l10n.t('This bucket is still open: its figures will grow.') : undefined)
    .line(
      hour.dataThrough === undefined
        ? undefined
        : l10n.t('Data through {0}', formats.instant(hour.dataThrough)),
    )
    .line(emissionWords(emission, formats))
    .line(l10n.t('Metered by the vendor; not necessarily billed yet.'))
    .line(
      provenanceText(
        {
          ...{ kind: 'metered', account },
          askedAt: store.hoursAsOf(account.id, utcDay(hour.start), hour.buckets[0]?.machineId ?? ''),
        },
        formats,
      ),
    )
    .toMarkdown();
  return item;
}

function shapeItem({ usage, account }: ShapeNode, { store, formats }: ItemContext): TreeItem {
  const item = row(shapeWords(usage.shape, formats), false);
  item.description = usageLine(usage.quantities, formats);
  item.iconPath = new ThemeIcon('symbol-ruler');
  item.tooltip = new Tooltip(shapeWords(usage.shape, formats))
    .table(usageRows(usage.quantities, formats))
    .line(l10n.t('Shape {0}', usage.shape.fingerprint))
    .line(
      provenanceText({ kind: 'metered', account, askedAt: store.usage(account.id)?.compute.asOf }, formats),
    )
    .toMarkdown();
  return item;
}

function failureItem({ failure, account }: FailureNode, { formats }: ItemContext): TreeItem {
  const { short, sentence, remedy } = failureWords(failure, formats);
  const item = row(remedyLabel(remedy), false);
  item.description = short;
  item.iconPath = new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
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

function emptyItem({ reason }: EmptyNode): TreeItem {
  const item = row(emptyWords(reason), false);
  item.iconPath = new ThemeIcon(reason === 'loading' ? 'sync' : 'info');
  return item;
}

function emptyWords(reason: EmptyNode['reason']): string {
  switch (reason) {
    case 'loading':
      return l10n.t('Reading usage…');
    case 'noMachines':
      return l10n.t('No machines, and no usage this month');
    case 'allFilteredOut':
      return l10n.t('No machine matches the filter');
    case 'noUsage':
      return l10n.t('No usage');
    case 'noBuckets':
      return l10n.t('No metering buckets this month');
    case 'notRead':
      return l10n.t('Not everything was read, so there may be some');
    case 'noGroups':
      return l10n.t('No usage this month');
  }
}

function moreItem({ hidden, account }: MoreNode, { formats }: ItemContext): TreeItem {
  const item = row(l10n.t('Show more ({0} hidden)', formats.count(hidden)), false);
  item.iconPath = new ThemeIcon('ellipsis');
  item.command = { command: INTERNAL_COMMANDS.showMore, title: '', arguments: [account.id] };
  return item;
}
