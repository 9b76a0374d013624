import type { Logger } from '../http/log';
import type { UsagePlan } from '../providers/plan';
import type { Access, UsageSource } from '../providers/provider';
import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import type { UsageColumns } from '../usage/columns';
import { type Failure, UsageError, toFailure } from '../usage/failure';
import type { Breakdown } from '../usage/trail/breakdown';
import { isVoid } from '../usage/keptTime';
import type { HistoryPart } from '../usage/part';
import { type Bill, type Restatement, billedRestatements } from '../usage/restatement';
import { type EpochMs, HOUR, type UtcDay, monthToDate } from '../usage/time';
import {
  type AccountUsage,
  PARTS,
  accountFailure,
  afterRefresh,
  asOf,
  emptyUsage,
  isUnheard,
  mainFailure,
  stopOfThisWindow,
  withoutFailures,
} from './accountUsage';
import type { Archive } from './archive';
import { AccountChecks } from './checks';
import type { KeptAccount } from './database/operations';
import { underScope } from './database/scopes';
import { dayPartsOf } from './dayParts';
import { DayLoader, type LoadProgress } from './dayLoader';
import { type DayBlock, History, type Want } from './history';
import { keptParts, ofTheAccount, totalsBlock } from './keptUsage';
import { AccountLease } from './lease';
import { OpenedHours } from './openedHours';
import { overviewWants } from './overview';
import { allFailed, readAccount } from './readAccount';
import { type Terms, scopeOf } from './scope';
import { recallBlocks, recallEarlier, recallNewer, recallTotals, recallUsage } from './recall';
import { unlessAborted } from './unlessAborted';

