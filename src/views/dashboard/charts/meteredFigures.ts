import { metersFor, monthFigure } from '../../../insights/month/monthFigure';
import type { ProviderCapabilities } from '../../../providers/capabilities';
import type { AccountUsage } from '../../../store/accountUsage';
import type { KnownSum } from '../../../usage/knownSum';
import { isMoneyKind, type MeterId, moneyMeter } from '../../../usage/meter';
import type { UtcDay } from '../../../usage/time';

/** A meter of the month to date, as the vendor has metered it. */
export interface MeteredFigure {
  readonly meter: MeterId;
  /** Undefined if nothing is known. */
  readonly sum: KnownSum | undefined;
  readonly missing: readonly UtcDay[];
}

/** The vendor's known figures, with money once per unit; if none is known, the most important one. */
export function meteredFigures(
  usage: AccountUsage,
  { figures, headline }: Pick<ProviderCapabilities, 'figures' | 'headline'>,
): MeteredFigure[] {
  const known = figures
    .flatMap((figure) => metersFor(usage, figure))
    .map((meter): MeteredFigure => {
      const { meteredSum, missing } = monthFigure(usage, meter);
      return { meter, sum: meteredSum, missing };
    })
    .filter(({ sum }) => sum !== undefined);
  const meter = isMoneyKind(headline) ? moneyMeter(headline, 'major') : headline;
  return known.length > 0 ? known : [{ meter, sum: undefined, missing: [] }];
}
