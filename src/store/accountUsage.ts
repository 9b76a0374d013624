import type { Machine, UsageSummary } from '../usage/bucket';
import type { DayColumns, UsageColumns } from '../usage/columns/columns';
import { type MachineUsage, machineUsages } from '../usage/columns/machines';
import { type Failure, isOfNetwork, isOfThisWindow, needsPerson } from '../usage/failure';
import type { EpochMs, Period, UtcDay } from '../usage/time';

/** A value that was read, and when. A later failed attempt leaves both unchanged. */
export interface Reading<T> {
  readonly value?: T;
  /** When the value was asked for: it is true up to then and no further. */
  readonly asOf?: EpochMs;
  /** Why the newest attempt failed. */
  readonly failure?: Failure;
  /** The days that the value lacks: they were not read, or not to their end. Never empty. */
  readonly missing?: readonly UtcDay[];
}

/** All that is known about one account's month; immutable, replaced whole. What its vendor lacks is empty. */
export interface AccountUsage {
  /** `[start of the month, end of the last day asked for)` */
  readonly period: Period;
  readonly summary: Reading<UsageSummary>;
  /** By UTC day, a row per machine and shape. */
  readonly compute: Reading<DayColumns>;
  /** By UTC day, one row per machine. */
  readonly storage: Reading<DayColumns>;
  /** By UTC day, one row per category that was paid for. */
  readonly spend: Reading<DayColumns>;
  readonly machines: Reading<readonly Machine[]>;
  /** One row per machine, while the days are still being opened. */
  readonly totals?: UsageColumns;
}

export type MonthSection = 'summary' | 'compute' | 'storage' | 'spend' | 'machines';

export const PARTS: readonly MonthSection[] = ['summary', 'compute', 'storage', 'spend', 'machines'];

/** The parts that consist of figures, by importance. */
const FIGURES = ['summary', 'compute', 'storage', 'spend'] as const;

/** Nothing read yet. */
export function emptyUsage(period: Period): AccountUsage {
  return { period, summary: {}, compute: {}, storage: {}, spend: {}, machines: {} };
}

/**
 * What to show after a refresh. A failed part keeps its last good value. If a new month has begun and nothing of it could be
 * read, the old month stays whole, under its own name, with the failure.
 */
export function afterRefresh(before: AccountUsage, fresh: AccountUsage): AccountUsage {
  const sameMonth = before.period.start === fresh.period.start;
  const gotUsage = FIGURES.some((part) => fresh[part].value !== undefined);
  if (!sameMonth && gotUsage) {
    return fresh;
  }
  return {
    period: sameMonth ? fresh.period : before.period,
    summary: keepLastGood(before.summary, fresh.summary),
    compute: keepLastGood(before.compute, fresh.compute),
    storage: keepLastGood(before.storage, fresh.storage),
    spend: keepLastGood(before.spend, fresh.spend),
    machines: keepLastGood(before.machines, fresh.machines),
  };
}

function keepLastGood<T>(before: Reading<T>, fresh: Reading<T>): Reading<T> {
  return fresh.value !== undefined || fresh.failure === undefined
    ? fresh
    : { ...before, failure: fresh.failure };
}

/** The oldest time up to which all shown values are true; undefined if nothing has been read. */
export function asOf(usage: AccountUsage): EpochMs | undefined {
  const times = FIGURES.flatMap((part) => usage[part].asOf ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The most important failure of the newest attempt. A failed machine list is not among them: the figures stand without it. */
export function mainFailure(usage: AccountUsage): Failure | undefined {
  return FIGURES.map((part) => usage[part].failure).find((failure) => failure !== undefined);
}

/** Like {@link mainFailure}, without failures of this window alone. */
export function accountFailure(usage: AccountUsage): Failure | undefined {
  return failuresOf(usage).find((failure) => failure !== undefined && !isOfThisWindow(failure));
}

/** Whether an attempt gave only failures of this window alone. */
export function isUnheard(usage: AccountUsage): boolean {
  return failuresOf(usage).every((failure) => failure !== undefined && isOfThisWindow(failure));
}

/** Why this window cannot ask until a person acts in it; undefined if it can. */
export function stopOfThisWindow(usage: AccountUsage): Failure | undefined {
  return failuresOf(usage).find(
    (failure) => failure !== undefined && isOfThisWindow(failure) && needsPerson(failure),
  );
}

/** Whether automatic retries are useless until a person acts: for this window, or because every part needs it. */
export function isStopped(usage: AccountUsage): boolean {
  const failures = failuresOf(usage);
  const all =
    failures.length > 0 && failures.every((failure) => failure !== undefined && needsPerson(failure));
  return all || stopOfThisWindow(usage) !== undefined;
}

/** Whether the newest attempt failed for want of a network that comes back by itself. */
export function isOffline(usage: AccountUsage): boolean {
  return failuresOf(usage).some(
    (failure) => failure !== undefined && isOfNetwork(failure) && !needsPerson(failure),
  );
}

/** Without failures, which concern an old key or address. */
export function withoutFailures(usage: AccountUsage): AccountUsage {
  const readings = PARTS.map((part) => {
    const { failure: _, ...reading } = usage[part];
    return [part, reading];
  });
  return { ...usage, ...(Object.fromEntries(readings) as Partial<AccountUsage>) };
}

/** The failure, or undefined, of each figures part that was read or failed. */
function failuresOf(usage: AccountUsage): (Failure | undefined)[] {
  return FIGURES.map((part) => usage[part])
    .filter(({ value, failure }) => value !== undefined || failure !== undefined)
    .map(({ failure }) => failure);
}

/** Whether every day of both machine breakdowns is known, so that a missing row means no usage. */
export function isKnown({ compute, storage }: AccountUsage): boolean {
  return [compute, storage].every(({ value, missing }) => value !== undefined && missing === undefined);
}

const machineCache = new WeakMap<AccountUsage, readonly MachineUsage[]>();

/** The machines of the month with their totals; memoized per state of an account. */
export function machinesOf(usage: AccountUsage): readonly MachineUsage[] {
  const cached = machineCache.get(usage);
  if (cached !== undefined) {
    return cached;
  }
  const { compute, storage } = usage;
  const machines = machineUsages({
    compute: compute.value,
    storage: storage.value,
    missing: { compute: new Set(compute.missing), storage: new Set(storage.missing) },
    machines: usage.machines.value,
    totals: usage.totals,
  });
  machineCache.set(usage, machines);
  return machines;
}
