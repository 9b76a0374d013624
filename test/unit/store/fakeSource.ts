import { DatabaseError, type UsageDatabase } from '../../../src/database/operations';
import type { RowQuery, UsageSource } from '../../../src/providers/provider';
import { DatabaseCache } from '../../../src/store/databaseCache';
import type { Account } from '../../../src/usage/account';
import type { FetchedBreakdown } from '../../../src/usage/breakdownId';
import type { UsageSummary } from '../../../src/usage/bucket';
import { columnsByDay, type DayColumns } from '../../../src/usage/columns/columns';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { daysOf } from '../../../src/usage/time';
import { computeDay, storageHour } from '../usage/builders';

export const ACCOUNT: Account = { id: 'acc', provider: 'dedalus', label: 'Work' };

export const silentLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A source at the seam between store and vendor: counts what it is asked, and fails or waits when told to. */
export class FakeSource implements UsageSource {
  readonly asked: string[] = [];
  readonly failures = new Map<string, Failure>();
  billed = 100;
  awake = 150;
  onAsk: () => void = () => {};
  #waiting: (name: string) => void = () => {};
  /** When set, the summary waits for it, or for being stopped. */
  gate: Promise<void> | undefined;

  async summary(_period: unknown, signal?: AbortSignal): Promise<UsageSummary> {
    this.#ask('summary');
    if (this.gate !== undefined) {
      await Promise.race([this.gate, stopped(signal)]);
    }
    return { plan: 'pro', billed: { awake_seconds: this.billed }, levels: { included_storage_gib: 20 } };
  }

  /** Settles when something is asked for, from now on. */
  isAsked(name: string): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = (asked) => {
        if (asked === name) {
          resolve();
        }
      };
    });
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  rows(part: FetchedBreakdown, query: RowQuery): Promise<DayColumns> {
    return part === 'storage'
      ? this.#storage(query)
      : this.#compute(query, part === 'computeHours' ? 'hour' : 'day');
  }

  #compute(query: RowQuery, granularity: string): Promise<DayColumns> {
    const days = daysOf(query.period);
    return this.#answer(
      `compute ${granularity} ${query.machineId ?? 'all'} ${spanOf(days)}`,
      'compute',
      columnsByDay([computeDay('m', '2026-11-19', this.awake)], days),
    );
  }

  #storage(query: RowQuery): Promise<DayColumns> {
    const days = daysOf(query.period);
    const buckets = [storageHour('m', '2026-11-19', 3, 30)];
    return this.#answer(`storage ${spanOf(days)}`, 'storage', columnsByDay(buckets, days));
  }

  machines(): Promise<never[]> {
    return this.#answer('machines', 'machines', []);
  }

  async #answer<T>(name: string, part: string, value: T): Promise<T> {
    this.#ask(name, part);
    return Promise.resolve(value);
  }

  #ask(name: string, part = name): void {
    this.asked.push(name);
    this.onAsk();
    this.#waiting(name);
    const failure = this.failures.get(part);
    if (failure !== undefined) {
      throw new UsageError(failure);
    }
  }
}

function stopped(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      reject(new UsageError({ kind: 'cancelled' }));
    };
    if (signal?.aborted === true) {
      stop();
    }
    signal?.addEventListener('abort', stop);
  });
}

function spanOf(days: readonly string[]): string {
  const [first = '', last = first] = [days[0], days.at(-1)];
  return first === last ? first : `${first}..${last}`;
}

/** For a store that has nothing but memory, as in a VS Code without SQLite. */
export function noDatabaseCache(): DatabaseCache {
  const open = (): Promise<never> => Promise.reject(new DatabaseError({ kind: 'missing', detail: '' }));
  return new DatabaseCache({
    database: { open } as Partial<UsageDatabase> as UsageDatabase,
    log: silentLog,
    onTrouble: () => {},
  });
}
