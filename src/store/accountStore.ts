import type { Logger } from '../http/log';
import type { Account } from '../usage/account';
import type { BreakdownId } from '../usage/breakdownId';
import type { Breakdown } from '../usage/columns/breakdown';
import type { UsageColumns } from '../usage/columns/columns';
import { UsageError } from '../usage/failure';
import { type EpochMs, monthToDate, type UtcDay } from '../usage/time';
import { AccountRefresh } from './accountRefresh';
import { AccountRestore } from './accountRestore';
import { AccountState, type KnownState } from './accountState';
import { type AccountUsage, asOf } from './accountUsage';
import { AskingTurn, type OpenSource } from './askingTurn';
import type { DatabaseCache } from './databaseCache';
import type { DayBlock, DayKey } from './dayBlock';
import type { DayCache } from './dayCache';
import { DayLoader, type LoadProgress } from './dayLoader';
import { dayPartsOf } from './dayParts';
import { OpenedHours } from './openedHours';
import { overviewWants } from './overview';
import { restoreBlocks } from './restore';
import type { Terms } from './scope';

export interface AccountStoreOptions {
  readonly account: Account;
  readonly databaseCache: DatabaseCache;
  readonly open: OpenSource;
  readonly terms: Terms;
  readonly now: () => EpochMs;
  readonly log: Logger;
  readonly onChange: () => void;
}

/** The store of an account without what only `UsageStore` may do to it. */
export type KnownAccount = Omit<AccountStore, 'account' | 'scope' | 'checkForChanges' | 'close'>;

/** What is known of one account, and how to know more. */
export class AccountStore {
  /** Hours of one machine, and spend of one hour. */
  readonly opened: OpenedHours;
  readonly #options: AccountStoreOptions;
  readonly #state: AccountState;
  readonly #turn: AskingTurn;
  readonly #restore: AccountRestore;
  readonly #refresh: AccountRefresh;
  readonly #days: DayLoader;

