import type { UsageColumns } from './columns';
import { type MeterId, isMoneyKind } from './meter';

/** Whether rows have money of a meter's kind in other units alone: how much of it in this one is then unknown, and not zero. */
export function isElsewhere({ amounts }: Pick<UsageColumns, 'amounts'>, meter: MeterId): boolean {
  const kind = meter.slice(0, Math.max(0, meter.indexOf('.')));
  return (
    isMoneyKind(kind) && !amounts.has(meter) && [...amounts.keys()].some((own) => own.startsWith(`${kind}.`))
  );
}
