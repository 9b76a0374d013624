import type { Logger } from '../http/log';
import type { Restatement } from '../usage/restatement';
import type { EpochMs, UtcDay } from '../usage/time';
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
} from './database/operations';
import type { KeptPart } from '../usage/part';
import { ToldThresholds } from './toldThresholds';

export interface ArchiveOptions {
  readonly database: UsageDatabase;
  readonly log: Logger;
  /** Called once for each kind of trouble. */
  readonly onTrouble: (trouble: DatabaseTrouble) => void;
}

/** After these there is nothing to be had from the database until the window is opened anew. */
const FINAL: ReadonlySet<DatabaseTroubleKind> = new Set<DatabaseTroubleKind>([
  'missing',
  'readOnly',
  'newer',
  'internal',
]);

const NOTHING: KeptAccount = { parts: {}, askedAt: 0, waitUntil: 0, failures: 0, requests: 0 };

/**
 * What is kept on disk, or nothing where the database cannot be used: then the window works from memory, alone. No call
 * rejects; trouble is told once.
 */
export class Archive {
  readonly #options: ArchiveOptions;
  readonly #told = new Set<DatabaseTroubleKind>();
  readonly #toldHere = new ToldThresholds();
  #opening: Promise<void> | undefined;
  #works = true;
  #disposed = false;

  constructor(options: ArchiveOptions) {
    this.#options = options;
  }

  /** False when what is read is kept in memory alone. */
  get works(): boolean {
    return this.#works;
  }

  account(id: string, scope: string, now: EpochMs): Promise<KeptAccount> {
    return this.#ask((database) => database.account(id, scope, now), NOTHING);
  }

  days(id: string, part: KeptPart): Promise<ReadonlyMap<UtcDay, EpochMs>> {
    return this.#ask((database) => database.days(id, part), new Map<UtcDay, EpochMs>());
  }

  blocks(id: string, part: KeptPart, days: readonly UtcDay[]): Promise<KeptBlock[]> {
    return days.length === 0
      ? Promise.resolve([])
      : this.#ask((database) => database.blocks(id, part, days), []);
  }

  save(id: string, write: Write): Promise<boolean> {
    return this.#ask((database) => database.save(id, write), true);
  }

  /** Granted as well where there is no database: then there is nobody to share with. */
  acquire(id: string, owner: string, now: EpochMs, durationMs: number): Promise<Lease> {
    const alone: Lease = { granted: true, until: now + durationMs };
    return this.#ask((database) => database.acquire(id, owner, now, durationMs), alone);
  }

  release(id: string, owner: string): Promise<void> {
    return this.#ask((database) => database.release(id, owner), undefined);
  }

  restatements(id: string): Promise<Restatement[]> {
    return this.#ask((database) => database.restatements(id), []);
  }

  /**
   * Whether a person is to be told that a budget's threshold was passed; see `DatabaseOperations.tell`. Without a database
   * once in this window, and with one that fails now and then never twice here.
   */
  async tell(id: string, passed: PassedThreshold, now: EpochMs): Promise<boolean> {
    const first = await this.#ask<boolean | undefined>(
      (database) => database.tell(id, passed, now),
      undefined,
    );
    return first !== false && this.#toldHere.tell(id, passed, now);
  }

  snooze(id: string, budget: string, until: EpochMs, now: EpochMs): Promise<void> {
    this.#toldHere.snooze(id, budget, until, now);
    return this.#ask((database) => database.snooze(id, budget, until, now), undefined);
  }

  retain(ids: readonly string[]): Promise<void> {
    this.#toldHere.retain(ids);
    return this.#ask((database) => database.retain(ids), undefined);
  }

  /** The accounts that another window wrote since the last call. */
  changed(): Promise<string[]> {
    return this.#ask((database) => database.changed(), []);
  }

  /** Undefined where there is no database. */
  size(): Promise<DatabaseSize | undefined> {
    return this.#ask<DatabaseSize | undefined>((database) => database.size(), undefined);
  }

  clear(): Promise<void> {
    return this.#ask((database) => database.clear(), undefined);
  }

  /** What was under way is of no interest any more. */
  dispose(): void {
    this.#works = false;
    this.#disposed = true;
  }

  async #ask<T>(question: (database: UsageDatabase) => Promise<T>, otherwise: T): Promise<T> {
    const { database } = this.#options;
    await (this.#opening ??= this.#open());
    if (!this.#works) {
      return otherwise;
    }
    try {
      return await question(database);
    } catch (error) {
      this.#meet(troubleOf(error));
      return otherwise;
    }
  }

  async #open(): Promise<void> {
    try {
      const trouble = await this.#options.database.open();
      if (trouble !== undefined) {
        this.#tell(trouble);
      }
    } catch (error) {
      this.#works = false;
      this.#tell(troubleOf(error));
    }
  }

  #meet(trouble: DatabaseTrouble): void {
    if (FINAL.has(trouble.kind)) {
      this.#works = false;
    }
    this.#tell(trouble);
  }

  #tell(trouble: DatabaseTrouble): void {
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
