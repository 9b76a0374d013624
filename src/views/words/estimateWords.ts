import { l10n } from 'vscode';
import type { MoneyOf } from '../../insights/budgets/budgetStandings';
import { type Estimate, type EstimateLine } from '../../insights/estimate/estimate';
import { forecastEstimate } from '../../insights/estimate/forecastEstimate';
import {
  type EstimateForecast,
  type MonthEstimate,
  monthEstimate,
  takesRates,
} from '../../insights/estimate/monthEstimate';
import { settings } from '../../platform/settings';
import type { Figure, FigureLine } from '../../protocol/messages';
import { PROVIDERS } from '../../providers/registry';
import type { AccountUsage } from '../../store/accountUsage';
import type { DayCache } from '../../store/dayCache';
import type { Account } from '../../usage/account';
import { type Amount, toAmount, toApproximateNumber } from '../../usage/amount';
import { divideRounded } from '../../usage/decimal';
import type { Formats } from '../../usage/format';
import { type MeterId, moneyMeter } from '../../usage/meter';
import { RATE_DECIMALS, type RatedMeter, type Rates } from '../../usage/rates';
import type { EpochMs } from '../../usage/time';
import type { Tooltip } from './markdown';
import { provenanceText } from './provenance';
import { rateUnit } from './ratesWords';
import { meterName } from './usageWords';

/** Money by a person's own rates, in words. It is called an estimate wherever it stands. */

/** The rates of an account; undefined where there are none, or where its vendor gives money itself. */
export function ratesOf({ provider, label }: Account): Rates | undefined {
  return takesRates(PROVIDERS[provider].capabilities) ? settings.rates(label) : undefined;
}

/** The meters of money by a person's own rates that an account has. */
export function estimateMeters(account: Account): MeterId[] {
  const rates = ratesOf(account);
  return rates === undefined ? [] : [moneyMeter('estimate', rates.currency)];
}

/** The estimate of an account's month to date; undefined without rates, or before anything with a rate was read. */
export function estimateOf(account: Account, usage: AccountUsage, now: EpochMs): MonthEstimate | undefined {
  const rates = ratesOf(account);
  return rates === undefined ? undefined : monthEstimate(usage, rates, now);
}

/** The same at the end of the month; undefined as long as there is no forecast. */
export function estimatedEndOf(
  account: Account,
  usage: AccountUsage,
  dayCache: DayCache,
  now: EpochMs,
): EstimateForecast | undefined {
  const [rates, made] = [ratesOf(account), estimateOf(account, usage, now)];
  return rates === undefined || made === undefined
    ? undefined
    : forecastEstimate(
        { capabilities: PROVIDERS[account.provider].capabilities, account, usage, dayCache, now },
        made,
        rates,
      );
}

/** An account's month in the money of its rates, for budgets on it. */
export function estimatedMoney(
  account: Account,
  usage: AccountUsage,
  dayCache: DayCache | undefined,
  now: EpochMs,
): ReturnType<MoneyOf> {
  const made = estimateOf(account, usage, now);
  const end = dayCache && estimatedEndOf(account, usage, dayCache, now);
  return (
    made && {
      [made.meter]: {
        actual: made.amount,
        isWhole: made.unknown.length === 0,
        asOf: made.asOf,
        forecast: end && {
          total: toApproximateNumber(end.total.amount),
          low: toApproximateNumber(end.low.amount),
          high: toApproximateNumber(end.high.amount),
        },
      },
    }
  );
}

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
