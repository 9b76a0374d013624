import type { HourQuery, UsageSource } from '../providers/provider';
import type { BreakdownId } from '../usage/breakdownId';
import type { HourSpend, UsageBucket } from '../usage/bucket';
import { CLOSING_MS } from '../usage/closing';
import { bucketAt, rowsOfMachine, type UsageColumns } from '../usage/columns/columns';
import { UsageError } from '../usage/failure';
import { dayPeriod, type EpochMs, HOUR, type UtcDay } from '../usage/time';
import type { DayKey } from './dayBlock';
import type { DayCache } from './dayCache';
import { ReadingCache } from './readingCache';

export interface OpenedHoursOptions {
  readonly dayCache: DayCache;
  readonly now: () => EpochMs;
  /** Loads what the database has of the day into the cache. */
  readonly restore: (want: DayKey) => Promise<void>;
  /** The rows of one part of a day. Rejects with UsageError. */
  readonly columns: (part: BreakdownId, day: UtcDay) => Promise<UsageColumns>;
  /** Asks the vendor when it is this process' turn. Rejects with UsageError. */
  readonly inTurn: <T>(ask: (source: UsageSource, signal: AbortSignal) => Promise<T>) => Promise<T>;
}

/** The hours of an account that a person opens one by one: a machine's hours, or an hour's spend. Kept for the window. */
export class OpenedHours {
  readonly #options: OpenedHoursOptions;
  readonly #ofMachine: ReadingCache<readonly UsageBucket[]>;
  readonly #spends: ReadingCache<HourSpend>;

  constructor(options: OpenedHoursOptions) {
    this.#options = options;
    this.#ofMachine = new ReadingCache(options.now);
    this.#spends = new ReadingCache(options.now);
  }

  /** Rejects with UsageError; then the next call asks again. */
  async hours(day: UtcDay, machineId: string): Promise<readonly UsageBucket[]> {
    const [compute, storage] = await Promise.all([
      this.#compute(day, machineId),
      this.#options.columns('storage', day),
    ]);
    return [...compute, ...bucketsOf(storage, 'storage', machineId)];
  }

  /** When the hours of a machine were requested; undefined if they are not at hand. */
  hoursAsOf(day: UtcDay, machineId: string): EpochMs | undefined {
    return (
      this.#options.dayCache.block('computeHours', day)?.asOf ?? this.#ofMachine.asOf(`${day} ${machineId}`)
    );
  }

  /** An hour that had closed when it was read stands. Rejects with UsageError; then the next call asks again. */
  spend(query: HourQuery): Promise<HourSpend> {
    return this.#spends.read(
      keyOf(query),
      (asOf) => asOf >= this.#options.dayCache.refreshedAt || asOf >= query.start + HOUR + CLOSING_MS,
      () => this.#fetchSpend(query),
    );
  }

  /** When the spend of an hour was requested, at this query's depth; undefined if it was not. */
  spendAsOf(query: HourQuery): EpochMs | undefined {
    return this.#spends.asOf(keyOf(query));
  }

  /** The hours of all machines when they are at hand; else of this machine alone, which is a small reply. */
  async #compute(day: UtcDay, machineId: string): Promise<readonly UsageBucket[]> {
    const { dayCache, restore, columns } = this.#options;
    const want: DayKey = { part: 'computeHours', day };
    if (!dayCache.isCurrent(want)) {
      await restore(want);
    }
    return dayCache.isCurrent(want)
      ? bucketsOf(await columns(want.part, day), 'compute', machineId)
      : this.#ofMachine.read(
          `${day} ${machineId}`,
          (asOf) => dayCache.isStillValid(day, asOf),
          () => this.#fetchHours(day, machineId),
        );
  }

  async #fetchHours(day: UtcDay, machineId: string): Promise<readonly UsageBucket[]> {
    const days = await this.#options.inTurn((source, signal) =>
      source.rows('computeHours', { period: dayPeriod(day), machineId }, signal),
    );
    const columns = days.get(day);
    if (columns === undefined) {
      throw new UsageError({ kind: 'notCovered' });
    }
    return bucketsOf(columns, 'compute', machineId);
  }

  #fetchSpend(query: HourQuery): Promise<HourSpend> {
    return this.#options.inTurn(async (source, signal) => {
      const spend = await source.hour?.(query, signal);
      if (spend === undefined) {
        throw new RangeError('the vendor has no hours to open');
      }
      return spend;
    });
  }
}

function keyOf({ start, teamId, projectId, resourceType }: HourQuery): string {
  return JSON.stringify([start, teamId, projectId, resourceType]);
}

function bucketsOf(columns: UsageColumns, kind: UsageBucket['kind'], machineId: string): UsageBucket[] {
  return Array.from(rowsOfMachine(columns, machineId), (row) => bucketAt(columns, row, kind));
}
