import type { Logger } from '../http/log';
import type { Account } from '../usage/account';
import type { Breakdown } from '../usage/columns/breakdown';
import type { UsageColumns } from '../usage/columns/columns';
import { UsageError } from '../usage/failure';
import type { HistoryPart } from '../usage/part';
import { type EpochMs, monthToDate, type UtcDay } from '../usage/time';
import { AccountRecall } from './accountRecall';
import { AccountRefresh } from './accountRefresh';
import { AccountState, type KnownState } from './accountState';
import type { AccountUsage } from './accountUsage';
import type { Archive } from './archive';
import { AskingTurn, type OpenSource } from './askingTurn';
import type { DayBlock, Want } from './dayBlock';
import { DayLoader, type LoadProgress } from './dayLoader';
import { dayPartsOf } from './dayParts';
import type { History } from './history';
import { OpenedHours } from './openedHours';
import { overviewWants } from './overview';
import { recallBlocks } from './recall';
import type { Terms } from './scope';

export interface AccountStoreOptions {
  readonly account: Account;
  readonly archive: Archive;
  readonly open: OpenSource;
  readonly terms: Terms;
  readonly now: () => EpochMs;
  readonly log: Logger;
  readonly onChange: () => void;
}

/** What is known of one account, and how to know more. */
export class AccountStore {
  readonly opened: OpenedHours;
  readonly #options: AccountStoreOptions;
  readonly #state: AccountState;
  readonly #turn: AskingTurn;
  readonly #recall: AccountRecall;
  readonly #refresh: AccountRefresh;
  readonly #days: DayLoader;

  constructor(options: AccountStoreOptions) {
    const { account, archive, terms, open, now, log, onChange } = options;
    this.#options = options;
    const state = new AccountState(account, terms, now);
    this.#state = state;
    this.#turn = new AskingTurn({ state, archive, open, terms, now, log });
    this.#recall = new AccountRecall({ state, turn: this.#turn, archive, now, onChange });
    this.#days = this.#dayLoader(onChange);
    this.#refresh = new AccountRefresh({
      ...{ state, turn: this.#turn, recall: this.#recall, days: this.#days, now, log, onChange },
    });
    const { history, keptAs } = state;
    this.opened = new OpenedHours({
      ...{ history, now },
      recall: ({ part, day }) => recallBlocks(archive, keptAs, history, part, [day]),
      columns: (part, day) => this.columns(part, day),
      inTurn: (ask) => this.#turn.ask(ask),
    });
  }

  set account(account: Account) {
    this.#state.account = account;
  }

  /** For who works something out of it; only the store changes it. */
  get state(): KnownState {
    return this.#state;
  }

  /** What else than the account makes its rows what they are. */
  get scope(): string {
    return this.#state.scope;
  }

  get usage(): AccountUsage {
    return this.#state.usage;
  }

  get history(): History {
    return this.#state.history;
  }

  /** Whether the database has been asked what it has. */
  get isRecalled(): boolean {
    return this.#recall.isDone;
  }

  get refreshing(): Promise<void> | undefined {
    return this.#refresh.underWay;
  }

  get loading(): LoadProgress | undefined {
    return this.#days.progress;
  }

  /** As in {@link AccountState.askedAt}. */
  get askedAt(): EpochMs {
    return this.#state.askedAt;
  }

  /** Attempts that failed since the last good one. */
  get failures(): number {
    return this.#state.failures;
  }

  /** Until when the vendor asked for no more requests; undefined when it did not, or when that has passed. */
  get waitUntil(): EpochMs | undefined {
    return this.#turn.wait.until;
  }

  /** Requests to the vendor within the last hour, of all windows as far as is known. */
  get requestsLastHour(): number {
    return this.#turn.requests.lastHour;
  }

  /** Shows what is kept, of this process or of others. Never rejects. */
  recall(): Promise<void> {
    return this.#recall.recall();
  }

  /** Another process has written, or given its lease back. */
  look(): void {
    this.#turn.look();
    void this.recall();
  }

  /**
   * Reads the month to date, unless any process asked for it less than `maxAgeMs` ago; a refresh that is under way is
   * joined. Never rejects.
   */
  refresh(maxAgeMs = 0): Promise<void> {
    return this.#refresh.refresh(maxAgeMs);
  }

  /**
   * Reads every day of the month anew, those that have long closed too, with the summary. The signal gives up the days that
   * nobody else wants. Never rejects.
   */
  async readAgain(signal?: AbortSignal): Promise<void> {
    await this.refreshing; // it has chosen its days already
    const { account, capabilities, history } = this.#state;
    const now = this.#options.now();
    const parts = [...new Set([...capabilities.overview, ...dayPartsOf(capabilities, account)])];
    const wants = overviewWants({ overview: parts }, monthToDate(now));
    history.expire(wants, now);
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

  release(): void {
    this.cancelRefresh();
    this.cancelLoading();
    this.#refresh.release();
  }

  async load(wants: readonly Want[], signal?: AbortSignal): Promise<void> {
    const before = this.#days.progress?.total;
    const release = this.history.hold(wants);
    const missing = wants.filter((want) => !this.history.isCurrent(want));
    const reading = this.#days.load(missing, signal);
    if (this.#days.progress?.total !== before) {
      this.#options.onChange();
    }
    await reading;
    release();
  }

  /** Stops all reading of days, whoever wants them. */
  cancelLoading(): void {
    this.#days.cancel();
  }

  /** Rejects with UsageError; then the next call asks again. */
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
  async columns(part: HistoryPart, day: UtcDay): Promise<UsageColumns> {
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
    const { archive, now } = this.#options;
    const { history, keptAs, capabilities } = this.#state;
    const turn = this.#turn;
    return new DayLoader({
      ...{ history, capabilities, now, onChange },
      lease: {
        take: (signal) => turn.take(signal).then(() => undefined),
        giveBack: () => turn.giveBack(),
      },
      open: (signal) => turn.open(signal),
      recall: (part, days) => recallBlocks(archive, keptAs, history, part, days),
      save: (blocks, looked) => turn.save({ blocks, looked }),
      recalls: () => archive.works,
      onFailure: (failure) => {
        turn.wait.putOffAfter(failure);
      },
    });
  }

  async #block(part: HistoryPart, day: UtcDay): Promise<DayBlock> {
    const want = { part, day };
    if (!this.history.isCurrent(want)) {
      await this.load([want]);
    }
    const block = this.history.block(part, day);
    const failure = this.history.isCurrent(want) ? undefined : this.history.failure(part, day);
    if (block === undefined || failure !== undefined) {
      throw new UsageError(failure ?? { kind: 'cancelled' });
    }
    return block;
  }
}
