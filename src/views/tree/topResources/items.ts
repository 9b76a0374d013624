import { ThemeIcon, type TreeItem } from 'vscode';
import { ROWS } from '../../../contributions';
import { l10n } from '../../../platform/l10n';
import { toApproximateNumber } from '../../../usage/amount';
import { Tooltip } from '../../tooltip';
import { meteredText } from '../../words/provenance';
import { type ItemContext, joined, row, showFigure } from '../row';
import type { SampleNode, TopResourceNode } from './nodes';

export function topResourcesItem(): TreeItem {
  const item = row(l10n.t('Top Resources This Month'), true);
  item.iconPath = new ThemeIcon('list-ordered');
  item.tooltip = new Tooltip(l10n.t('Top Resources This Month'))
    .line(
      l10n.t(
        'The vendor reports the cost of single resources only hour by hour. Opening this row loads a few hours, which takes some requests. The result is a sample, not a total.',
      ),
    )
    .toMarkdown();
  return item;
}

/** Describes the sample in the rows below. */
export function sampleItem({ sample }: SampleNode, { formats }: ItemContext): TreeItem {
  const { hours, projects } = sample;
  const item = row(
    l10n.t('Sampled hours: {0} of {1}', formats.count(hours.looked), formats.count(hours.all)),
    false,
  );
  item.accessibilityInformation = { label: joined(item.label as string, l10n.t('not a total')) };
  item.iconPath = new ThemeIcon('info');
  item.tooltip = new Tooltip(l10n.t('A sample, not a total'))
    .line(
      l10n.t(
        'Sampled hours, evenly spread over this month: {0} of {1}. Each covers only the largest projects, {2} of {3} in total.',
        ...[hours.looked, hours.all, projects.looked, projects.all].map((count) => formats.count(count)),
      ),
    )
    .toMarkdown();
  return item;
}

/** Its share, since a sum over a few hours would be mistaken for the month's. */
export function topResourceItem(
  { resource, sample, account }: TopResourceNode,
  { store, formats }: ItemContext,
): TreeItem {
  const item = row(resource.name, false);
  const share =
    sample.sampled === undefined
      ? Number.NaN
      : toApproximateNumber(resource.spent) / toApproximateNumber(sample.sampled);
  showFigure(
    item,
    Number.isFinite(share) ? formats.percent(share) : l10n.t('unknown'),
    l10n.t('of the sample'),
    resource.resourceType,
    resource.project,
  );
  item.iconPath = new ThemeIcon('server-process');
  item.contextValue = ROWS.branch;
  item.tooltip = new Tooltip(resource.name)
    .line(l10n.t('Its share of the sampled hours, which are not a total.'))
    .line(l10n.t('Type {0}, project {1}', resource.resourceType, resource.project))
    .line(resource.id === resource.name ? undefined : l10n.t('ID {0}', resource.id))
    .line(meteredText(account, store.known(account.id)?.usage.spend.asOf, formats))
    .toMarkdown();
  return item;
}
