import type { DatabaseSize } from '../database/operations';
import type { Logger } from '../http/log';
import type { Account, ProviderId } from '../usage/account';
import type { MoneyRule } from '../usage/meter';
import { type EpochMs, SECOND } from '../usage/time';
import { AccountStore, type KnownAccount } from './accountStore';
import type { OpenSource } from './askingTurn';
import type { DatabaseCache } from './databaseCache';
import { Emitter } from './emitter';
import { scopeOf, type Terms } from './scope';

export interface UsageStoreOptions {
  readonly databaseCache: DatabaseCache;
  readonly open: OpenSource;
  /** How a vendor's prices are to be read. */
  readonly moneyRule: (provider: ProviderId) => MoneyRule;
  /** The address of a vendor's API in the settings; absent if no vendor uses a network. */
  readonly baseUrl?: (provider: ProviderId) => string;
  /** Calls the listener when any process may have written the database; absent where no other process has it. */
  readonly watchDatabase?: (listener: () => void) => { dispose(): void };
  readonly now: () => EpochMs;
  readonly log: Logger;
}

/** How often a visible window looks for other windows' writes that its system did not tell of: some file systems tell nothing. */
const LOOKS_EVERY_MS = 30 * SECOND;

/** What is known of each account, kept in the database and shared by all windows; the only place that decides to fetch. */
export class UsageStore {
  readonly #options: UsageStoreOptions;
  readonly #accounts = new Map<string, AccountStore>();
  readonly #changed = new Emitter<string>((error) => {
    this.#options.log.error(`a listener of the store: ${String(error)}`);
  });
  #watching: { dispose(): void } | undefined;
  /** A look at the database is under way. */
  #looking = false;
  /** There may be news since it began. */
  #toldSince = false;

  constructor(options: UsageStoreOptions) {
    this.#options = options;
  }

  /** Fires with the id of an account whose usage, or whose refreshing, changed. */
  readonly onDidChange = this.#changed.event;

  /**
   * The account under its present scope; reading under an earlier scope is stopped and ignored. Look it up at each use, since
   * the scope may change meanwhile.
   */
  of(account: Account): KnownAccount {
    const terms = this.#termsOf(account);
    const known = this.#accounts.get(account.id);
    if (known?.scope === scopeOf(account, terms)) {
      known.account = account;
      return known;
    }
    const own = new AccountStore({
      ...this.#options,
      ...{ account, terms },
      onChange: () => {
        if (this.#accounts.get(account.id) === own) {
          this.#changed.fire(account.id);
        }
      },
    });
    this.#accounts.set(account.id, own);
    void known?.close();
    return own;
  }

  /** The account as it was last asked for; undefined until it was restored or a refresh was asked for. */
  known(accountId: string): KnownAccount | undefined {
    return this.#accounts.get(accountId);
  }

  /**
   * Forgets all other accounts in this window; an account under another scope is another account. Data on disk stays: a list
   * that is short may be broken.
   */
  retain(accounts: readonly Account[]): void {
    for (const [id, { scope }] of [...this.#accounts]) {
      const current = accounts.find((own) => own.id === id);
      if (current === undefined || scopeOf(current, this.#termsOf(current)) !== scope) {
        this.forget(id);
      }
    }
  }

  /** Drops all that is known of accounts, here and on disk: a person removed them. */
  async erase(accountIds: readonly string[]): Promise<void> {
    await this.#options.databaseCache.drop(accountIds);
    for (const id of accountIds) {
      this.forget(id);
    }
  }

  /** Drops all that is at hand of an account, and stops what is under way for it. */
  forget(accountId: string): void {
    const account = this.#accounts.get(accountId);
    this.#accounts.delete(accountId);
    void account?.close();
    this.#changed.fire(accountId);
  }

  /** Watches what other windows write, while somebody looks at this one. */
  watch(on: boolean): void {
    if (on === (this.#watching !== undefined)) {
      return;
    }
    this.#watching?.dispose();
    this.#watching = on ? this.#startWatching() : undefined;
  }

  /** Size on disk; undefined where nothing can be kept. */
  size(): Promise<DatabaseSize | undefined> {
    return this.#options.databaseCache.size();
  }

  /** Drops all that is kept, on disk and at hand. */
  async clear(): Promise<void> {
    await this.#options.databaseCache.clear(); // first: looking up a forgotten account restores it from disk
    for (const id of [...this.#accounts.keys()]) {
      this.forget(id);
    }
  }

  /** Stops everything, and resolves when no other process has to wait for this one. Never rejects. */
  async close(): Promise<void> {
    this.watch(false);
    const accounts = [...this.#accounts.values()];
    this.#accounts.clear();
    await Promise.all(accounts.map((account) => account.close()));
  }

  dispose(): void {
    void this.close();
  }

  #startWatching(): { dispose(): void } {
    const look = (): void => {
      void this.#lookForWrites();
    };
    if (this.#accounts.size > 0) {
      look(); // else there is nothing yet that another window could have written since
    }
    const told = this.#options.watchDatabase?.(look);
    const timer = setInterval(look, LOOKS_EVERY_MS);
    return {
      dispose: () => {
        told?.dispose();
        clearInterval(timer);
      },
    };
  }

  /** One look at a time, so that calls to a slow database do not pile up. */
  async #lookForWrites(): Promise<void> {
    this.#toldSince = this.#looking;
    if (this.#looking) {
      return;
    }
    this.#looking = true;
    for (const id of await this.#options.databaseCache.changed()) {
      this.#accounts.get(id)?.checkForChanges();
    }
    this.#looking = false;
    if (this.#toldSince) {
      await this.#lookForWrites();
    }
  }

  #termsOf({ provider }: Account): Terms {
    const { moneyRule, baseUrl } = this.#options;
    return { moneyRule: moneyRule(provider), baseUrl: baseUrl?.(provider) ?? '' };
  }
}
