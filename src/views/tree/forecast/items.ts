import { ThemeIcon, type TreeItem } from 'vscode';
import { monthFigure } from '../../../insights/month/monthFigure';
import { l10n } from '../../../platform/l10n';
import { Tooltip } from '../../tooltip';
import {
  aboutShort,
  aboutText,
  expectedText,
  methodText,
  nearestAmount,
  newestPastText,
} from '../../words/forecastWords';
import { exactSumWords, missingWords, sumWords } from '../../words/knownSumWords';
import { provenanceText } from '../../words/provenance';
import { meterLabel, meterName } from '../../words/usageWords';
import { levelOf } from '../node';
import { type ItemContext, row, showFigure } from '../row';
import { figureBeside } from '../rowRoom';
import { endsOf } from './children';
import type { ForecastNode, ForecastsNode } from './nodes';

/** Where the month will end: the figure that people look at first, and below it each meter. */
export function forecastsItem(node: ForecastsNode, context: ItemContext): TreeItem {
  const { store, formats } = context;
  const item = row(l10n.t('Month end'), true);
  item.iconPath = new ThemeIcon('graph-line');
  const [first] = endsOf(node, context);
  if (first !== undefined) {
    const about = figureBeside(item, levelOf(node), aboutText(first, formats), aboutShort(first, formats));
    showFigure(item, about, expectedText(first.forecast, first.meter, formats));
  }
  item.tooltip = new Tooltip(l10n.t('Where the month will end'))
    .line(
      first === undefined
        ? undefined
        : l10n.t('{0}: {1}', meterName(first.meter), expectedText(first.forecast, first.meter, formats)),
    )
    .line(
      l10n.t(
        'Estimated from the days so far. In four cases of five, the month should end within the range in brackets.',
      ),
    )
    .line(
      provenanceText(
        { kind: 'estimated', account: node.account, askedAt: store.known(node.account.id)?.readAt },
        formats,
      ),
    )
    .toMarkdown();
  return item;
}

export function forecastItem(node: ForecastNode, { store, formats }: ItemContext): TreeItem {
  const { end, account } = node;
  const { meter, forecast } = end;
  const usage = store.known(account.id)?.usage;
  const month = usage && monthFigure(usage, meter);
  const item = row(meterLabel(meter), false);
  const about = figureBeside(item, levelOf(node), aboutText(end, formats), aboutShort(end, formats));
  showFigure(item, about, expectedText(forecast, meter, formats));
  const figure = (label: string, value: number): [string, string, string] => [
    label,
    formats.exact(nearestAmount(value), meter),
    formats.rounded(nearestAmount(value), meter),
  ];
  item.tooltip = new Tooltip(
    l10n.t('{0} at the end of {1}', meterName(meter), formats.month(forecast.month.start)),
  )
    .table([
      [
        l10n.t('Metered so far'),
        exactSumWords(month?.meteredSum, meter, formats),
        sumWords(month?.meteredSum, meter, formats),
      ],
      figure(l10n.t('Estimated month end'), forecast.total),
      figure(l10n.t('Low end (4 of 5)'), forecast.low),
      figure(l10n.t('High end (4 of 5)'), forecast.high),
    ])
    .line(missingWords(month?.missing ?? [], formats))
    .line(l10n.t('In four cases of five, the month should end within this range.'))
    .line(l10n.t('Method: {0}.', methodText(forecast)))
    .line(newestPastText(end, formats))
    .line(provenanceText({ kind: 'estimated', account, askedAt: store.known(account.id)?.readAt }, formats))
    .toMarkdown();
  return item;
}
