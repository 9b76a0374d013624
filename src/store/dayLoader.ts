import type { KeptBlock, LookedAt } from '../database/operations';
import type { ProviderCapabilities } from '../providers/capabilities';
import type { UsageSource } from '../providers/provider';
import { askedPart, type BreakdownId, type FetchedBreakdown } from '../usage/breakdownId';
import type { DayColumns } from '../usage/columns/columns';
import { dayTotals } from '../usage/columns/dayTotals';
import { type Failure, toFailure } from '../usage/failure';
import { DAY, daysOf, type EpochMs, type UtcDay } from '../usage/time';
import type { DayKey } from './dayBlock';
import type { DayCache } from './dayCache';
import { type DayRequest, halvesOf, keyOf, requestsFor, wantsOf } from './dayRequests';
import { RateLimiter } from './rateLimiter';
import { concernsAccount } from './readAccount';
import { unlessAborted } from './unlessAborted';

export interface DayLoaderOptions {
  readonly capabilities: ProviderCapabilities;
  readonly dayCache: DayCache;
  /** Rejects with UsageError, also while the vendor's wait lasts. */
  readonly open: (signal: AbortSignal) => Promise<UsageSource>;
  readonly now: () => EpochMs;
  /** Loads what the database has of these days into the cache. */
  readonly restore: (part: BreakdownId, days: readonly UtcDay[]) => Promise<void>;
  /** Saves a whole reply, and which stored days it does not cover. */
  readonly save: (blocks: readonly KeptBlock[], looked: readonly LookedAt[]) => Promise<void>;
  /** Whether the database can give back what was saved; else it stays at hand. */
  readonly restores: () => boolean;
  /** Waits for the right to ask the vendor, which one process has at a time; each `take` that resolves needs a `giveBack`. */
  readonly lease: { take(signal: AbortSignal): Promise<void>; giveBack(): Promise<void> };
  /** Called with each failed request; `onChange` after each change of the cache or progress. */
  readonly onFailure: (failure: Failure) => void;
  readonly onChange: () => void;
}

/** Requests done, out of a total. */
export interface LoadProgress {
  readonly done: number;
  readonly total: number;
  /** The next request waits, since only so many may go within a minute; milliseconds from now. */
  readonly wait?: { readonly ms: number; readonly perMinute: number };
}

/** Target rows per reply whose size is not known beforehand: some tens of megabytes. */
const ROWS_AT_ONCE = 50_000;

/** Days that a caller waits for: those still left, by key, and what to call when none are. */
interface Load {
  readonly left: Map<string, DayKey>;
  readonly end: () => void;
}

/** Loads days of an account into its day cache, from the database or by requests, until all wanted days are there. */
export class DayLoader {
  readonly #options: DayLoaderOptions;
  readonly #queue: DayRequest[] = [];
  readonly #loads = new Set<Load>();
  readonly #running = new Map<DayRequest, AbortController>();
  /** Set while the vendor has to be asked. */
  #lease: { readonly taken: Promise<void>; readonly abort: AbortController } | undefined;
  #isLeased = false;
  #done = 0;
  #total = 0;
  /** Maximum rows of a day so far, for parts whose size is not known beforehand, once read. */
  readonly #rowsOfDay = new Map<FetchedBreakdown, number>();
  readonly #rateLimit: RateLimiter;

  constructor(options: DayLoaderOptions) {
    this.#options = options;
    this.#rateLimit = new RateLimiter({ perMinute: options.capabilities.rateLimit.perMinute });
  }

