import type { UsagePlan } from '../../providers/plan';
import type { AccountUsage } from '../../store/accountUsage';
import { metersFor, monthFigure } from '../../store/monthFigure';
import type { Amount } from '../../usage/amount';
import { type MeterId, isMoneyKind, moneyMeter } from '../../usage/meter';

/** A meter of the month to date, as the vendor has metered it. */
export interface MeteredFigure {
  readonly meter: MeterId;
  /** Undefined when it is not known. */
  readonly amount: Amount | undefined;
}

/** The figures of a plan that are known, money in each unit that there is; when none is, the most important one. */
export function meteredFigures(
  usage: AccountUsage,
  { figures, headline }: Pick<UsagePlan, 'figures' | 'headline'>,
): MeteredFigure[] {
  const known = figures
    .flatMap((figure) => metersFor(usage, figure))
    .map((meter) => ({ meter, amount: monthFigure(usage, meter).metered }))
    .filter(({ amount }) => amount !== undefined);
  const meter = isMoneyKind(headline) ? moneyMeter(headline, 'major') : headline;
  return known.length > 0 ? known : [{ meter, amount: undefined }];
}