  constructor(options: AccountStoreOptions) {
    const { account, databaseCache, terms, open, now, log, onChange } = options;
    this.#options = options;
    const state = new AccountState(account, terms, now);
    this.#state = state;
    this.#turn = new AskingTurn({ state, databaseCache, open, terms, now, log });
    this.#restore = new AccountRestore({ state, turn: this.#turn, databaseCache, now, onChange });
    this.#days = this.#dayLoader(onChange);
    this.#refresh = new AccountRefresh({
      ...{ state, turn: this.#turn, restore: this.#restore, days: this.#days, now, log, onChange },
    });
    const { dayCache, keptAs } = state;
    this.opened = new OpenedHours({
      ...{ dayCache, now },
      restore: ({ part, day }) => restoreBlocks(databaseCache, keptAs, dayCache, part, [day]),
      columns: (part, day) => this.columns(part, day),
      inTurn: (ask) => this.#turn.ask(ask),
    });
  }

  set account(account: Account) {
    this.#state.account = account;
  }

  /** For computing values from it; only the store changes it. */
  get state(): KnownState {
    return this.#state;
  }

  /** What the account's rows depend on besides its id. */
  get scope(): string {
    return this.#state.scope;
  }

  get usage(): AccountUsage {
    return this.#state.usage;
  }

  get dayCache(): DayCache {
    return this.#state.dayCache;
  }

  /** Whether the database has been asked what it has. */
  get isRestored(): boolean {
    return this.#restore.isDone;
  }

  /** The refresh that is under way, if any. */
  get refreshing(): Promise<void> | undefined {
    return this.#refresh.underWay;
  }

  /** The requests for days that are under way, if any. */
  get loading(): LoadProgress | undefined {
    return this.#days.progress;
  }

  get isBusy(): boolean {
    return this.refreshing !== undefined || this.loading !== undefined;
  }

  /** When it was last read in full or in part; undefined when never. */
  get readAt(): EpochMs | undefined {
    return asOf(this.usage);
  }

  /** As in {@link AccountState.askedAt}. */
  get askedAt(): EpochMs {
    return this.#state.askedAt;
  }

  /** Attempts that failed since the last good one. */
  get failures(): number {
    return this.#state.failures;
  }

  /** When the wait that the vendor asked for ends; undefined if there is none, or it has passed. */
  get waitUntil(): EpochMs | undefined {
    return this.#turn.wait.until;
  }

  /** Requests to the vendor within the last hour, of all windows as far as is known. */
  get requestsLastHour(): number {
    return this.#turn.requests.lastHour;
  }

  /** Shows what is kept, of this process or of others. Never rejects. */
  restore(): Promise<void> {
    return this.#restore.restore();
  }

  /** Another process has written, or given its lease back. */
  checkForChanges(): void {
    this.#turn.checkForChanges();
    void this.restore();
  }

  /**
   * Reads the month to date, unless any process asked for it less than `maxAgeMs` ago; a refresh that is under way, here or
   * in another process, is joined. Sends nothing while the vendor's wait lasts. Never rejects: failures are in the usage.
   */
  refresh(maxAgeMs = 0): Promise<void> {
    return this.#refresh.refresh(maxAgeMs);
  }

  /**
   * Reads every day of the month again, closed days included, which the vendor may have restated, and the summary. Aborting
   * gives up the days that nobody else wants; what was read stays. Never rejects.
   */
  async readAgain(signal?: AbortSignal): Promise<void> {
    await this.refreshing; // this refresh has already chosen its days
    const { account, capabilities, dayCache } = this.#state;
    const now = this.#options.now();
    const parts = [...new Set([...capabilities.overview, ...dayPartsOf(capabilities, account)])];
    const wants = overviewWants({ overview: parts }, monthToDate(now));
    dayCache.expire(wants, now);
    await this.refresh();
    await this.load(
      wants.filter(({ part }) => !capabilities.overview.includes(part)),
      signal,
    );
  }

  /** Stops a refresh; what it read is kept, the rest stays as it was. Days that somebody else wants are read on. */
  cancelRefresh(): void {
    this.#refresh.cancel();
  }

  /** Lets it be asked at once: its key or address has changed, so answers to the old one are void. */
  resetBackoff(): void {
    this.cancelRefresh();
    this.cancelLoading();
    this.#refresh.resetBackoff();
  }

  /**
   * Loads days into the cache: from the database, else from the vendor in as few requests as possible. Current days stay;
   * requests under way are joined. Resolves when these days are done; never rejects, since failures are kept in the cache.
   * Aborting gives up the days that nobody else wants.
   */
  async load(wants: readonly DayKey[], signal?: AbortSignal): Promise<void> {
    const before = this.#days.progress?.total;
    const release = this.dayCache.hold(wants);
    const missing = wants.filter((want) => !this.dayCache.isCurrent(want));
    const reading = this.#days.load(missing, signal);
    if (this.#days.progress?.total !== before) {
      this.#options.onChange();
    }
    await reading;
    release();
  }

  /** Stops reading days, for everybody. */
  cancelLoading(): void {
    this.#days.cancel();
  }

  /** All rows of a day, by hour where the vendor has hours. Rejects with UsageError; then the next call asks again. */
  async breakdowns(day: UtcDay): Promise<readonly Breakdown[]> {
    const [compute, storage] = await Promise.all([
      this.#block('computeHours', day),
      this.#block('storage', day),
    ]);
    return [
      { kind: 'compute', ...compute },
      { kind: 'storage', ...storage },
    ];
  }

  /** The rows of one part of a day. Rejects with UsageError; then the next call asks again. */
  async columns(part: BreakdownId, day: UtcDay): Promise<UsageColumns> {
    const { columns } = await this.#block(part, day);
    return columns;
  }

  /** Stops all that is under way, and resolves when the lease is given back. Never rejects. */
  close(): Promise<void> {
    this.cancelRefresh();
    this.cancelLoading();
    return this.#turn.close();
  }

  #dayLoader(onChange: () => void): DayLoader {
    const { databaseCache, now } = this.#options;
    const { dayCache, keptAs, capabilities } = this.#state;
    const turn = this.#turn;
    return new DayLoader({
      ...{ dayCache, capabilities, now, onChange },
      lease: {
        take: (signal) => turn.take(signal).then(() => undefined),
        giveBack: () => turn.giveBack(),
      },
      open: (signal) => turn.open(signal),
      restore: (part, days) => restoreBlocks(databaseCache, keptAs, dayCache, part, days),
      save: (blocks, looked) => turn.save({ blocks, looked }),
      restores: () => databaseCache.works,
      onFailure: (failure) => {
        turn.wait.deferAfter(failure);
      },
    });
  }

  async #block(part: BreakdownId, day: UtcDay): Promise<DayBlock> {
    const want = { part, day };
    if (!this.dayCache.isCurrent(want)) {
      await this.load([want]);
    }
    const block = this.dayCache.block(part, day);
    const failure = this.dayCache.failureOf(want);
    if (block === undefined || failure !== undefined) {
      throw new UsageError(failure ?? { kind: 'cancelled' });
    }
    return block;
  }
}
