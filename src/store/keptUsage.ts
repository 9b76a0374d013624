import type { KeptAccount, KeptBlock, KeptReading, StoredSection } from '../database/operations';
import { monthTotals } from '../usage/columns/monthTotals';
import { isOfThisWindow } from '../usage/failure';
import { type EpochMs, utcDay } from '../usage/time';
import { type AccountUsage, isKnown, machinesOf, type MonthSection, PARTS } from './accountUsage';

/* What a refresh stores of the month, besides days, which are kept as they came. */

/** Only if every day of both breakdowns is known: totals of a part would be taken for the whole. */
export function totalsBlock(usage: AccountUsage, asOf: EpochMs): KeptBlock[] {
  const { period } = usage;
  return !isKnown(usage)
    ? []
    : [
        {
          ...{ part: 'monthTotals', day: utcDay(period.start), asOf },
          columns: monthTotals(machinesOf(usage), period),
        },
      ];
}

/** The parts of a refresh that concern the account. A part that failed for this window alone stays as stored. */
export function keptParts(usage: AccountUsage): Partial<Record<StoredSection, KeptReading>> {
  const told = PARTS.filter((part) => {
    const { failure } = usage[part];
    return failure === undefined || !isOfThisWindow(failure);
  });
  return Object.fromEntries(told.map((part) => [part, toKept(part, usage)]));
}

/** The stored account, without one window's failures that earlier versions stored. */
export function ofTheAccount(kept: KeptAccount): KeptAccount {
  const parts = Object.entries(kept.parts).map(([name, { failure, ...reading }]) => [
    name,
    failure === undefined || isOfThisWindow(failure) ? reading : { ...reading, failure },
  ]);
  return { ...kept, parts: Object.fromEntries(parts) as KeptAccount['parts'] };
}

/** The figures by day are blocks of their own. */
function toKept(part: MonthSection, usage: AccountUsage): KeptReading {
  const { value, missing: _, ...rest } = usage[part];
  return (part === 'summary' || part === 'machines') && value !== undefined ? { value, ...rest } : rest;
}