/** Opens the vendor's API for an account, on these terms; `told` hears of requests and limits. Rejects with UsageError. */
export type OpenSource = (
  account: Account,
  told: Pick<Access, 'sent' | 'spent'>,
  terms: Terms,
) => Promise<UsageSource>;

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
  account: Account;
  /** What else than the account makes its rows what they are. */
  readonly scope: string;
  usage: AccountUsage;
  readonly history: History;
  readonly opened: OpenedHours;
  readonly checks: AccountChecks;
  readonly #options: AccountStoreOptions;
  readonly #lease: AccountLease;
  readonly #days: DayLoader;
  readonly #closing = new AbortController();
  /** How the database names its rows. */
  readonly #keptAs: string;
  #recalling: Promise<void> | undefined;
  #recalled = false;
  #refreshing: { readonly promise: Promise<void>; readonly abort: AbortController } | undefined;
  #askedAt: EpochMs = 0;
  /** When this window last tried, also where the vendor did not hear of it: other windows do not go by that. */
  #triedAt: EpochMs = 0;
  #failures = 0;
  /** Until when the vendor asked for no more requests, and when that was heard. */
  #wait = { until: 0, heardAt: 0 };
  /** What the vendor said of an old key or address does not hold for the new one. */
  #released = false;
  /** When this process sent requests, within the last hour; and how many others sent, as far as is known. */
  #sent: EpochMs[] = [];
  #sentElsewhere = 0;
  #unsaved = 0;

  constructor(options: AccountStoreOptions) {
    const { account, archive, now } = options;
    const onChange = (): void => {
      options.onChange();
      this.checks.update();
    };
    this.#options = { ...options, onChange };
    this.account = account;
    this.scope = scopeOf(account, options.terms);
    this.#keptAs = underScope(account.id, this.scope);
    this.usage = emptyUsage(monthToDate(now()));
    this.history = new History(now);
    this.#lease = new AccountLease({ archive, accountId: account.id, now });
    this.#days = new DayLoader({
      ...{ history: this.history, plan: this.#plan, now, onChange },
      lease: {
        take: (signal) => this.#takeTurn(signal).then(() => undefined),
        giveBack: () => this.#lease.giveBack(),
      },
      open: (signal) => this.#openUnlessWaiting(signal),
      recall: (part, days) => recallBlocks(archive, this.#keptAs, this.history, part, days),
      save: (blocks, looked) => this.#save({ blocks, looked }),
      recalls: () => archive.works,
      onFailure: (failure) => {
        this.#putOff(waitIn(failure));
      },
    });
    this.opened = new OpenedHours({
      ...{ history: this.history, now },
      recall: ({ part, day }) => recallBlocks(archive, this.#keptAs, this.history, part, [day]),
      columns: (part, day) => this.columns(part, day),
      inTurn: (ask) => this.#inTurn(ask),
    });
    this.checks = new AccountChecks({
      ...{ archive, accountId: this.#keptAs, history: this.history, plan: this.#plan, onChange },
      usage: () => this.usage,
      isBusy: () => this.refreshing !== undefined || this.loading !== undefined,
    });
  }

  get #plan(): UsagePlan {
    return PROVIDERS[this.account.provider].plan;
  }

  /** Whether the database has been asked what it has. */
  get isRecalled(): boolean {
    return this.#recalled;
  }

  get refreshing(): Promise<void> | undefined {
    return this.#refreshing?.promise;
  }

  get loading(): LoadProgress | undefined {
    return this.#days.progress;
  }

  /**
   * When the vendor was last asked for the month, by any process and whether or not it answered, or this window last tried
   * to; 0 when never, and when the clock was set back meanwhile.
   */
  get askedAt(): EpochMs {
    const now = this.#options.now();
    return Math.max(...[this.#askedAt, this.#triedAt].map((at) => (isVoid(at, now) ? 0 : at)));
  }

  /** Attempts that failed since the last good one. */
  get failures(): number {
    return this.#failures;
  }

  /** Until when the vendor asked for no more requests; undefined when it did not, or when that has passed. */
  get waitUntil(): EpochMs | undefined {
    const { until, heardAt } = this.#wait;
    const now = this.#options.now();
    return until > now && !isVoid(until, now, 'wait') && !isVoid(heardAt, now) ? until : undefined;
  }

  /** Requests to the vendor within the last hour, of all windows as far as is known. */
  get requestsLastHour(): number {
    this.#sent = this.#sent.filter((at) => at > this.#options.now() - HOUR);
    return this.#sent.length + this.#sentElsewhere;
  }

  /** Shows what is kept, of this process or of others. Never rejects. */
  recall(): Promise<void> {
    if (this.#closing.signal.aborted) {
      return Promise.resolve(); // the process knows the account under another scope by now
    }
    this.#recalling ??= this.#recall().finally(() => {
      this.#recalling = undefined;
    });
    return this.#recalling;
  }

  /** Another process has written, or given its lease back. */
  look(): void {
    this.#lease.look();
    void this.recall();
  }

  /**
   * Reads the month to date, unless any process asked for it less than `maxAgeMs` ago; a refresh that is under way is
   * joined. Never rejects.
   */
  refresh(maxAgeMs = 0): Promise<void> {
    if (this.#refreshing === undefined) {
      const abort = new AbortController();
      this.#refreshing = { abort, promise: this.#refresh(maxAgeMs, abort.signal) };
      this.#options.onChange();
    }
    return this.#refreshing.promise;
  }

  /**
   * Reads every day of the month anew, those that have long closed too, with the summary. The signal gives up the days that
   * nobody else wants. Never rejects.
   */
  async readAgain(signal?: AbortSignal): Promise<void> {
    await this.refreshing; // it has chosen its days already
    const now = this.#options.now();
    const parts = [...new Set([...this.#plan.overview, ...dayPartsOf(this.#plan, this.account)])];
    const wants = overviewWants({ overview: parts }, monthToDate(now));
    this.history.expire(wants, now);
    await this.refresh();
    await this.load(
      wants.filter(({ part }) => !this.#plan.overview.includes(part)),
      signal,
    );
  }

  /** Stops a refresh; what it read is kept, the rest stays as it was. Days that somebody else wants are read on. */
  cancelRefresh(): void {
    this.#refreshing?.abort.abort();
  }

  release(): void {
    this.cancelRefresh();
    this.cancelLoading();
    this.#refreshing = undefined;
    this.#wait = { until: 0, heardAt: 0 };
    this.#failures = 0;
    this.#released = true;
    this.usage = withoutFailures(this.usage);
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

  /** Stops all that is under way, and resolves when the lease is given back. Never rejects. */
  close(): Promise<void> {
    this.#closing.abort();
    this.checks.dispose();
    this.cancelRefresh();
    this.cancelLoading();
    return this.#lease.end();
  }

  /** A recall that is under way may have begun before what is to be seen was written. */
  async #recallAnew(): Promise<void> {
    await this.#recalling;
    await this.recall();
  }

  async #recall(): Promise<void> {
    const { archive, now, onChange } = this.#options;
    const kept = ofTheAccount(await archive.account(this.account.id, this.scope, now()));
    this.#take(kept);
    this.#forgetVoid();
    const own = { accountId: this.#keptAs, history: this.history, plan: this.#plan };
    if (kept.askedAt > this.#askedAt || (kept.askedAt > 0 && asOf(this.usage) === undefined)) {
      this.#askedAt = kept.askedAt;
      this.#failures = kept.failures;
      await this.#showTotals({ archive, kept, ...own });
      const stop = stopOfThisWindow(this.usage);
      const usage = await recallUsage({ ...{ archive, kept, before: this.usage }, ...own });
      // What others read does not put right what is wrong here.
      this.usage = stop === undefined ? usage : { ...usage, summary: { ...usage.summary, failure: stop } };
    }
    await recallNewer({ archive, ...own });
    const isFirst = !this.#recalled;
    this.#recalled = true;
    if (!this.#closing.signal.aborted) {
      onChange();
      if (isFirst) {
        void this.#recallEarlier();
      }
    }
  }

  /** Nobody waits for the months before: forecasts become better when they are there. */
  async #recallEarlier(): Promise<void> {
    const { archive, now, onChange } = this.#options;
    const own = { archive, accountId: this.#keptAs, history: this.history, plan: this.#plan };
    const { version } = this.history;
    await recallEarlier(own, this.account, now());
    if (this.history.version !== version && !this.#closing.signal.aborted) {
      onChange();
    }
  }

  /** At a start the figures come first: opening the days of many machines takes longer than a glance. */
  async #showTotals(recall: Parameters<typeof recallTotals>[0]): Promise<void> {
    if (asOf(this.usage) !== undefined) {
      return;
    }
    const usage = await recallTotals(recall);
    if (usage !== undefined && !this.#closing.signal.aborted) {
      this.usage = usage;
      this.#options.onChange();
    }
  }

  /** What was asked for by a clock that was ahead is not shown, and in the way of nothing. */
  #forgetVoid(): void {
    const now = this.#options.now();
    if (isVoid(this.#askedAt, now)) {
      this.#askedAt = 0;
      this.usage = emptyUsage(monthToDate(now));
    }
  }

  #take(kept: KeptAccount): void {
    if (!this.#released) {
      this.#putOff(kept.waitUntil);
    }
    this.#sentElsewhere = Math.max(0, kept.requests - (this.#sent.length - this.#unsaved));
  }

  async #refresh(maxAgeMs: number, signal: AbortSignal): Promise<void> {
    await this.#recallAnew();
    if (Math.max(0, this.#options.now() - this.askedAt) >= maxAgeMs) {
      try {
        await this.#readInTurn(signal, maxAgeMs === 0);
      } catch (error) {
        this.#options.log.debug(`refresh of account ${this.account.id}: ${toFailure(error).kind}`);
      }
    }
    if (this.#refreshing?.abort.signal === signal) {
      this.#refreshing = undefined;
    }
    if (!this.#closing.signal.aborted) {
      this.#options.onChange();
    }
  }

  /** Another process may have asked while this one waited for its turn: what that one read is as good. */
  async #readInTurn(signal: AbortSignal, byPerson: boolean): Promise<void> {
    const before = this.#askedAt;
    const source = await this.#takeTurn(signal).catch((error: unknown) => {
      this.#showUnasked(toFailure(error));
      throw error;
    });
    try {
      await this.#recallAnew();
      if (this.#askedAt === before && this.waitUntil === undefined) {
        await this.#readMonth(source, { signal, byPerson });
      }
    } finally {
      await this.#lease.giveBack();
    }
  }

  /** The vendor could not be asked, for a reason of this window's own: that is shown here, and kept nowhere. */
  #showUnasked(failure: Failure): void {
    if (failure.kind !== 'rateLimited') {
      this.#triedAt = this.#options.now();
    }
    if (failure.kind !== 'rateLimited' && failure.kind !== 'cancelled') {
      this.usage = afterRefresh(this.usage, allFailed(monthToDate(this.#triedAt), failure));
    }
  }

  async #readMonth(
    source: UsageSource,
    { signal, byPerson }: { signal: AbortSignal; byPerson: boolean },
  ): Promise<void> {
    const { now, log } = this.#options;
    const askedAt = now();
    const fresh = await readAccount({
      ...{ source, now, signal, byPerson, history: this.history, plan: this.#plan, before: this.usage },
      load: (wants) => this.#days.loadFirst(wants, signal),
    });
    this.#triedAt = askedAt;
    if (signal.aborted) {
      await this.#save({}); // the requests alone: it is not begun again by this window before an interval has passed
      return;
    }
    const restated = takenBack(this.usage, fresh);
    this.usage = afterRefresh(this.usage, fresh);
    const failure = mainFailure(fresh);
    log.info(
      `refresh of account ${this.account.id}: ${failure === undefined ? 'ok' : JSON.stringify(failure)}`,
    );
    if (!isUnheard(fresh)) {
      await this.#keep(fresh, askedAt, restated);
    }
  }

  /** Has other windows go by what the vendor said. */
  async #keep(fresh: AccountUsage, askedAt: EpochMs, restated: readonly Restatement[]): Promise<void> {
    const failure = accountFailure(fresh);
    this.#askedAt = askedAt;
    this.#failures = failure === undefined || isAnswer(failure) ? 0 : this.#failures + 1;
    for (const part of PARTS) {
      this.#putOff(waitIn(fresh[part].failure));
    }
    await this.#save({
      ...{ askedAt, failures: this.#failures, waitUntil: this.waitUntil ?? 0 },
      parts: keptParts(this.usage),
      blocks: totalsBlock(this.usage, askedAt),
      restated,
    });
    this.#released = false;
  }

  async #save(write: Partial<Parameters<Archive['save']>[1]>): Promise<void> {
    if (this.#closing.signal.aborted) {
      return; // the account is another one by now, or gone
    }
    const { archive, now, log } = this.#options;
    const requests = this.#unsaved;
    this.#unsaved = 0;
    if (
      !(await archive.save(this.#keptAs, {
        ...{ owner: this.#lease.owner, now: now(), requests },
        ...write,
      }))
    ) {
      log.warn(`account ${this.account.id}: another process reads it meanwhile; this reply is not kept`);
    }
  }

  /** Asks the vendor for what somebody has just opened, when it is this process' turn. */
  async #inTurn<T>(ask: (source: UsageSource, signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#closing;
    try {
      const source = await this.#takeTurn(signal);
      try {
        this.#throwWhileWaiting(); // another process may have been told so meanwhile
        return await ask(source, signal);
      } finally {
        await this.#lease.giveBack();
      }
    } catch (error) {
      this.#putOff(waitIn(toFailure(error)));
      throw error;
    }
  }

  /**
   * Waits for this process' turn to ask, with what it takes to ask: that comes first, so that a secret storage that does
   * not answer keeps nobody else waiting. The lease has to be given back, unless it rejects.
   */
  async #takeTurn(signal: AbortSignal): Promise<UsageSource> {
    const source = await this.#openUnlessWaiting(signal);
    await this.#lease.take(signal);
    return source;
  }

  /** The rows of one part of a day. Rejects with UsageError; then the next call asks again. */
  async columns(part: HistoryPart, day: UtcDay): Promise<UsageColumns> {
    const { columns } = await this.#block(part, day);
    return columns;
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

  async #openUnlessWaiting(signal: AbortSignal): Promise<UsageSource> {
    this.#throwWhileWaiting();
    const told = {
      sent: (): void => {
        this.#sent.push(this.#options.now());
        this.#unsaved += 1;
      },
      spent: (until: EpochMs): void => {
        this.#putOff(until);
      },
    };
    return unlessAborted(this.#options.open(this.account, told, this.#options.terms), signal);
  }

  #throwWhileWaiting(): void {
    const retryAt = this.waitUntil;
    if (retryAt !== undefined) {
      throw new UsageError({ kind: 'rateLimited', retryAt });
    }
  }

  #putOff(until: EpochMs): void {
    if (until > (this.waitUntil ?? 0)) {
      this.#wait = { until, heardAt: this.#options.now() };
    }
  }
}

/** What was billed of the month before this reading, and is not any more. */
function takenBack(before: AccountUsage, { period, summary }: AccountUsage): Restatement[] {
  const [was, is] = [billOf(before.summary), billOf(summary)];
  return was === undefined || is === undefined || before.period.start !== period.start
    ? []
    : billedRestatements(was, is, period);
}

function billOf({ value, asOf }: AccountUsage['summary']): Bill | undefined {
  return value === undefined || asOf === undefined ? undefined : { billed: value.billed, asOf };
}

/** What the vendor says will not be another thing if it is left alone for longer. */
function isAnswer({ kind }: Failure): boolean {
  return kind === 'gone' || kind === 'notCovered';
}

/** When the vendor wants to be asked again, as far as a failure tells; 0 when it does not. */
function waitIn(failure: Failure | undefined): EpochMs {
  return failure !== undefined && 'retryAt' in failure ? (failure.retryAt ?? 0) : 0;
}
