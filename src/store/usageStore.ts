import type { DatabaseSize } from '../database/operations';
import type { Logger } from '../http/log';
import type { HourQuery } from '../providers/provider';
import type { Account, ProviderId } from '../usage/account';
import type { BreakdownId } from '../usage/breakdownId';
import type { HourSpend, UsageBucket } from '../usage/bucket';
import type { Breakdown } from '../usage/columns/breakdown';
import type { UsageColumns } from '../usage/columns/columns';
import type { MoneyRule } from '../usage/meter';
import type { EpochMs, UtcDay } from '../usage/time';
import type { KnownState } from './accountState';
import { AccountStore } from './accountStore';
import { type AccountUsage, asOf } from './accountUsage';
import type { OpenSource } from './askingTurn';
import type { DatabaseCache } from './databaseCache';
import type { DayKey } from './dayBlock';
import type { DayCache } from './dayCache';
import type { LoadProgress } from './dayLoader';
import { Emitter } from './emitter';
import { scopeOf, type Terms } from './scope';

export interface UsageStoreOptions {
  readonly databaseCache: DatabaseCache;
  readonly open: OpenSource;
  /** How a vendor's prices are to be read. */
  readonly moneyRule: (provider: ProviderId) => MoneyRule;
  /** The address of a vendor's API in the settings; absent if no vendor uses a network. */
  readonly baseUrl?: (provider: ProviderId) => string;
  readonly now: () => EpochMs;
  readonly log: Logger;
}

/** How often a visible window checks for other windows' writes; a check reads the file's header. */
const LOOKS_EVERY_MS = 500;

