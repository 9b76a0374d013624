import { ThemeIcon, type TreeItem } from 'vscode';
import { l10n } from '../../../platform/l10n';
import { estimateOf } from '../../ownRates';
import { Tooltip } from '../../tooltip';
import { describeEstimate, estimateWords } from '../../words/estimateWords';
import { provenanceText } from '../../words/provenance';
import { type ItemContext, row, showFigure } from '../row';
import type { EstimateNode } from './nodes';

/** The month to date by the person's own rates. */
export function estimateItem({ account }: EstimateNode, { store, formats, now }: ItemContext): TreeItem {
  const item = row(l10n.t('Estimate'), false);
  item.iconPath = new ThemeIcon('symbol-operator');
  const usage = store.known(account.id)?.usage;
  const estimate = usage === undefined ? undefined : estimateOf(account, usage, now());
  if (estimate !== undefined) {
    showFigure(
      item,
      l10n.t('≈ {0}', formats.rounded(estimate.amount, estimate.meter)),
      estimateWords(estimate, formats),
    );
    item.tooltip = describeEstimate(new Tooltip(l10n.t('Estimate')), estimate, formats)
      .line(provenanceText({ kind: 'estimated', account, askedAt: estimate.asOf }, formats))
      .toMarkdown();
  }
  return item;
}