  /** Undefined while nothing is being read. */
  get progress(): LoadProgress | undefined {
    if (this.#total === 0) {
      return undefined;
    }
    const { wait } = this.#rateLimit;
    return { done: this.#done, total: this.#total, ...(wait === undefined ? {} : { wait }) };
  }

  /**
   * Reads these days after those already wanted; requests under way are joined. Resolves when all of these are read, failed or
   * given up; never rejects. Aborting gives up the days that nobody else wants.
   */
  load(wants: readonly DayKey[], signal?: AbortSignal): Promise<void> {
    const fresh = wants.filter((want) => !this.#isWanted(want));
    this.#queue.push(...this.#requestsFor(fresh));
    return this.#wait(wants, signal);
  }

  /** Like `load`, but ahead of all unsent requests. */
  loadFirst(wants: readonly DayKey[], signal?: AbortSignal): Promise<void> {
    const underWay = new Set([...this.#running.keys()].flatMap(wantsOf).map(keyOf));
    this.#queue.unshift(...this.#requestsFor(wants.filter((want) => !underWay.has(keyOf(want)))));
    return this.#wait(wants, signal);
  }

  /** Stops everything under way; unread days are marked as cancelled. */
  cancel(): void {
    this.#giveUp([...this.#loads]);
  }

  #requestsFor(wants: readonly DayKey[]): DayRequest[] {
    const requests = requestsFor(this.#options.capabilities, wants);
    this.#total += requests.length;
    return requests;
  }

  async #wait(wants: readonly DayKey[], signal: AbortSignal | undefined): Promise<void> {
    if (wants.length === 0) {
      return;
    }
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const load: Load = {
      left: new Map(wants.map((want) => [keyOf(want), want])),
      end: () => {
        resolve(undefined);
      },
    };
    this.#loads.add(load);
    const stop = (): void => {
      this.#giveUp([load]);
    };
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) {
      stop();
    }
    // Deferred, so that a caller sees its own wants in the progress before the first change.
    queueMicrotask(() => {
      this.#work();
    });
    await promise;
    signal?.removeEventListener('abort', stop);
  }

  #isWanted(want: DayKey): boolean {
    const key = keyOf(want);
    for (const { left } of this.#loads) {
      if (left.has(key)) {
        return true;
      }
    }
    return false;
  }

  /** Skips days of these that nobody else wants, and stops requests that nobody waits for any more. */
  #giveUp(loads: readonly Load[]): void {
    for (const load of loads) {
      this.#loads.delete(load);
    }
    for (const want of loads.flatMap(({ left }) => [...left.values()])) {
      if (!this.#isWanted(want)) {
        this.#options.dayCache.fail(want, { kind: 'cancelled' });
      }
    }
    const isOver = (request: DayRequest): boolean => !wantsOf(request).some((want) => this.#isWanted(want));
    const left = this.#queue.filter((request) => !isOver(request));
    this.#done += this.#queue.length - left.length;
    this.#queue.splice(0, this.#queue.length, ...left);
    for (const [request, abort] of this.#running) {
      if (isOver(request)) {
        abort.abort();
      }
    }
    for (const { end } of loads) {
      end();
    }
    this.#endWhenIdle();
    this.#options.onChange();
  }

  #work(): void {
    while (this.#running.size < this.#options.capabilities.rateLimit.atOnce) {
      const request = this.#next();
      if (request === undefined) {
        break;
      }
      const abort = new AbortController();
      this.#running.set(request, abort);
      void this.#run(request, abort.signal);
    }
    this.#endWhenIdle();
  }

  /** Ignores the outcome of days that were given up while being read. */
  async #run(request: DayRequest, signal: AbortSignal): Promise<void> {
    let failure: Failure | undefined;
    try {
      await unlessAborted(this.#read(request, signal), signal);
    } catch (error) {
      failure = toFailure(error);
    }
    this.#running.delete(request);
    if (signal.aborted) {
      this.#done += 1;
    } else if (failure === undefined) {
      this.#finish(request);
    } else {
      this.#fail(request, failure);
    }
    this.#work();
    this.#options.onChange();
  }

