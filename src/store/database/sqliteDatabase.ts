import type { DatabaseSync } from 'node:sqlite';
import type { Failure } from '../../usage/failure';
import type { Restatement } from '../../usage/restatement';
import { latestCredible } from '../../usage/keptTime';
import type { EpochMs, UtcDay } from '../../usage/time';
import type { KeptPart } from '../../usage/part';
import { findBlocks, packBlocks, unpackBlocks } from './blocks';
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
import { keepQuiet, tellOnce } from './told';

export interface SqliteDatabaseOptions {
  /** Its folder is made when there is none. */
  readonly file: string;
  /** How long after its end a bucket may still change without being a restatement. */
  readonly closingMs: number;
}

interface StateRow extends Omit<KeptAccount, 'parts'> {
  readonly scope: string;
}

interface PartRow {
  readonly name: string;
  readonly asOf: EpochMs | null;
  readonly value: Uint8Array | null;
  readonly failure: Uint8Array | null;
}

const NOTHING: KeptAccount = { parts: {}, askedAt: 0, waitUntil: 0, failures: 0, requests: 0 };

/**
 * The database that all windows share, in one file. Its calls block the thread that makes them. The caller's clock counts:
 * `now` comes with each call.
 */
export class SqliteDatabase implements DatabaseOperations {
  readonly #file: DatabaseFile;
  readonly #closingMs: number;
  /** Under which scope this process knows an account. */
  readonly #scopes = new Map<string, string>();
  /** The accounts' marks, as this process last saw or wrote them. */
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
      (database) => findAccount(database, id, now),
      ({ state, parts }) => ({ state, parts: parts.map(toPart) }),
    );
    if (state === undefined) {
      return NOTHING;
    }
    if (state.scope !== scope) {
      this.#dropOtherScope(id, scope);
      return NOTHING;
    }
    const { askedAt, waitUntil, failures, requests } = state;
    return credible({ parts: Object.fromEntries(parts), askedAt, waitUntil, failures, requests }, now);
  }

  days(id: string, part: KeptPart): ReadonlyMap<UtcDay, EpochMs> {
    const query = 'SELECT day, as_of AS asOf FROM block WHERE account = ? AND part = ? ORDER BY day';
    const rows = this.#file.read((database) => database.prepare(query).all(id, part));
    return new Map((rows as { day: UtcDay; asOf: EpochMs }[]).map(({ day, asOf }) => [day, asOf]));
  }

  blocks(id: string, part: KeptPart, days: readonly UtcDay[]): KeptBlock[] {
    return this.#file.read((database) => findBlocks(database, id, part, days), unpackBlocks);
  }

  save(id: string, write: Write): boolean {
    const blocks = packBlocks(write.blocks ?? []);
    return this.#change(id, (database, mark) => {
      const allowed = this.#mayWrite(database, id, write);
      if (allowed) {
        mark();
        saveAll(database, id, { write, blocks, closingMs: this.#closingMs });
      }
      return allowed;
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
        database.prepare('SELECT list FROM restatement WHERE account = ? ORDER BY id DESC').all(id),
      (rows) =>
        (rows as { list: Uint8Array }[])
          .flatMap(({ list }) => decodePlain(list) as Restatement[])
          .map((found) => ({ ...found, before: found.before, after: found.after }))
          .sort((a, b) => b.afterAsOf - a.afterAsOf),
    );
  }

  tell(id: string, passed: PassedThreshold, now: EpochMs): boolean {
    return this.#file.write((database) => tellOnce(database, id, passed, now));
  }

  snooze(id: string, budget: string, until: EpochMs, now: EpochMs): void {
    this.#file.write((database) => {
      keepQuiet(database, id, budget, { until, now });
    });
  }

  drop(ids: readonly string[]): void {
    this.#file.write((database) => {
      for (const id of ids) {
        drop(database, id);
      }
    });
    for (const id of ids) {
      this.#revisions.delete(id);
    }
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
    const ids = new Set([...before.keys(), ...this.#revisions.keys()]);
    return [...ids].filter((id) => before.get(id) !== this.#revisions.get(id));
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

  /** A process that still reads under the old scope must not write: it loses its lease as well. */
  #dropOtherScope(id: string, scope: string): void {
    this.#file.write((database) => {
      const other = database.prepare('SELECT 1 FROM account WHERE id = ? AND scope <> ?').get(id, scope);
      if (other !== undefined) {
        drop(database, id);
      }
    });
    this.#revisions.delete(id);
  }

  /** A transaction that can mark the account as written, which tells other processes. */
  #change<T>(id: string, work: (database: DatabaseSync, mark: () => void) => T): T {
    const scope = this.#scopes.get(id) ?? '';
    let marked: { before: number | undefined; after: number } | undefined;
    const result = this.#file.write((database) =>
      work(database, () => {
        const before = revisions(database).get(id);
        marked = { before, after: mark(database, id, scope) };
      }),
    );
    // What oneself has written is no news, unless another process wrote before.
    if (marked !== undefined && marked.before === this.#revisions.get(id)) {
      this.#revisions.set(id, marked.after);
    }
    return result;
  }

  /**
   * Whether the owner holds the lease, and nobody has put the account under another scope than this process knows. One
   * that was started anew knows none.
   */
  #mayWrite(database: DatabaseSync, id: string, { owner, now }: Write): boolean {
    const lease = database.prepare('SELECT 1 FROM lease WHERE account = ? AND owner = ? AND until > ?');
    const kept = database.prepare('SELECT scope FROM account WHERE id = ?').get(id)?.['scope'];
    const scope = this.#scopes.get(id) ?? kept;
    return lease.get(id, owner, now) !== undefined && (kept === undefined || kept === scope);
  }
}

/** With its lease, and what was told of its budgets. */
function drop(database: DatabaseSync, id: string): void {
  database.prepare('DELETE FROM account WHERE id = ?').run(id);
  for (const table of ['lease', 'told', 'quiet']) {
    database.prepare(`DELETE FROM ${table} WHERE account = ?`).run(id);
  }
}

function revisions(database: DatabaseSync): Map<string, number> {
  const rows = database.prepare('SELECT id, revision FROM account').all();
  return new Map((rows as { id: string; revision: number }[]).map(({ id, revision }) => [id, revision]));
}

/** Gives the account a mark that it never had, and with the first one its row. The mark is a whole number within 2^52. */
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
  id: string,
  now: EpochMs,
): { state: StateRow | undefined; parts: PartRow[] } {
  const state = database
    .prepare(
      `SELECT scope, asked_at AS askedAt, wait_until AS waitUntil, failures,
         (SELECT coalesce(sum(count), 0) FROM request WHERE account = id AND minute >= ?) AS requests
       FROM account WHERE id = ?`,
    )
    .get(firstCountedMinute(now), id);
  const parts = database
    .prepare('SELECT name, as_of AS asOf, value, failure FROM part WHERE account = ?')
    .all(id);
  return { state: state as StateRow | undefined, parts: parts as unknown as PartRow[] };
}

function toPart({ name, asOf, value, failure }: PartRow): [string, KeptReading] {
  const part: KeptReading = {
    ...(asOf === null ? {} : { asOf }),
    ...(value === null ? {} : { value: decodePlain(value) }),
    ...(failure === null ? {} : { failure: decodePlain(failure) as Failure }),
  };
  return [name, part];
}
