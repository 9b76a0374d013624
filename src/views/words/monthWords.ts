import { type Headline, metersFor, type MonthFigure, monthFigure } from '../../insights/month/monthFigure';
import { l10n } from '../../platform/l10n';
import type { ProviderCapabilities } from '../../providers/capabilities';
import type { AccountUsage } from '../../store/accountUsage';
import type { Quantities } from '../../usage/bucket';
import type { Formats } from '../../usage/format';
import { isMoney, type MeterId, meterOf, type MoneyRule } from '../../usage/meter';
import type { UtcDay } from '../../usage/time';
import { sumWords } from './knownSumWords';

/** The known figures of the month to date of any vendor, and the days that some of them lack. */
export interface MonthSums {
  readonly quantities: Quantities;
  readonly isWhole: (meter: MeterId) => boolean;
  readonly missing: readonly UtcDay[];
}

/** What the vendor has billed, if it tells that; else what it has metered. */
export function monthSums(usage: AccountUsage, capabilities: ProviderCapabilities): MonthSums {
  const { billed = {}, levels = {} } = usage.summary.value ?? {};
  if (capabilities.tellsBilled) {
    return { quantities: { ...billed, ...levels }, isWhole: () => true, missing: [] };
  }
  const quantities: Partial<Record<MeterId, Quantities[MeterId]>> = {};
  const lacking = new Set<MeterId>();
  const missing = new Set<UtcDay>();
  for (const meter of capabilities.figures.flatMap((figure) => metersFor(usage, figure))) {
    const { meteredSum, missing: days } = monthFigure(usage, meter);
    if (meteredSum !== undefined) {
      quantities[meter] = meteredSum.amount;
      days.forEach((day) => missing.add(day));
      if (!meteredSum.whole) {
        lacking.add(meter);
      }
    }
  }
  return {
    quantities: quantities as Quantities,
    isWhole: (meter) => !lacking.has(meter),
    missing: [...missing].sort(),
  };
}

/** Says that a zero is right: every amount of the month is known, and nothing; undefined otherwise. */
export function nothingYetWords(
  { period }: AccountUsage,
  { quantities, isWhole }: MonthSums,
  { tellsBilled }: ProviderCapabilities,
  formats: Formats,
): string | undefined {
  const amounts = (Object.keys(quantities) as MeterId[]).filter((meter) => meterOf(meter).kind === 'amount');
  if (amounts.length === 0 || !amounts.every((meter) => isWhole(meter) && quantities[meter] === 0)) {
    return undefined;
  }
  const month = formats.month(period.start);
  return tellsBilled
    ? l10n.t('Nothing is billed in {0} yet. Usage is billed once its bucket has closed.', month)
    : l10n.t('Nothing is metered in {0} so far.', month);
}

/** `1,559 h billed`, `≥ 41 credit cents`, `unknown` */
export function headlineWords(
  headline: Pick<Headline, 'meter' | 'sum'> | undefined,
  { tellsBilled }: Pick<ProviderCapabilities, 'tellsBilled'>,
  formats: Formats,
): string {
  const figure = headline === undefined ? l10n.t('unknown') : sumWords(headline.sum, headline.meter, formats);
  return tellsBilled ? l10n.t('{0} billed', figure) : figure;
}

/** `2,125 h`: what was metered; where only the bill is known, `2,103 h billed`. */
export function usedWords({ billed, meteredSum }: MonthFigure, meter: MeterId, formats: Formats): string {
  return meteredSum === undefined && billed !== undefined
    ? l10n.t('{0} billed', formats.rounded(billed, meter))
    : sumWords(meteredSum, meter, formats);
}

/** Says that a sum is in several units, which are never added up; undefined otherwise. */
export function unitsWords(quantities: Quantities): string | undefined {
  const kinds = (Object.keys(quantities) as MeterId[])
    .filter((meter) => isMoney(meter) && !meter.startsWith('estimate.'))
    .map((meter) => meter.slice(0, meter.indexOf('.')));
  return new Set(kinds).size < kinds.length
    ? l10n.t('The vendor reports this month’s money in several units, which are not added up.')
    : undefined;
}

/** `November 2026, closed buckets only` */
export function monthSentence(
  usage: AccountUsage,
  capabilities: ProviderCapabilities,
  formats: Formats,
): string {
  const month = formats.month(usage.period.start);
  return capabilities.tellsBilled
    ? l10n.t('{0}, closed buckets only', month)
    : l10n.t('{0}, calendar month to date, as metered by the vendor', month);
}

/** The rules that determine the units of a vendor's money, one line per unit. */
export function moneyLines(quantities: Quantities, rule: MoneyRule): string[] {
  const units = new Set(
    (Object.keys(quantities) as MeterId[])
      .filter((meter) => isMoney(meter) && !meter.startsWith('estimate.'))
      .map((meter) => meter.slice(meter.indexOf('.') + 1)),
  );
  return [...units].map((unit) => moneyLine(unit, rule));
}

function moneyLine(unit: string, rule: MoneyRule): string {
  switch (unit) {
    case 'cents':
      return rule === 'cents'
        ? l10n.t('Prices are read as cents, as your setting says.')
        : l10n.t('Prices are in cents. The vendor’s reply does not name the currency.');
    case 'major':
      return l10n.t(
        'Prices are read as whole units, as your setting says. The vendor’s reply does not name the currency.',
      );
    default:
      return l10n.t('Prices are in {0}, as the vendor’s reply says.', meterOf(`spend.${unit}`).unit);
  }
}
