import type { DatabaseSync } from 'node:sqlite';
import type { StoredBreakdown } from '../usage/breakdownId';
import type { Failure } from '../usage/failure';
import { latestCredible } from '../usage/keptTime';
import type { Restatement } from '../usage/restatement';
import type { EpochMs, UtcDay } from '../usage/time';
import { claimAlert, muteUntil } from './alerts';
import { dropBlock, findBlocks, type FoundBlock, packBlocks, unpackBlocks } from './blocks';
import { credible } from './credible';
import { DatabaseFile } from './databaseFile';
import {
  DatabaseError,
  type DatabaseOperations,
  type DatabaseSize,
  type DatabaseTrouble,
  type KeptAccount,
  type KeptBlock,
  type KeptReading,
  type Lease,
  type PassedThreshold,
  type Write,
} from './operations';
import { decodePlain } from './plainCodec';
import { firstCountedMinute, saveAll } from './saving';
import { accountOf, dropAccount, keyIn, scopeIn, UNKNOWN_KEY } from './scopes';
import { ifUndamaged } from './trouble';

export interface SqliteDatabaseOptions {
  /** Its folder is made when there is none. */
  readonly file: string;
  /** How long after its end a bucket may still change without being a restatement. */
  readonly closingMs: number;
}

type StateRow = Omit<KeptAccount, 'parts'>;

interface PartRow {
  readonly name: string;
  readonly asOf: EpochMs | null;
  readonly value: Uint8Array | null;
  readonly failure: Uint8Array | null;
}

const NOTHING: KeptAccount = { parts: {}, askedAt: 0, waitUntil: 0, failures: 0, requests: 0 };

/**
 * The database that all windows share, in one file. Calls block the calling thread. Time is the caller's: `now` comes with each
 * call.
 */
export class SqliteDatabase implements DatabaseOperations {
  readonly #file: DatabaseFile;
  readonly #closingMs: number;
  /** Under which scope this process knows an account. */
  readonly #scopes = new Map<string, string>();
  /** Revisions as this process last saw or wrote them. */
  #revisions = new Map<string, number>();
  #checked = false;

  constructor({ file, closingMs }: SqliteDatabaseOptions) {
    this.#file = new DatabaseFile(file);
    this.#closingMs = closingMs;
  }

  open(): DatabaseTrouble | undefined {
    const trouble = this.#file.open();
    try {
      this.#revisions = this.#file.read(revisions);
      return trouble;
    } catch (error) {
      if (error instanceof DatabaseError && error.trouble.setAside !== undefined) {
        return this.open() ?? error.trouble;
      }
      throw error;
    }
  }

  close(): void {
    this.#file.close();
  }

  account(id: string, scope: string, now: EpochMs): KeptAccount {
    this.#scopes.set(id, scope);
    const { state, parts } = this.#file.read(
      (database) => findAccount(database, this.#key(database, id), now),
      ({ state, parts }) => ({ state, parts: parts.map(toPart) }),
    );
    if (state === undefined) {
      return NOTHING;
    }
    const { askedAt, waitUntil, failures, requests } = state;
    return credible({ parts: Object.fromEntries(parts), askedAt, waitUntil, failures, requests }, now);
  }

  days(id: string, part: StoredBreakdown): ReadonlyMap<UtcDay, EpochMs> {
    const query = 'SELECT day, as_of AS asOf FROM block WHERE account = ? AND part = ? ORDER BY day';
    const rows = this.#file.read((database) => database.prepare(query).all(this.#key(database, id), part));
    return new Map((rows as { day: UtcDay; asOf: EpochMs }[]).map(({ day, asOf }) => [day, asOf]));
  }

