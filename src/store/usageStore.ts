import type { Logger } from '../http/log';
import type { UsageSource } from '../providers/provider';
import type { Account } from '../usage/account';
import type { UsageBucket } from '../usage/bucket';
import { type Failure, UsageError, toFailure } from '../usage/failure';
import { type EpochMs, type UtcDay, dayPeriod, monthToDate, utcDay } from '../usage/time';
import { type AccountUsage, PARTS, afterRefresh, asOf, emptyUsage, mainFailure } from './accountUsage';
import { DayLoader, type LoadProgress } from './dayLoader';
import { Emitter } from './emitter';
import { History, type Want, isSettled } from './history';
import { readAccount } from './readAccount';

export interface UsageStoreOptions {
  readonly open: (account: Account) => Promise<UsageSource>;
  readonly now: () => EpochMs;
  readonly log: Logger;
}

/** The hours of one UTC day, of one machine or of all. */
export interface DayOfHours {
  readonly day: UtcDay;
  readonly machineId?: string;
}

interface Entry {
  account: Account;
  usage: AccountUsage;
  refreshing: { promise: Promise<void>; abort: AbortController } | undefined;
  /** When the vendor asked to be left alone until then. */
  waitUntil: EpochMs;
  readonly hours: Map<string, { readonly asOf: EpochMs; readonly reading: Promise<readonly UsageBucket[]> }>;
  readonly history: History;
  readonly days: DayLoader;
  /** Aborted when the account is forgotten. */
  readonly closing: AbortController;
}

/** What is known of each account, kept in memory; the only place that decides to fetch. */
export class UsageStore {
  readonly #options: UsageStoreOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new Emitter<string>();

  constructor(options: UsageStoreOptions) {
    this.#options = options;
  }

  /** Fires with the id of an account whose usage, or whose refreshing, changed. */
  readonly onDidChange = this.#changed.event;

  /** Undefined until a refresh was asked for. */
  usage(accountId: string): AccountUsage | undefined {
    return this.#entries.get(accountId)?.usage;
  }

  isRefreshing(accountId: string): boolean {
    return this.refreshing(accountId) !== undefined;
  }

  /** Until when the vendor asked for no more requests; undefined when it did not, or when that has passed. */
  waitUntil(accountId: string): EpochMs | undefined {
    const until = this.#entries.get(accountId)?.waitUntil ?? 0;
    return until > this.#options.now() ? until : undefined;
  }

  /** When the account was last read in full or in part; undefined when never. */
  readAt(accountId: string): EpochMs | undefined {
    const usage = this.usage(accountId);
    return usage === undefined ? undefined : asOf(usage);
  }

  /**
   * Reads the account's month to date. A refresh that is under way is joined; while the vendor's wait lasts nothing is
   * sent. Never rejects: what failed is in the usage.
   */
  refresh(account: Account): Promise<void> {
    const entry = this.#entry(account);
    if (entry.refreshing !== undefined) {
      return entry.refreshing.promise;
    }
    if (this.waitUntil(account.id) !== undefined) {
      return Promise.resolve();
    }
    const abort = new AbortController();
    const promise = this.#read(entry, abort.signal);
    entry.refreshing = { promise, abort };
    this.#changed.fire(account.id);
    return promise;
  }

  /** The refresh that is under way, if any. */
  refreshing(accountId: string): Promise<void> | undefined {
    return this.#entries.get(accountId)?.refreshing?.promise;
  }

  /** Lets an account be asked again at once: its key or its address has changed, so what was said of the old one is void. */
  release(accountId: string): void {
    const entry = this.#entries.get(accountId);
    if (entry !== undefined) {
      entry.refreshing?.abort.abort();
      entry.refreshing = undefined;
      entry.waitUntil = 0;
      const { failure, ...summary } = entry.usage.summary;
      entry.usage = { ...entry.usage, summary };
    }
  }

