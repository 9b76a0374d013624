import { setTimeout as pause } from 'node:timers/promises';
import {
  DatabaseError,
  type DatabaseSize,
  type DatabaseTrouble,
  type DatabaseTroubleKind,
  type KeptAccount,
  type KeptBlock,
  type Lease,
  type PassedThreshold,
  type UsageDatabase,
  type Write,
} from '../database/operations';
import type { Logger } from '../http/log';
import type { StoredBreakdown } from '../usage/breakdownId';
import type { Restatement } from '../usage/restatement';
import { type EpochMs, SECOND, type UtcDay } from '../usage/time';
import { AlertLog } from './alertLog';

export type { DatabaseTrouble } from '../database/operations';

export interface DatabaseCacheOptions {
  readonly database: UsageDatabase;
  readonly log: Logger;
  /** Called once for each kind of trouble. */
  readonly onTrouble: (trouble: DatabaseTrouble) => void;
}

/** After these, the database cannot be used until the window is reopened. */
const FINAL: ReadonlySet<DatabaseTroubleKind> = new Set<DatabaseTroubleKind>([
  'missing',
  'readOnly',
  'newer',
]);

/** Pause after the database did not answer; doubles each time, up to the longest. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30 * SECOND;

/** Maximum tries for what must not be lost. */
const MOST_TRIES = 3;

/** After this long without an answer the window goes on alone: no lease holder could have renewed its lease. */
const ALONE_AFTER_MS = 60 * SECOND;

const NOTHING: KeptAccount = { parts: {}, askedAt: 0, waitUntil: 0, failures: 0, requests: 0 };

/**
 * What is stored on disk, or nothing if the database cannot be used: then the window works alone, from memory. An unresponsive
 * database is asked again, and grants no lease meanwhile: another process may hold it. Calls reject only where noted; trouble
 * is told once.
 */
export class DatabaseCache {
  readonly #options: DatabaseCacheOptions;
  readonly #told = new Set<DatabaseTroubleKind>();
  readonly #alertsHere = new AlertLog();
  #opening: Promise<void> | undefined;
  /** Why there is no database for this window. */
  #none: DatabaseError | undefined;
  /** When it stopped answering, how often it failed, and when it is asked again; in ms of `performance.now()`. */
  #silence: { readonly since: number; readonly times: number; readonly until: number } | undefined;
  #disposed = false;

  constructor(options: DatabaseCacheOptions) {
    this.#options = options;
  }

  /** False when what is read is kept in memory alone. */
  get works(): boolean {
    const { since = Number.POSITIVE_INFINITY } = this.#silence ?? {};
    return !this.#disposed && this.#none === undefined && performance.now() - since < ALONE_AFTER_MS;
  }

  /** Opens the database before the first question. */
  open(): void {
    void this.#ask(() => Promise.resolve(), undefined);
  }

  account(id: string, scope: string, now: EpochMs): Promise<KeptAccount> {
    return this.#ask((database) => database.account(id, scope, now), NOTHING);
  }

  days(id: string, part: StoredBreakdown): Promise<ReadonlyMap<UtcDay, EpochMs>> {
    return this.#ask((database) => database.days(id, part), new Map<UtcDay, EpochMs>());
  }

  blocks(id: string, part: StoredBreakdown, days: readonly UtcDay[]): Promise<KeptBlock[]> {
    return days.length === 0
      ? Promise.resolve([])
      : this.#ask((database) => database.blocks(id, part, days), []);
  }

  /** False if another process may write. True even if saving failed, which is told. */
  save(id: string, write: Write): Promise<boolean> {
    return this.#insist((database) => database.save(id, write)).catch(() => true);
  }

  /** Also granted if there is no database, or no room in it: then there is nobody to share with. */
  async acquire(id: string, owner: string, now: EpochMs, durationMs: number): Promise<Lease> {
    try {
      return await this.#answer((database) => database.acquire(id, owner, now, durationMs));
    } catch (error) {
      const alone = !this.works || troubleOf(error).kind === 'full';
      return alone ? { granted: true, until: now + durationMs } : { granted: false, until: now };
    }
  }

  release(id: string, owner: string): Promise<void> {
    return this.#ask((database) => database.release(id, owner), undefined);
  }

  restatements(id: string): Promise<Restatement[]> {
    return this.#ask((database) => database.restatements(id), []);
  }