  blocks(id: string, part: StoredBreakdown, days: readonly UtcDay[]): KeptBlock[] {
    const find = (database: DatabaseSync): FoundBlock[] =>
      findBlocks(database, this.#key(database, id), part, days);
    const { sound, damaged } = this.#file.read(find, unpackBlocks);
    if (damaged.length > 0) {
      this.#dropDamaged(id, damaged);
    }
    return sound;
  }

  save(id: string, write: Write): boolean {
    const blocks = packBlocks(write.blocks ?? []);
    return this.#change(id, (database, mark) => {
      const lease = database.prepare('SELECT 1 FROM lease WHERE account = ? AND owner = ? AND until > ?');
      const key = lease.get(accountOf(id), write.owner, write.now) === undefined ? undefined : mark();
      if (key !== undefined) {
        saveAll(database, key, { write, blocks, closingMs: this.#closingMs });
      }
      return key !== undefined;
    });
  }

  acquire(id: string, owner: string, now: EpochMs, durationMs: number): Lease {
    return this.#file.write((database) => {
      const until = now + durationMs;
      const { changes } = database
        .prepare(
          `INSERT INTO lease (account, owner, until) VALUES (?, ?, ?)
           ON CONFLICT (account) DO UPDATE SET owner = excluded.owner, until = excluded.until
           WHERE owner = excluded.owner OR until <= ? OR until > ?`,
        )
        .run(id, owner, until, now, latestCredible(now, durationMs));
      if (Number(changes) === 1) {
        return { granted: true, until };
      }
      const held = database.prepare('SELECT until FROM lease WHERE account = ?').get(id);
      return { granted: false, until: Number(held?.['until']) };
    });
  }

  release(id: string, owner: string): void {
    this.#change(id, (database, mark) => {
      const lease = database.prepare('DELETE FROM lease WHERE account = ? AND owner = ?').run(id, owner);
      if (Number(lease.changes) === 1) {
        mark();
      }
    });
  }

  restatements(id: string): Restatement[] {
    return this.#file.read(
      (database) =>
        database
          .prepare('SELECT list FROM restatement WHERE account = ? ORDER BY id DESC')
          .all(this.#key(database, id)),
      (rows) =>
        (rows as { list: Uint8Array }[])
          .flatMap(({ list }) => ifUndamaged(() => decodePlain(list) as Restatement[]) ?? [])
          .map((found) => ({ ...found, before: found.before, after: found.after }))
          .sort((a, b) => b.afterAsOf - a.afterAsOf),
    );
  }

  claimAlert(id: string, passed: PassedThreshold, now: EpochMs): boolean {
    return this.#file.write((database) => claimAlert(database, this.#key(database, id), passed, now));
  }

  snooze(id: string, budget: string, until: EpochMs, now: EpochMs): void {
    this.#file.write((database) => {
      muteUntil(database, this.#key(database, id), budget, { until, now });
    });
  }

  drop(ids: readonly string[]): void {
    this.#file.write((database) => {
      for (const id of ids) {
        dropAccount(database, id);
      }
    });
    for (const key of [...this.#revisions.keys()].filter((own) => ids.includes(accountOf(own)))) {
      this.#revisions.delete(key);
    }
    this.#file.shrink();
  }

  changed(): string[] {
    if (!this.#checked) {
      this.#file.check();
      this.#checked = true;
    }
    if (!this.#file.hasChanged()) {
      return [];
    }
    const before = this.#revisions;
    this.#revisions = this.#file.read(revisions);
    const keys = [...before.keys(), ...this.#revisions.keys()];
    const written = keys.filter((key) => before.get(key) !== this.#revisions.get(key));
    return [...new Set(written.map(accountOf))];
  }

  size(): DatabaseSize {
    const days = this.#file.read((database) =>
      database.prepare('SELECT count(*) AS days FROM (SELECT DISTINCT account, day FROM block)').get(),
    );
    return { bytes: this.#file.size(), days: Number(days?.['days']) };
  }

  clear(): void {
    this.#file.write((database) => {
      database.exec('DELETE FROM account');
    });
    this.#revisions = new Map();
    this.#file.shrink();
  }

  /** Drops unreadable blocks, so that their days are read again. If nothing can be written, they are skipped again. */
  #dropDamaged(id: string, blocks: readonly FoundBlock[]): void {
    try {
      this.#file.write((database) => {
        for (const block of blocks) {
          dropBlock(database, this.#key(database, id), block);
        }
      });
    } catch (error) {
      if (error instanceof DatabaseError && error.trouble.kind !== 'corrupt') {
        return;
      }
      throw error;
    }
  }

  #key(database: DatabaseSync, id: string): string {
    return keyIn(database, accountOf(id), this.#scope(id));
  }

  #scope(id: string): string | undefined {
    return scopeIn(id) ?? this.#scopes.get(id);
  }

  /**
   * Runs a transaction that can mark the account as written, which tells other processes. `mark` returns the key of its rows;
   * undefined if this process does not know them.
   */
  #change<T>(id: string, work: (database: DatabaseSync, mark: () => string | undefined) => T): T {
    let marked: { key: string; before: number | undefined; after: number } | undefined;
    const result = this.#file.write((database) =>
      work(database, () => {
        const key = this.#key(database, id);
        if (key === UNKNOWN_KEY) {
          return undefined;
        }
        const before = revisions(database).get(key);
        marked = { key, before, after: mark(database, key, this.#scope(id) ?? '') };
        return key;
      }),
    );
    // Our own write is no news, unless another process wrote before it.
    if (marked !== undefined && marked.before === this.#revisions.get(marked.key)) {
      this.#revisions.set(marked.key, marked.after);
    }
    return result;
  }
}

function revisions(database: DatabaseSync): Map<string, number> {
  const rows = database.prepare('SELECT id, revision FROM account').all();
  return new Map((rows as { id: string; revision: number }[]).map(({ id, revision }) => [id, revision]));
}

/** Gives the account a new random revision, a whole number within 2^52. Creates its row if missing. */
function mark(database: DatabaseSync, id: string, scope: string): number {
  const row = database
    .prepare(
      `INSERT INTO account (id, scope, revision) VALUES (?, ?, random() >> 11)
       ON CONFLICT (id) DO UPDATE SET revision = excluded.revision RETURNING revision`,
    )
    .get(id, scope);
  return Number(row?.['revision']);
}

function findAccount(
  database: DatabaseSync,
  key: string,
  now: EpochMs,
): { state: StateRow | undefined; parts: PartRow[] } {
  const state = database
    .prepare(
      `SELECT asked_at AS askedAt, wait_until AS waitUntil, failures,
         (SELECT coalesce(sum(count), 0) FROM request WHERE account = id AND minute >= ?) AS requests
       FROM account WHERE id = ?`,
    )
    .get(firstCountedMinute(now), key);
  const parts = database
    .prepare('SELECT name, as_of AS asOf, value, failure FROM part WHERE account = ?')
    .all(key);
  return { state: state as StateRow | undefined, parts: parts as unknown as PartRow[] };
}

/** An unreadable value counts as never read, an unreadable failure as none. */
function toPart({ name, asOf, value, failure }: PartRow): [string, KeptReading] {
  const decoded = value === null ? undefined : ifUndamaged(() => decodePlain(value));
  const isKnown = value === null || decoded !== undefined;
  const told = failure === null ? undefined : ifUndamaged(() => decodePlain(failure) as Failure);
  const part: KeptReading = {
    ...(asOf === null || !isKnown ? {} : { asOf }),
    ...(decoded === undefined ? {} : { value: decoded }),
    ...(told === undefined ? {} : { failure: told }),
  };
  return [name, part];
}
