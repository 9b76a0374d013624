import type { UsageColumns } from './columns';
import { type MeterId, isMoneyKind } from './meter';

/** Whether rows have money of a meter's kind in another unit: how much of it there is in this one is then not known in full. */
export function isElsewhere({ amounts }: Pick<UsageColumns, 'amounts'>, meter: MeterId): boolean {
  const kind = meter.slice(0, Math.max(0, meter.indexOf('.')));
  return isMoneyKind(kind) && [...amounts.keys()].some((own) => own !== meter && own.startsWith(`${kind}.`));
}
