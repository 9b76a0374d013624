import type { Machine, UsageSummary } from '../usage/bucket';
import type { DayColumns, UsageColumns } from '../usage/columns/columns';
import { type MachineUsage, machineUsages } from '../usage/columns/machines';
import { type Failure, isOfNetwork, isOfThisWindow, needsPerson } from '../usage/failure';
import type { EpochMs, Period, UtcDay } from '../usage/time';

/** Something that was read, and when; a later attempt that failed leaves the value and its age as they were. */
export interface Reading<T> {
  readonly value?: T;
  /** When the value was asked for: it is true up to then and no further. */
  readonly asOf?: EpochMs;
  /** Why the newest attempt failed. */
  readonly failure?: Failure;
  /** The days that the value lacks: they were not read, or not to their end. Never empty. */
  readonly missing?: readonly UtcDay[];
}

/** All that is known of one account's month; immutable, replaced whole. What its vendor does not have stays empty. */
export interface AccountUsage {
  /** `[start of the month, end of the last day asked for)` */
  readonly period: Period;
  readonly summary: Reading<UsageSummary>;
  /** By UTC day, a row a machine and shape. */
  readonly compute: Reading<DayColumns>;
  /** By UTC day, one row a machine. */
  readonly storage: Reading<DayColumns>;
  /** By UTC day, one row a category of what was paid for. */
  readonly spend: Reading<DayColumns>;
  readonly machines: Reading<readonly Machine[]>;
  /** One row a machine, while the days themselves are still being opened. */
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
 * What to show after a refresh. A part that failed keeps its last good value. When a new month has begun and nothing of
 * it could be read, the old month stays whole, under its own name, with the failure.
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

/** The oldest time up to which all that is shown is true; undefined when nothing has been read. */
export function asOf(usage: AccountUsage): EpochMs | undefined {
  const times = FIGURES.flatMap((part) => usage[part].asOf ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/**
 * The first failure, by importance, of the newest attempt. A machine list that does not answer is not among them: the
 * figures stand without it.
 */
export function mainFailure(usage: AccountUsage): Failure | undefined {
  return FIGURES.map((part) => usage[part].failure).find((failure) => failure !== undefined);
}

/** The same of those that tell of the account, and not of this window alone. */
export function accountFailure(usage: AccountUsage): Failure | undefined {
  return failuresOf(usage).find((failure) => failure !== undefined && !isOfThisWindow(failure));
}

/** Whether nothing came of an attempt but what is of this window alone. */
export function isUnheard(usage: AccountUsage): boolean {
  return failuresOf(usage).every((failure) => failure !== undefined && isOfThisWindow(failure));
}

/** What keeps this window from asking until a person acts in it; undefined when nothing does. */
export function stopOfThisWindow(usage: AccountUsage): Failure | undefined {
  return failuresOf(usage).find(
    (failure) => failure !== undefined && isOfThisWindow(failure) && needsPerson(failure),
  );
}

/** Whether asking again by itself would come to nothing until a person acts: for this window, or of every part there is. */
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

/** The same without what was said of an old key or address. */
export function withoutFailures(usage: AccountUsage): AccountUsage {
  const readings = PARTS.map((part) => {
    const { failure: _, ...reading } = usage[part];
    return [part, reading];
  });
  return { ...usage, ...(Object.fromEntries(readings) as Partial<AccountUsage>) };
}

/** Of each part of figures that there is, its failure or that there is none. */
function failuresOf(usage: AccountUsage): (Failure | undefined)[] {
  return FIGURES.map((part) => usage[part])
    .filter(({ value, failure }) => value !== undefined || failure !== undefined)
    .map(({ failure }) => failure);
}

/** Whether every day of both breakdowns of machines is known, so that what has no row there was not. */
export function isKnown({ compute, storage }: AccountUsage): boolean {
  return [compute, storage].every(({ value, missing }) => value !== undefined && missing === undefined);
}

const machineCache = new WeakMap<AccountUsage, readonly MachineUsage[]>();

/** The machines of the month with their totals; made once for each state of an account. */
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
