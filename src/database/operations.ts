import type { StoredBreakdown } from '../usage/breakdownId';
import type { Basis } from '../usage/budgetBasis';
import type { UsageColumns } from '../usage/columns/columns';
import type { Failure } from '../usage/failure';
import type { Restatement } from '../usage/restatement';
import type { EpochMs, UtcDay } from '../usage/time';

/** Stored sections of an account; the figures by day are blocks. */
export type StoredSection = 'summary' | 'compute' | 'storage' | 'spend' | 'machines';

export interface KeptReading {
  /** Plain data, including `bigint`; absent for parts whose figures are blocks, and if never read. */
  readonly value?: unknown;
  /** When the value, or the blocks of the open days, were requested. */
  readonly asOf?: EpochMs;
  /** Why the newest attempt failed. */
  readonly failure?: Failure;
}

export interface KeptAccount {
  readonly parts: Readonly<Partial<Record<StoredSection, KeptReading>>>;
  /** When anything was last asked for, answered or not; 0 when never. */
  readonly askedAt: EpochMs;
  /** The end of the wait that the vendor asked for; 0 without one. */
  readonly waitUntil: EpochMs;
  /** Attempts that failed since the last good one, for the back-off. */
  readonly failures: number;
  /** Requests to the vendor within the last hour, of all windows. */
  readonly requests: number;
}

export interface KeptBlock {
  readonly part: StoredBreakdown;
  readonly day: UtcDay;
  readonly asOf: EpochMs;
  /** See `DayBlock`; equals `asOf` when a block is written. */
  readonly lookedAt?: EpochMs;
  readonly columns: UsageColumns;
}

/** The vendor was asked for a day that is kept, and its answer does not cover it. */
export interface LookedAt {
  readonly part: StoredBreakdown;
  readonly day: UtcDay;
  readonly lookedAt: EpochMs;
}

/** The changes from one reply or refusal: all or nothing. */
export interface Write {
  /** Who holds the account's lease; anyone else writes nothing. */
  readonly owner: string;
  readonly now: EpochMs;
  /** The newer value of a part stays, as with blocks; the given failure replaces the old one. */
  readonly parts?: Readonly<Partial<Record<StoredSection, KeptReading>>>;
  /** Blocks older than the kept ones are left out. */
  readonly blocks?: readonly KeptBlock[];
  readonly looked?: readonly LookedAt[];
  /** Billed amounts that the vendor has taken back. */
  readonly restated?: readonly Restatement[];
  readonly askedAt?: EpochMs;
  /** Only extends the wait, except 0, which ends it. */
  readonly waitUntil?: EpochMs;
  readonly failures?: number;
  /** How many requests were sent since the last write. */
  readonly requests?: number;
}

export interface Lease {
  /** False while another process holds it. */
  readonly granted: boolean;
  /** When it ends unless it is renewed. */
  readonly until: EpochMs;
}

/** A threshold of one of an account's budgets, and the period in which it was passed. */
export interface PassedThreshold {
  /** `budgetKey` */
  readonly budget: string;
  /** When the period began. */
  readonly period: EpochMs;
  readonly basis: Basis;
  /** A whole percent. */
  readonly threshold: number;
}

export type DatabaseTroubleKind =
  /** This VS Code has no SQLite. */
  | 'missing'
  | 'readOnly'
  | 'full'
  /** A later version of the extension has written it; it is left as it is. */
  | 'newer'
  /** It could not be read and was set aside; a new one is in its place. */
  | 'corrupt'
  /** Another process kept it locked for too long. */
  | 'busy'
  | 'internal';

export interface DatabaseTrouble {
  readonly kind: DatabaseTroubleKind;
  readonly detail: string;
  /** Where the unreadable file is now. */
  readonly setAside?: string;
  /** Days of usage that were rescued from it into the new file. */
  readonly rescued?: number;
}

export interface DatabaseSize {
  /** File size. */
  readonly bytes: number;
  /** Days with any data, over all accounts. */
  readonly days: number;
}

/**
 * The database's operations; each call is one transaction. Arguments and results are plain data, so that they can be passed
 * between threads. An account is named by its id, meaning the scope under which this process last asked for it, or by id and
 * scope (`underScope`). `now` is the caller's clock: data stored with an impossibly late time is ignored. Operations throw only
 * {@link DatabaseError}, and then have changed nothing.
 */
export interface DatabaseOperations {
  /** Opens or makes the file. Returns what had to be set aside to do so. */
  open(): DatabaseTrouble | undefined;
  /**
   * What is stored for an account under a scope: the vendor, organisation, address and money rule. From then on this process
   * knows it under that scope; data under other scopes stays, separately.
   */
  account(id: string, scope: string, now: EpochMs): KeptAccount;
  /** When each stored day of a part was requested. Does not open the columns. */
  days(id: string, part: StoredBreakdown): ReadonlyMap<UtcDay, EpochMs>;
  /** The stored days of a part, among those given. */
  blocks(id: string, part: StoredBreakdown, days: readonly UtcDay[]): KeptBlock[];
  /** False, and nothing is written, when `owner` does not hold the account's lease, whatever the scope. */
  save(id: string, write: Write): boolean;
  /** Takes an account's lease, or renews one's own. One that ends later than possible counts as free. */
  acquire(id: string, owner: string, now: EpochMs, durationMs: number): Lease;
  release(id: string, owner: string): void;
  /** Closed buckets whose value changed after it had been read, the newest first. */
  restatements(id: string): Restatement[];
  /**
   * Whether to alert a person that the threshold was passed. True for one call, then false for this or a lower threshold, in
   * this or an earlier period. False, and nothing is written, while the budget is muted.
   */
  claimAlert(id: string, passed: PassedThreshold, now: EpochMs): boolean;
  /** Mutes a budget until then; a later time that was set before stays. */
  snooze(id: string, budget: string, until: EpochMs, now: EpochMs): void;
  /** Drops the rows, leases and alerts of accounts. */
  drop(ids: readonly string[]): void;
  /**
   * The accounts that another process wrote or dropped, or whose lease it released, since the last call. The first call checks
   * the whole file for damage, since nobody waits for it.
   */
  changed(): string[];
  size(): DatabaseSize;
  /**
   * Drops all rows except leases and alerts, which would otherwise be shown twice, then frees the space. The rows are gone even
   * if freeing throws.
   */
  clear(): void;
  close(): void;
}

/** The same, from another thread. */
export type UsageDatabase = {
  readonly [Name in keyof DatabaseOperations]: (
    ...args: Parameters<DatabaseOperations[Name]>
  ) => Promise<ReturnType<DatabaseOperations[Name]>>;
};

export class DatabaseError extends Error {
  readonly trouble: DatabaseTrouble;

  constructor(trouble: DatabaseTrouble, options?: ErrorOptions) {
    super(`${trouble.kind}: ${trouble.detail}`, options);
    this.name = 'DatabaseError';
    this.trouble = trouble;
  }
}