  #endWhenIdle(): void {
    if (this.#running.size > 0 || this.#queue.length > 0) {
      return;
    }
    this.#done = 0;
    this.#total = 0;
    const lease = this.#lease;
    this.#lease = undefined;
    this.#isLeased = false;
    if (lease !== undefined) {
      lease.abort.abort();
      void lease.taken.then(
        () => this.#options.lease.giveBack(),
        () => undefined, // nothing to give back, and whoever waited for it was told
      );
    }
  }

  /**
   * If the vendor sets the bucket length, reads the newest day first to count its rows; then as many days as make
   * {@link ROWS_AT_ONCE}.
   */
  #next(): DayRequest | undefined {
    const request = this.#queue.shift();
    if (request === undefined || !this.#isSized(request.part)) {
      return request;
    }
    const { start, end } = request.period;
    const rows = this.#rowsOfDay.get(askedPart(request.part));
    const most = rows === undefined ? 1 : ROWS_AT_ONCE / Math.max(1, rows);
    const length = Math.max(1, Math.floor(most)) * DAY;
    if (end - start <= length) {
      return request;
    }
    this.#queue.unshift({ ...request, period: { start, end: end - length } });
    this.#total += 1;
    return { ...request, period: { start: end - length, end } };
  }

  async #read(request: DayRequest, signal: AbortSignal): Promise<void> {
    const missing = await this.#missing(request, signal);
    const wants = missing.map((day) => ({ part: request.part, day }));
    for (const run of requestsFor(this.#options.capabilities, wants)) {
      await this.#ask(run, signal);
    }
  }

  /** The days to request from the vendor, once the lease is there: another process may have read them meanwhile. */
  async #missing(request: DayRequest, signal: AbortSignal): Promise<UtcDay[]> {
    const { dayCache, restore } = this.#options;
    const missing = (): UtcDay[] =>
      wantsOf(request).flatMap((want) =>
        this.#isWanted(want) && !dayCache.isCurrent(want) ? [want.day] : [],
      );
    await restore(request.part, missing());
    if (missing().length === 0 || this.#isLeased) {
      return missing();
    }
    await this.#takeLease();
    signal.throwIfAborted();
    await restore(request.part, missing());
    return missing();
  }

  async #takeLease(): Promise<void> {
    if (this.#lease === undefined) {
      const abort = new AbortController();
      this.#lease = { abort, taken: this.#options.lease.take(abort.signal) };
    }
    const lease = this.#lease;
    await lease.taken;
    this.#isLeased = this.#lease === lease;
  }

  async #ask(request: DayRequest, signal: AbortSignal): Promise<void> {
    const { open, now, save } = this.#options;
    const source = await open(signal);
    await this.#rateLimit.turn(signal);
    signal.throwIfAborted();
    const asOf = now();
    const days = await source.rows(askedPart(request.part), { period: request.period }, signal);
    await save(this.#toBlocks(request, days, asOf), this.#leave(request, days, asOf));
  }

  /** Uncovered days stay. Returns the ones still valid. */
  #leave(request: DayRequest, days: DayColumns, asOf: EpochMs): LookedAt[] {
    const { dayCache } = this.#options;
    const part = askedPart(request.part);
    const left = daysOf(request.period).filter((day) => !days.has(day));
    if (days.size === 0 && !this.#rowsOfDay.has(part)) {
      this.#rowsOfDay.set(part, 0); // as after a failure: a vendor that keeps nothing is not asked day by day
    }
    return left
      .filter((day) => dayCache.leave({ part: request.part, day }, asOf))
      .flatMap((day) =>
        [...new Set([part, request.part])].map((own) => ({ part: own, day, lookedAt: asOf })),
      );
  }

  /** Short buckets are stored twice: as received, and by subject and day. The former stay at hand only where wanted. */
  #toBlocks(request: DayRequest, days: DayColumns, asOf: EpochMs): KeptBlock[] {
    const { dayCache, restores, capabilities } = this.#options;
    const part = askedPart(request.part);
    const summed = capabilities.parts[part]?.days;
    return [...days].flatMap(([day, columns]): KeptBlock[] => {
      this.#rowsOfDay.set(part, Math.max(this.#rowsOfDay.get(part) ?? 0, columns.length));
      if (summed === undefined) {
        dayCache.keep({ part, day }, { columns, asOf });
        return [{ part, day, asOf, columns }];
      }
      const totals = dayTotals(columns);
      dayCache.keep({ part: summed, day }, { columns: totals, asOf });
      if (request.part === part || !restores()) {
        dayCache.keep({ part, day }, { columns, asOf });
      }
      return [
        { part, day, asOf, columns },
        { part: summed, day, asOf, columns: totals },
      ];
    });
  }

  #isSized(part: BreakdownId): boolean {
    return this.#options.capabilities.parts[askedPart(part)]?.daysAtOnce === 'sized';
  }

  #fail(request: DayRequest, failure: Failure): void {
    const days = daysOf(request.period);
    if (failure.kind === 'tooLarge' && days.length > 1) {
      this.#queue.unshift(...halvesOf(request));
      this.#total += 1;
      return;
    }
    const part = askedPart(request.part);
    if (!this.#rowsOfDay.has(part)) {
      this.#rowsOfDay.set(part, 0); // row count still unknown: 0 keeps the rest from being requested one by one
    }
    this.#options.onFailure(failure);
    const given = concernsAccount(failure) ? [request, ...this.#queue.splice(0)] : [request];
    for (const lost of given) {
      for (const want of wantsOf(lost).filter((own) => this.#isWanted(own))) {
        this.#options.dayCache.fail(want, failure);
      }
      this.#finish(lost);
    }
  }

  /** Ends loads that waited only for these days, even if others are still being read. */
  #finish(request: DayRequest): void {
    this.#done += 1;
    const keys = wantsOf(request).map(keyOf);
    for (const load of [...this.#loads]) {
      for (const key of keys) {
        load.left.delete(key);
      }
      if (load.left.size === 0) {
        this.#loads.delete(load);
        load.end();
      }
    }
  }
}
