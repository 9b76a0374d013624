import type { ProviderCapabilities } from '../providers/capabilities';
import { askedPart, type BreakdownId } from '../usage/breakdownId';
import { DAY, daysOf, type Period, startOfDay } from '../usage/time';
import type { DayKey } from './dayBlock';

/** Days of one part that are asked for together. */
export interface DayRequest {
  /** The wanted part. If it is derived from another part, that one is requested. */
  readonly part: BreakdownId;
  readonly period: Period;
}

/** While a day's size is unknown. */
const MOST_DAYS_AT_ONCE = 31;

export function keyOf({ part, day }: DayKey): string {
  return `${part} ${day}`;
}

export function wantsOf({ part, period }: DayRequest): DayKey[] {
  return daysOf(period).map((day) => ({ part, day }));
}

/** Days that follow one another go into one request, as many as the capabilities allow. */
export function requestsFor({ parts }: ProviderCapabilities, wants: readonly DayKey[]): DayRequest[] {
  const requests: DayRequest[] = [];
  const sorted = [...wants].sort((a, b) => compare(a.part, b.part) || compare(a.day, b.day));
  for (const { part, day } of sorted) {
    const start = startOfDay(day);
    const last = requests.at(-1);
    const atOnce = parts[askedPart(part)]?.daysAtOnce ?? 1;
    const most = atOnce === 'sized' ? MOST_DAYS_AT_ONCE : atOnce;
    const joins = last?.part === part && last.period.end === start && start - last.period.start < most * DAY;
    if (joins) {
      requests[requests.length - 1] = { part, period: { start: last.period.start, end: start + DAY } };
    } else {
      requests.push({ part, period: { start, end: start + DAY } });
    }
  }
  return requests;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function halvesOf({ part, period: { start, end } }: DayRequest): DayRequest[] {
  const middle = start + Math.floor((end - start) / DAY / 2) * DAY;
  return [
    { part, period: { start, end: middle } },
    { part, period: { start: middle, end } },
  ];
}