  /** Forgets what is not of these accounts; an account of another organisation is another account. */
  retain(accounts: readonly Account[]): void {
    for (const [id, { account }] of [...this.#entries]) {
      const current = accounts.find((own) => own.id === id);
      if (current === undefined || current.organisationId !== account.organisationId) {
        this.forget(id);
      }
    }
  }

  /** What is known of an account's days; undefined until a refresh was asked for. */
  history(accountId: string): History | undefined {
    return this.#entries.get(accountId)?.history;
  }

  /**
   * Reads days into the account's history, as few requests as that takes. Days that are current are left alone, those
   * under way are joined. Never rejects: what failed is in the history. `signal` stops all reading of days.
   */
  async load(account: Account, wants: readonly Want[], signal?: AbortSignal): Promise<void> {
    const { history, days } = this.#entry(account);
    const stop = (): void => {
      days.cancel();
    };
    signal?.addEventListener('abort', stop, { once: true });
    const before = days.progress?.total;
    const reading = days.load(wants.filter((want) => !history.isCurrent(want)));
    if (days.progress?.total !== before) {
      this.#changed.fire(account.id);
    }
    await reading;
    signal?.removeEventListener('abort', stop);
  }

  /** The requests for days that are under way, if any. */
  loading(accountId: string): LoadProgress | undefined {
    return this.#entries.get(accountId)?.days.progress;
  }

  cancelLoading(accountId: string): void {
    this.#entries.get(accountId)?.days.cancel();
  }

  /** Drops all that is known of an account, and stops what is under way for it. */
  forget(accountId: string): void {
    this.#stop(accountId);
    this.#entries.delete(accountId);
    this.#changed.fire(accountId);
  }

  /**
   * Hour buckets of a day: compute asked for when first needed, storage from what was read for the month.
   * Rejects with UsageError; then the next call asks again.
   */
  async hours(account: Account, query: DayOfHours): Promise<readonly UsageBucket[]> {
    const entry = this.#entry(account);
    const storage = (entry.usage.storage.value ?? []).filter(
      (bucket) =>
        utcDay(bucket.start) === query.day &&
        (query.machineId === undefined || bucket.machineId === query.machineId),
    );
    return [...(await this.#computeHours(entry, query)), ...storage];
  }

  dispose(): void {
    for (const id of this.#entries.keys()) {
      this.#stop(id);
    }
    this.#entries.clear();
  }

  #stop(accountId: string): void {
    const entry = this.#entries.get(accountId);
    entry?.refreshing?.abort.abort();
    entry?.days.cancel();
    entry?.closing.abort();
  }

  #entry(account: Account): Entry {
    const known = this.#entries.get(account.id);
    if (known !== undefined) {
      known.account = account;
      return known;
    }
    const history = new History();
    const entry: Entry = {
      account,
      usage: emptyUsage(monthToDate(this.#options.now())),
      refreshing: undefined,
      waitUntil: 0,
      hours: new Map(),
      history,
      days: new DayLoader({
        history,
        now: this.#options.now,
        open: () => this.#openUnlessWaiting(entry),
        onFailure: (failure) => {
          entry.waitUntil = Math.max(entry.waitUntil, waitIn(failure));
        },
        onChange: () => {
          this.#changed.fire(account.id);
        },
      }),
      closing: new AbortController(),
    };
    this.#entries.set(account.id, entry);
    return entry;
  }

  async #read(entry: Entry, signal: AbortSignal): Promise<void> {
    const { now, open, log } = this.#options;
    const { account } = entry;
    const fresh = await readAccount(() => open(account), now, signal);
    if (entry.refreshing?.abort.signal === signal) {
      entry.refreshing = undefined;
    }
    if (this.#entries.get(account.id) !== entry) {
      return; // removed meanwhile
    }
    if (!signal.aborted) {
      entry.usage = afterRefresh(entry.usage, fresh);
      entry.waitUntil = Math.max(entry.waitUntil, ...PARTS.map((part) => waitIn(fresh[part].failure)));
      entry.history.follow(entry.usage);
      const failure = mainFailure(fresh);
      log.info(`refresh of account ${account.id}: ${failure === undefined ? 'ok' : describe(failure)}`);
    }
    this.#changed.fire(account.id);
  }

  #computeHours(entry: Entry, { day, machineId }: DayOfHours): Promise<readonly UsageBucket[]> {
    const key = `${day} ${machineId ?? ''}`;
    const known = entry.hours.get(key);
    if (known !== undefined && isSettled(day, known.asOf, entry.usage.compute.asOf ?? 0)) {
      return known.reading;
    }
    const reading = this.#fetchHours(entry, { day, ...(machineId === undefined ? {} : { machineId }) });
    entry.hours.set(key, { asOf: this.#options.now(), reading });
    reading.catch(() => {
      entry.hours.delete(key);
    });
    return reading;
  }

  async #fetchHours(entry: Entry, { day, machineId }: DayOfHours): Promise<readonly UsageBucket[]> {
    const source = await this.#openUnlessWaiting(entry);
    try {
      return await source.computeBuckets(
        { period: dayPeriod(day), ...(machineId === undefined ? {} : { machineId }) },
        'hour',
        entry.closing.signal,
      );
    } catch (error) {
      entry.waitUntil = Math.max(entry.waitUntil, waitIn(toFailure(error)));
      throw error;
    }
  }

  #openUnlessWaiting({ account }: Entry): Promise<UsageSource> {
    const retryAt = this.waitUntil(account.id);
    return retryAt === undefined
      ? this.#options.open(account)
      : Promise.reject(new UsageError({ kind: 'rateLimited', retryAt }));
  }
}

/** When the vendor wants to be asked again, as far as a failure tells; 0 when it does not. */
function waitIn(failure: Failure | undefined): EpochMs {
  return failure?.kind === 'rateLimited' || failure?.kind === 'serverError' ? (failure.retryAt ?? 0) : 0;
}

function describe(failure: { readonly kind: string }): string {
  return JSON.stringify(failure);
}
