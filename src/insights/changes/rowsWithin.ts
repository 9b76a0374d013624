import type { DayBlock } from '../../store/dayBlock';
import type { DayCache } from '../../store/dayCache';
import { wantsWithin } from '../../store/usedWithin';
import type { DayColumns, UsageColumns } from '../../usage/columns/columns';
import { columnsWithin } from '../../usage/columns/columnsWithin';
import type { MeterId } from '../../usage/meter';
import { dayPeriod, type Period, type UtcDay } from '../../usage/time';

/**
 * The rows within `[start, end)` of the breakdown that has a meter: whole days by day, cut days by bucket. Undefined when a
 * day was not read, when the period ends after what was read, or when a bucket crosses one of its edges.
 */
export function rowsWithin(dayCache: DayCache, period: Period, meter: MeterId): DayColumns | undefined {
  const rows = new Map<UtcDay, UsageColumns>();
  for (const { part, day } of wantsWithin(period, meter)) {
    const block = dayCache.block(part, day);
    const whole = dayPeriod(day);
    if (block === undefined || block.asOf < Math.min(whole.end, period.end)) {
      return undefined;
    }
    const isWhole = whole.start >= period.start && whole.end <= period.end;
    const columns = isWhole ? block.columns : cut(block, period);
    if (columns === undefined) {
      return undefined;
    }
    rows.set(day, columns);
  }
  return rows;
}

const cuts = new WeakMap<DayBlock, { readonly key: string; readonly columns: UsageColumns | undefined }>();

/** Keeps the newest cut of each day, since every view asks for it. */
function cut(block: DayBlock, period: Period): UsageColumns | undefined {
  const key = `${period.start} ${period.end}`;
  let known = cuts.get(block);
  if (known?.key !== key) {
    known = { key, columns: columnsWithin(block.columns, period) };
    cuts.set(block, known);
  }
  return known.columns;
}
