import { type Estimate, type EstimateLine } from '../../insights/estimate/estimate';
import type { MonthEstimate } from '../../insights/estimate/monthEstimate';
import { l10n } from '../../platform/l10n';
import type { Figure, FigureLine } from '../../protocol/messages';
import type { Account } from '../../usage/account';
import { type Amount, toAmount } from '../../usage/amount';
import { divideRounded } from '../../usage/decimal';
import type { Formats } from '../../usage/format';
import { RATE_DECIMALS, type RatedMeter } from '../../usage/rates';
import type { Tooltip } from '../tooltip';
import { provenanceText } from './provenance';
import { rateUnit } from './ratesWords';
import { meterName } from './usageWords';

/** Money by a person's own rates, in words. It is called an estimate wherever it stands. */

/** `≈ $12.40 estimate`, and what is left out of it. */
export function estimateWords(estimate: Estimate, formats: Formats): string {
  const figure = l10n.t('≈ {0} estimate', formats.rounded(estimate.amount, estimate.meter));
  const missing = [...estimate.unpriced, ...estimate.unknown];
  return missing.length === 0 ? figure : l10n.t('{0}, without {1}', figure, namesOf(missing));
}

/** The exact computation of the estimate, line by line. */
export function describeEstimate(tooltip: Tooltip, estimate: MonthEstimate, formats: Formats): Tooltip {
  const { meter, amount, lines, includedMoney } = estimate;
  tooltip.table([
    ...lines.flatMap((line) => rowsOf(line, estimate, formats)),
    ...(includedMoney === 0
      ? []
      : [[l10n.t('Included compute'), '', minus(formats.exact(includedMoney, meter))] as const]),
    [l10n.t('Estimate'), '', formats.exact(amount, meter)],
  ]);
  for (const sentence of leftOut(estimate)) {
    tooltip.line(sentence);
  }
  return tooltip
    .line(l10n.t('Your rates: {0}', lines.map((line) => rateWords(line, estimate, formats)).join(' · ')))
    .line(l10n.t('Metered usage at your own rates; not the vendor’s bill.'));
}

/** One line for a tooltip that is about other things. */
export function estimateSentence(estimate: Estimate, formats: Formats): string {
  return l10n.t('{0}, at your own rates; not the vendor’s bill', estimateWords(estimate, formats));
}

/** The card on the dashboard: the total and its parts. */
export function estimateFigure(account: Account, estimate: MonthEstimate, formats: Formats): Figure {
  const provenance = provenanceText({ kind: 'estimated', account, askedAt: estimate.asOf }, formats);
  const { meter, amount, lines, includedMoney, unpriced, unknown } = estimate;
  const line = (label: string, value: string, exact = ''): FigureLine => ({
    kind: 'estimated',
    label,
    value,
    exact: exact === value ? '' : exact,
    provenance,
  });
  return {
    label: meterName(meter),
    lines: [
      line(
        l10n.t('at your own rates'),
        l10n.t('≈ {0}', formats.rounded(amount, meter)),
        formats.exact(amount, meter),
      ),
      ...lines.map((own) =>
        line(meterName(own.meter), formats.rounded(own.money, meter), formats.exact(own.money, meter)),
      ),
      ...(includedMoney === 0
        ? []
        : [
            line(
              l10n.t('Included compute'),
              minus(formats.rounded(includedMoney, meter)),
              minus(formats.exact(includedMoney, meter)),
            ),
          ]),
      ...unpriced.map((own) => line(meterName(own), l10n.t('no rate, left out'))),
      ...unknown.map((own) => line(meterName(own), l10n.t('unknown, left out'))),
    ],
  };
}

/** A quantity and its money; below it, the included part, if any. */
function rowsOf(
  { meter, quantity, included, money }: EstimateLine,
  { meter: moneyMeter }: Estimate,
  formats: Formats,
): [string, string, string][] {
  const row: [string, string, string] = [
    meterName(meter),
    formats.exact(quantity, meter),
    formats.exact(money, moneyMeter),
  ];
  return included === 0
    ? [row]
    : [row, [l10n.t('of this, included'), formats.exact(wholeUnits(included), meter), '']];
}

/** Rounded to the vendor's unit for display; the money is computed from the exact value. */
function wholeUnits(included: Amount): Amount {
  return toAmount(divideRounded(BigInt(included), 10n ** BigInt(RATE_DECIMALS)));
}

/** `0.04536 USD per vCPU-hour` */
function rateWords({ meter, rate }: EstimateLine, { meter: moneyMeter }: Estimate, formats: Formats): string {
  return `${formats.exact(rate, moneyMeter)} ${rateUnit(meter)}`;
}

function leftOut({ unpriced, unknown }: Estimate): string[] {
  return [
    ...(unpriced.length === 0 ? [] : [l10n.t('Left out, because there is no rate: {0}.', namesOf(unpriced))]),
    ...(unknown.length === 0 ? [] : [l10n.t('Left out, because usage is not known: {0}.', namesOf(unknown))]),
  ];
}

function namesOf(meters: readonly RatedMeter[]): string {
  return meters.map(meterName).join(', ');
}

function minus(figure: string): string {
  return `−${figure}`;
}
