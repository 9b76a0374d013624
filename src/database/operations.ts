import type { StoredBreakdown } from '../usage/breakdownId';
import type { Basis } from '../usage/budgetBasis';
import type { UsageColumns } from '../usage/columns/columns';
import type { Failure } from '../usage/failure';
import type { Restatement } from '../usage/restatement';
import type { EpochMs, UtcDay } from '../usage/time';

/** What is kept of an account as a whole; the figures by day are blocks. */
export type StoredSection = 'summary' | 'compute' | 'storage' | 'spend' | 'machines';

export interface KeptReading {
  /** Plain data, `bigint` included; absent for parts whose figures are blocks, and when it was never read. */
  readonly value?: unknown;
  /** When the value, or the blocks of the open window, were asked for. */
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
  /** See `DayBlock`; it is `asOf` of a block that is written. */
  readonly lookedAt?: EpochMs;
  readonly columns: UsageColumns;
}

/** The vendor was asked for a day that is kept, and its answer does not cover it. */
export interface LookedAt {
  readonly part: StoredBreakdown;
  readonly day: UtcDay;
  readonly lookedAt: EpochMs;
}

/** What one reply, or one refusal, changes: all of it, or nothing. */
export interface Write {
  /** Who holds the account's lease; anyone else writes nothing. */
  readonly owner: string;
  readonly now: EpochMs;
  /** The newer value of a part stays, as with blocks; its failure is replaced by the given one. */
  readonly parts?: Readonly<Partial<Record<StoredSection, KeptReading>>>;
  /** Blocks older than the kept ones are left out. */
  readonly blocks?: readonly KeptBlock[];
  readonly looked?: readonly LookedAt[];
  /** What the vendor has taken back of what it had billed. */
  readonly restated?: readonly Restatement[];
  readonly askedAt?: EpochMs;
  /** Only ever extended, except by 0, which lifts the wait. */
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
  /** How many days of usage could still be read in it and are in the new one. */
  readonly rescued?: number;
}

export interface DatabaseSize {
  /** Of the file. */
  readonly bytes: number;
  /** Of which anything is kept, over all accounts. */
  readonly days: number;
}

/**
 * What the database can do, each call one transaction. Arguments and results are plain data, so that they can be handed
 * between threads. An account is named by its id, and means the scope under which this process asked for it last, or by
 * both (`underScope`). `now` is the caller's clock: what was kept under a later time than there can be counts for nothing. Every operation throws {@link DatabaseError} and nothing else, and then has changed nothing.
 */
export interface DatabaseOperations {
  /** Opens or makes the file. Returns what had to be set aside to do so. */
  open(): DatabaseTrouble | undefined;
  /**
   * What is kept of an account under a scope: the vendor, the organisation, the address, the rule for money. From then on
   * this process knows it under that scope; what is kept under others stays, apart.
   */
  account(id: string, scope: string, now: EpochMs): KeptAccount;
  /** When each kept day of a part was asked for, without opening its columns. */
  days(id: string, part: StoredBreakdown): ReadonlyMap<UtcDay, EpochMs>;
  /** The days of a part that are kept, of those given. */
  blocks(id: string, part: StoredBreakdown, days: readonly UtcDay[]): KeptBlock[];
  /** False, and nothing is written, when `owner` does not hold the account's lease, whatever the scope. */
  save(id: string, write: Write): boolean;
  /** Takes an account's lease, or renews one's own. One that ends later than a lease can is nobody's. */
  acquire(id: string, owner: string, now: EpochMs, durationMs: number): Lease;
  release(id: string, owner: string): void;
  /** Closed buckets whose value changed after it had been read, the newest first. */
  restatements(id: string): Restatement[];
  /**
   * Whether to tell a person that the threshold was passed. True for one call, then false for this threshold or a lower one,
   * in this period or an earlier one. False, and nothing is written, while the budget is muted.
   */
  claimAlert(id: string, passed: PassedThreshold, now: EpochMs): boolean;
  /** Mutes a budget until then; a later time that was set before stays. */
  snooze(id: string, budget: string, until: EpochMs, now: EpochMs): void;
  /** Drops the rows, leases and alerts of accounts. */
  drop(ids: readonly string[]): void;
  /**
   * The accounts that another process wrote or dropped since the last call, or whose lease it gave back. The first call
   * looks through the whole file for damage, since nobody waits for it.
   */
  changed(): string[];
  size(): DatabaseSize;
  /**
   * Drops all rows except leases and alerts, which would come twice otherwise, and gives the space back. The rows are gone
   * even when it throws because that fails.
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
