import type { Logger } from '../http/log';
import type { Access, UsageSource } from '../providers/provider';
import type { Account } from '../usage/account';
import { toFailure } from '../usage/failure';
import type { EpochMs } from '../usage/time';
import type { AccountState } from './accountState';
import type { DatabaseCache } from './databaseCache';
import { AccountLease } from './lease';
import { RequestCount } from './requestCount';
import type { Terms } from './scope';
import { unlessAborted } from './unlessAborted';
import { VendorWait } from './vendorWait';

/** Opens the vendor's API for an account, on these terms; `told` hears of requests and limits. Rejects with UsageError. */
export type OpenSource = (
  account: Account,
  told: Pick<Access, 'onRequest' | 'onQuotaExhausted'>,
  terms: Terms,
) => Promise<UsageSource>;

export interface AskingTurnOptions {
  readonly state: AccountState;
  readonly databaseCache: DatabaseCache;
  readonly open: OpenSource;
  readonly terms: Terms;
  readonly now: () => EpochMs;
  readonly log: Logger;
}

/**
 * This process's turn to ask the vendor about an account: when the wait is over, the key is there, and this process holds the
 * lease. Replies are saved under that lease.
 */
export class AskingTurn {
  readonly wait: VendorWait;
  readonly requests: RequestCount;
  readonly #options: AskingTurnOptions;
  readonly #lease: AccountLease;
  readonly #closing = new AbortController();

  constructor(options: AskingTurnOptions) {
    const { databaseCache, now, state } = options;
    this.#options = options;
    this.wait = new VendorWait(now);
    this.requests = new RequestCount(now);
    this.#lease = new AccountLease({ databaseCache, accountId: state.account.id, now });
  }

  get isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  /**
   * Waits for this process's turn to ask. Gets the key first, so that an unresponsive secret storage keeps nobody else waiting.
   * Call {@link giveBack} afterwards, unless this rejects.
   */
  async take(signal: AbortSignal): Promise<UsageSource> {
    const source = await this.open(signal);
    await this.#lease.take(signal);
    return source;
  }

  giveBack(): Promise<void> {
    return this.#lease.giveBack();
  }

  /** Asks the vendor for what somebody has just opened. Rejects with UsageError. */
  async ask<T>(question: (source: UsageSource, signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#closing;
    try {
      const source = await this.take(signal);
      try {
        this.wait.throwWhileWaiting(); // another process may have been told to wait meanwhile
        return await question(source, signal);
      } finally {
        await this.giveBack();
      }
    } catch (error) {
      this.wait.deferAfter(toFailure(error));
      throw error;
    }
  }

  /** For callers that have a turn. Rejects with UsageError, also while the vendor's wait lasts. */
  async open(signal: AbortSignal): Promise<UsageSource> {
    this.wait.throwWhileWaiting();
    const { open, state, terms } = this.#options;
    const told = {
      onRequest: (): void => {
        this.requests.add();
      },
      onQuotaExhausted: (until: EpochMs): void => {
        this.wait.deferUntil(until);
      },
    };
    return unlessAborted(open(state.account, told, terms), signal);
  }

  /** Saves what was read and the requests sent. Does nothing once closed: the account has another scope by now, or is gone. */
  async save(write: Partial<Parameters<DatabaseCache['save']>[1]>): Promise<void> {
    if (this.isClosed) {
      return;
    }
    const { databaseCache, state, now, log } = this.#options;
    const own = { owner: this.#lease.owner, now: now(), requests: this.requests.takeUnsaved() };
    if (!(await databaseCache.save(state.keptAs, { ...own, ...write }))) {
      log.warn(`account ${state.account.id}: another process reads it meanwhile; this reply is not kept`);
    }
  }

  /** Another process may have given its lease back. */
  checkForChanges(): void {
    this.#lease.checkForChanges();
  }

  /** Stops all asking. Resolves when the lease is given back; never rejects. */
  close(): Promise<void> {
    this.#closing.abort();
    return this.#lease.end();
  }
}