/** What is known of each account, kept in the database and shared by all windows; the only place that decides to fetch. */
export class UsageStore {
  readonly #options: UsageStoreOptions;
  readonly #accounts = new Map<string, AccountStore>();
  readonly #changed = new Emitter<string>((error) => {
    this.#options.log.error(`a listener of the store: ${String(error)}`);
  });
  #watching: NodeJS.Timeout | undefined;
  #checking = false;

  constructor(options: UsageStoreOptions) {
    this.#options = options;
  }

  /** Fires with the id of an account whose usage, or whose refreshing, changed. */
  readonly onDidChange = this.#changed.event;

  /** Undefined until the account was restored or a refresh was asked for. */
  usage(accountId: string): AccountUsage | undefined {
    return this.#accounts.get(accountId)?.usage;
  }

  /** Whether the database has been asked what it has of an account. */
  isRestored(accountId: string): boolean {
    return this.#accounts.get(accountId)?.isRestored ?? false;
  }

  isRefreshing(accountId: string): boolean {
    return this.refreshing(accountId) !== undefined;
  }

  /** The end of the wait that the vendor asked for; undefined without one, or when it has passed. */
  waitUntil(accountId: string): EpochMs | undefined {
    return this.#accounts.get(accountId)?.waitUntil;
  }

  /** When the account was last read in full or in part; undefined when never. */
  readAt(accountId: string): EpochMs | undefined {
    const usage = this.usage(accountId);
    return usage === undefined ? undefined : asOf(usage);
  }

  /** When the vendor was last asked for the month, by any window and whether or not it answered; 0 when never. */
  askedAt(accountId: string): EpochMs {
    return this.#accounts.get(accountId)?.askedAt ?? 0;
  }

  /** Refreshes that failed since the last good one. */
  failures(accountId: string): number {
    return this.#accounts.get(accountId)?.failures ?? 0;
  }

  /** Requests within the last hour, of all windows. */
  requestsLastHour(accountId: string): number {
    return this.#accounts.get(accountId)?.requestsLastHour ?? 0;
  }

  /** Shows what is kept of an account. Never rejects. */
  restore(account: Account): Promise<void> {
    return this.#account(account).restore();
  }

  /**
   * Reads the account's month to date, unless any window asked for it less than `maxAgeMs` ago. If another window is doing so,
   * waits and shows its result. Sends nothing while the vendor's wait lasts. Never rejects: failures are in the usage.
   */
  refresh(account: Account, maxAgeMs = 0): Promise<void> {
    return this.#account(account).refresh(maxAgeMs);
  }

  /**
   * Reads the month to date again, including closed days, which the vendor may have restated. For a person who asks for it;
   * never rejects. Aborting gives up the days that come after the refresh; what was read stays.
   */
  readAgain(account: Account, signal?: AbortSignal): Promise<void> {
    return this.#account(account).readAgain(signal);
  }

  /** What is known of an account, under its scope; undefined until it was restored or a refresh was asked for. */
  accountState(accountId: string): KnownState | undefined {
    return this.#accounts.get(accountId)?.state;
  }

  /** The refresh that is under way, if any. */
  refreshing(accountId: string): Promise<void> | undefined {
    return this.#accounts.get(accountId)?.refreshing;
  }

  cancelRefresh(accountId: string): void {
    this.#accounts.get(accountId)?.cancelRefresh();
  }

  /** Lets an account be asked at once: its key or address has changed, so answers to the old one are void. */
  resetBackoff(accountId: string): void {
    this.#accounts.get(accountId)?.resetBackoff();
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

  /** The days of an account that are at hand; undefined until it was restored or a refresh was asked for. */
  dayCache(accountId: string): DayCache | undefined {
    return this.#accounts.get(accountId)?.dayCache;
  }

  /**
   * Loads days into the account's cache: from the database, else from the vendor in as few requests as possible. Current days
   * stay; requests under way are joined. Resolves when these days are done; never rejects, since failures are kept in the
   * cache. Aborting gives up the days that nobody else wants.
   */
  load(account: Account, wants: readonly DayKey[], signal?: AbortSignal): Promise<void> {
    return this.#account(account).load(wants, signal);
  }

  /** Keeps days at hand that are shown or being written, until the returned function is called. */
  hold(account: Account, wants: readonly DayKey[]): () => void {
    return this.#account(account).dayCache.hold(wants);
  }

  /** The requests for days that are under way, if any. */
  loading(accountId: string): LoadProgress | undefined {
    return this.#accounts.get(accountId)?.loading;
  }

  cancelLoading(accountId: string): void {
    this.#accounts.get(accountId)?.cancelLoading();
  }

  /** Drops all that is at hand of an account, and stops what is under way for it. */
  forget(accountId: string): void {
    const account = this.#accounts.get(accountId);
    this.#accounts.delete(accountId);
    void account?.close();
    this.#changed.fire(accountId);
  }

  /** Hour buckets of one machine on a day. Rejects with UsageError; then the next call asks again. */
  hours(account: Account, day: UtcDay, machineId: string): Promise<readonly UsageBucket[]> {
    return this.#account(account).opened.hours(day, machineId);
  }

  /** All rows of a day, by hour where the vendor has hours. Rejects with UsageError; then the next call asks again. */
  breakdowns(account: Account, day: UtcDay): Promise<readonly Breakdown[]> {
    return this.#account(account).breakdowns(day);
  }

  /** The rows of one part of a day. Rejects with UsageError; then the next call asks again. */
  columns(account: Account, part: BreakdownId, day: UtcDay): Promise<UsageColumns> {
    return this.#account(account).columns(part, day);
  }

  /** The spend of an hour, at the query's depth. Rejects with UsageError; then the next call asks again. */
  hourSpend(account: Account, query: HourQuery): Promise<HourSpend> {
    return this.#account(account).opened.spend(query);
  }

  /** When the hours of a machine were requested; undefined if they are not at hand. */
  hoursAsOf(accountId: string, day: UtcDay, machineId: string): EpochMs | undefined {
    return this.#accounts.get(accountId)?.opened.hoursAsOf(day, machineId);
  }

  /** When the spend of an hour was requested, at this query's depth; undefined if it was not. */
  hourSpendAsOf(accountId: string, query: HourQuery): EpochMs | undefined {
    return this.#accounts.get(accountId)?.opened.spendAsOf(query);
  }

  /** Watches what other windows write, while somebody looks at this one. */
  watch(on: boolean): void {
    if (on && this.#watching === undefined) {
      this.#checkForChanges();
      this.#watching = setInterval(() => {
        this.#checkForChanges();
      }, LOOKS_EVERY_MS);
    } else if (!on) {
      clearInterval(this.#watching);
      this.#watching = undefined;
    }
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

  /** One check at a time, so that calls to a slow database do not pile up. */
  #checkForChanges(): void {
    if (this.#checking) {
      return;
    }
    this.#checking = true;
    void this.#options.databaseCache.changed().then((ids) => {
      this.#checking = false;
      for (const id of ids) {
        this.#accounts.get(id)?.checkForChanges();
      }
    });
  }

  #termsOf({ provider }: Account): Terms {
    const { moneyRule, baseUrl } = this.#options;
    return { moneyRule: moneyRule(provider), baseUrl: baseUrl?.(provider) ?? '' };
  }

  /** The account's store under its present scope; reading under an earlier scope is stopped and ignored. */
  #account(account: Account): AccountStore {
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
}
