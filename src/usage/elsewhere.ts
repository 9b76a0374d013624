import { startAt, type UsageColumns } from './columns/columns';
import { isMoneyKind, type MeterId } from './meter';
import type { EpochMs } from './time';

/** Whether rows have money of a meter's kind in another unit, so that the sum in this unit is incomplete. */
export function isElsewhere(columns: Pick<UsageColumns, 'amounts'>, meter: MeterId): boolean {
  return metersElsewhere(columns, meter).length > 0;
}

/** Start times of the buckets that have money of a meter's kind in another unit. */
export function startsElsewhere(columns: UsageColumns, meter: MeterId): EpochMs[] {
  return metersElsewhere(columns, meter).flatMap((own) =>
    [...(columns.amounts.get(own) ?? [])].flatMap((value, row) =>
      Number.isNaN(value) ? [] : [startAt(columns, row)],
    ),
  );
}

function metersElsewhere({ amounts }: Pick<UsageColumns, 'amounts'>, meter: MeterId): MeterId[] {
  const kind = meter.slice(0, Math.max(0, meter.indexOf('.')));
  return isMoneyKind(kind)
    ? [...amounts.keys()].filter((own) => own !== meter && own.startsWith(`${kind}.`))
    : [];
}
