import { monthTotals } from '../usage/monthTotals';
import { type EpochMs, utcDay } from '../usage/time';
import { type AccountUsage, type PartName, machinesOf } from './accountUsage';
import type { KeptBlock, KeptReading } from './database/operations';

/* What a refresh keeps of the month, beside the days that were kept as they came. */

/** Only with both breakdowns: totals of one alone would be taken for the whole. */
export function totalsBlock(usage: AccountUsage, asOf: EpochMs): KeptBlock[] {
  const { compute, storage, period } = usage;
  return compute.value === undefined || storage.value === undefined
    ? []
    : [
        {
          ...{ part: 'monthTotals', day: utcDay(period.start), asOf },
          columns: monthTotals(machinesOf(usage), period),
        },
      ];
}

/** The figures by day are blocks of their own. */
export function toKept(part: PartName, usage: AccountUsage): KeptReading {
  const { value, ...rest } = usage[part];
  return (part === 'summary' || part === 'machines') && value !== undefined ? { value, ...rest } : rest;
}