  /**
   * Whether to alert a person that a budget's threshold was passed; see `DatabaseOperations.claimAlert`. Without a database,
   * true once in this window; with an unreliable one, still never twice here.
   */
  async claimAlert(id: string, passed: PassedThreshold, now: EpochMs): Promise<boolean> {
    const first = await this.#ask<boolean | undefined>(
      (database) => database.claimAlert(id, passed, now),
      undefined,
    );
    return first !== false && this.#alertsHere.claimAlert(id, passed, now);
  }

  snooze(id: string, budget: string, until: EpochMs, now: EpochMs): Promise<void> {
    this.#alertsHere.snooze(id, budget, until, now);
    return this.#ask((database) => database.snooze(id, budget, until, now), undefined);
  }

  /** Rejects with DatabaseError when the rows may still be there. */
  async drop(ids: readonly string[]): Promise<void> {
    this.#alertsHere.drop(ids);
    await this.#insist((database) => database.drop(ids)).catch((error: unknown) => {
      if (troubleOf(error).kind !== 'missing') {
        throw error;
      }
    });
  }

  /** The accounts that another window wrote since the last call. */
  changed(): Promise<string[]> {
    return this.#ask((database) => database.changed(), []);
  }

  /** Undefined where there is no database. */
  size(): Promise<DatabaseSize | undefined> {
    return this.#ask<DatabaseSize | undefined>((database) => database.size(), undefined);
  }

  /** Rejects with DatabaseError when the rows may still be there. */
  clear(): Promise<void> {
    return this.#insist((database) => database.clear());
  }

  /** What was under way is of no interest any more. */
  dispose(): void {
    this.#disposed = true;
  }

  async #ask<T>(question: (database: UsageDatabase) => Promise<T>, otherwise: T): Promise<T> {
    const { until = 0 } = this.#silence ?? {};
    return performance.now() < until ? otherwise : this.#answer(question).catch(() => otherwise);
  }

  /** Tries again for a while. Rejects with DatabaseError. */
  async #insist<T>(question: (database: UsageDatabase) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#answer(question);
      } catch (error) {
        if (tries >= MOST_TRIES || this.#silence === undefined) {
          throw error;
        }
        await pause(FIRST_PAUSE_MS * 2 ** tries);
      }
    }
  }

  /** Rejects with DatabaseError. */
  async #answer<T>(question: (database: UsageDatabase) => Promise<T>): Promise<T> {
    if (this.#none !== undefined || this.#disposed) {
      throw this.#none ?? new DatabaseError({ kind: 'internal', detail: 'the window is closing' });
    }
    try {
      await (this.#opening ??= this.#open());
      const answer = await question(this.#options.database);
      this.#silence = undefined;
      return answer;
    } catch (error) {
      const trouble = troubleOf(error);
      this.#meet(trouble);
      throw error instanceof DatabaseError ? error : new DatabaseError(trouble, { cause: error });
    }
  }

  async #open(): Promise<void> {
    try {
      const trouble = await this.#options.database.open();
      if (trouble !== undefined) {
        this.#claimAlert(trouble);
      }
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  #meet(trouble: DatabaseTrouble): void {
    if (FINAL.has(trouble.kind)) {
      this.#none ??= new DatabaseError(trouble);
    } else if (trouble.kind !== 'full' && trouble.setAside === undefined) {
      this.#pause();
    }
    this.#claimAlert(trouble);
  }

  /** Calls that fail during a pause count once. */
  #pause(): void {
    const now = performance.now();
    const { since = now, times = 0, until = 0 } = this.#silence ?? {};
    if (now >= until) {
      const length = Math.min(FIRST_PAUSE_MS * 2 ** times, LONGEST_PAUSE_MS);
      this.#silence = { since, times: times + 1, until: now + length };
    }
  }

  #claimAlert(trouble: DatabaseTrouble): void {
    if (this.#disposed) {
      return;
    }
    const { log, onTrouble } = this.#options;
    log.error(`database: ${trouble.kind}: ${trouble.detail} ${trouble.setAside ?? ''}`.trimEnd());
    if (!this.#told.has(trouble.kind)) {
      this.#told.add(trouble.kind);
      onTrouble(trouble);
    }
  }
}

function troubleOf(error: unknown): DatabaseTrouble {
  return error instanceof DatabaseError
    ? error.trouble
    : { kind: 'internal', detail: error instanceof Error ? error.message : String(error) };
}
