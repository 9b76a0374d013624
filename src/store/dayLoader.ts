import type { UsagePlan } from '../providers/plan';
import type { UsageSource } from '../providers/provider';
import type { DayColumns } from '../usage/columns';
import { dayTotals } from '../usage/dayTotals';
import { type Failure, toFailure } from '../usage/failure';
import { DAY, type EpochMs, type Period, type UtcDay, daysOf, startOfDay } from '../usage/time';
import type { KeptBlock } from './database/operations';
import type { History, Want } from './history';
import { type AskedPart, type HistoryPart, askedPart } from '../usage/part';
import { Pace } from './pace';
import { concernsAccount } from './readAccount';

export interface DayLoaderOptions {
  readonly plan: UsagePlan;
  readonly history: History;
  /** Rejects with UsageError, also while the vendor's wait lasts. */
  readonly open: (signal: AbortSignal) => Promise<UsageSource>;
  readonly now: () => EpochMs;
  /** Puts what the database has of these days into the history. */
  readonly recall: (part: HistoryPart, days: readonly UtcDay[]) => Promise<void>;
  /** Keeps a reply, whole. */
  readonly save: (blocks: readonly KeptBlock[]) => Promise<void>;
  /** Whether what was saved can be recalled; else it has to stay at hand. */
  readonly recalls: () => boolean;
  /** Waits for the right to ask the vendor, which one process has at a time; `giveBack` follows every call that did not reject. */
  readonly lease: { take(signal: AbortSignal): Promise<void>; giveBack(): Promise<void> };
  /** Called with each failure of a request, and after each change of the history or of the progress. */
  readonly onFailure: (failure: Failure) => void;
  readonly onChange: () => void;
}

/** How many requests of how many are done. */
export interface LoadProgress {
  readonly done: number;
  readonly total: number;
}

/** Before the size of a day is known. */
const MOST_DAYS_AT_ONCE = 31;

/** A reply whose size is not known beforehand should have about so many rows: some tens of megabytes. */
const ROWS_AT_ONCE = 50_000;

interface Request {
  /** What is wanted; where it is worked out from another part, that one is asked for. */
  readonly part: HistoryPart;
  readonly period: Period;
}

interface Run {
  readonly promise: Promise<void>;
  readonly abort: AbortController;
  /** Set when the vendor has to be asked. */
  lease?: Promise<void>;
  leased: boolean;
}

/** Reads days of an account into its history, from the database or a request after the other, until all that is wanted is there. */
export class DayLoader {
  readonly #options: DayLoaderOptions;
  readonly #queue: Request[] = [];
  readonly #wanted = new Set<string>();
  #run: Run | undefined;
  #done = 0;
  #total = 0;
  /** The most rows that a day had of parts whose size is not known beforehand, once one was read. */
  readonly #rowsOfDay = new Map<AskedPart, number>();
  readonly #pace: Pace;

  constructor(options: DayLoaderOptions) {
    this.#options = options;
    this.#pace = new Pace({ perMinute: options.plan.pace.perMinute });
  }

  /** Undefined while nothing is being read. */
  get progress(): LoadProgress | undefined {
    return this.#run === undefined ? undefined : { done: this.#done, total: this.#total };
  }

  /** Reads these days; those that are under way are joined. Resolves when all is read, failed or cancelled; never rejects. */
  load(wants: readonly Want[]): Promise<void> {
    const fresh = wants.filter((want) => !this.#wanted.has(keyOf(want)));
    for (const want of fresh) {
      this.#wanted.add(keyOf(want));
    }
    const requests = requestsFor(this.#options.plan, fresh);
    this.#queue.push(...requests);
    this.#total += requests.length;
    if (this.#run === undefined && requests.length > 0) {
      const abort = new AbortController();
      this.#run = { abort, leased: false, promise: this.#work(abort.signal) };
    }
    return this.#run?.promise ?? Promise.resolve();
  }

  /** Stops what is under way; what was not read is marked as given up. */
  cancel(): void {
    this.#run?.abort.abort();
  }

  async #work(signal: AbortSignal): Promise<void> {
    await Promise.resolve(); // so that a caller sees its own wants in the progress before the first change
    const workers = Array.from({ length: this.#options.plan.pace.atOnce }, async () => {
      for (let request = this.#next(); request !== undefined; request = this.#next()) {
        await this.#read(request, signal);
        this.#options.onChange();
      }
    });
    await Promise.all(workers);
    const leased = this.#run?.leased;
    this.#run = undefined;
    this.#done = 0;
    this.#total = 0;
    if (leased === true) {
      await this.#options.lease.giveBack();
    }
    this.#options.onChange();
  }

  /**
   * Where buckets are as long as the vendor makes them, the newest day tells first how many rows a day has; then as many
   * days as make a reply of some megabytes.
   */
  #next(): Request | undefined {
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

  async #read(request: Request, signal: AbortSignal): Promise<void> {
    try {
      const missing = await this.#missing(request, signal);
      const wants = missing.map((day) => ({ part: request.part, day }));
      for (const run of requestsFor(this.#options.plan, wants)) {
        await this.#ask(run, signal);
      }
    } catch (error) {
      this.#fail(request, signal.aborted ? { kind: 'cancelled' } : toFailure(error));
      return;
    }
    this.#finish(request);
  }

  /** The days that the vendor has to be asked for, once the lease is there: another process may have read them meanwhile. */
  async #missing({ part, period }: Request, signal: AbortSignal): Promise<UtcDay[]> {
    const { history, recall, lease } = this.#options;
    const missing = (): UtcDay[] => daysOf(period).filter((day) => !history.isCurrent({ part, day }));
    signal.throwIfAborted();
    await recall(part, missing());
    const run = this.#run;
    if (run === undefined || missing().length === 0 || run.leased) {
      return missing();
    }
    await (run.lease ??= lease.take(signal));
    run.leased = true;
    await recall(part, missing());
    return missing();
  }

  async #ask(request: Request, signal: AbortSignal): Promise<void> {
    const { open, now, save } = this.#options;
    const source = await open(signal);
    await this.#pace.turn(signal);
    signal.throwIfAborted();
    const asOf = now();
    const days = await source.rows(askedPart(request.part), { period: request.period }, signal);
    await save(this.#toBlocks(request, days, asOf));
  }

  /** Short buckets are kept twice: as they came, and by subject and day. The former stays at hand only where somebody wants it. */
  #toBlocks(request: Request, days: DayColumns, asOf: EpochMs): KeptBlock[] {
    const { history, recalls, plan } = this.#options;
    const part = askedPart(request.part);
    const summed = plan.parts[part]?.days;
    return [...days].flatMap(([day, columns]): KeptBlock[] => {
      this.#rowsOfDay.set(part, Math.max(this.#rowsOfDay.get(part) ?? 0, columns.length));
      if (summed === undefined) {
        history.keep({ part, day }, { columns, asOf });
        return [{ part, day, asOf, columns }];
      }
      const totals = dayTotals(columns);
      history.keep({ part: summed, day }, { columns: totals, asOf });
      if (request.part === part || !recalls()) {
        history.keep({ part, day }, { columns, asOf });
      }
      return [
        { part, day, asOf, columns },
        { part: summed, day, asOf, columns: totals },
      ];
    });
  }

  #isSized(part: HistoryPart): boolean {
    return this.#options.plan.parts[askedPart(part)]?.daysAtOnce === 'sized';
  }

  #fail(request: Request, failure: Failure): void {
    const days = daysOf(request.period);
    if (failure.kind === 'tooLarge' && days.length > 1) {
      this.#queue.unshift(...halves(request));
      this.#total += 1;
      return;
    }
    const part = askedPart(request.part);
    if (!this.#rowsOfDay.has(part)) {
      this.#rowsOfDay.set(part, 0); // no day has told how many rows it has; the rest is not asked for one by one
    }
    this.#options.onFailure(failure);
    const given = concernsAccount(failure) ? [request, ...this.#queue.splice(0)] : [request];
    for (const lost of given) {
      for (const day of daysOf(lost.period)) {
        this.#options.history.fail({ part: lost.part, day }, failure);
      }
      this.#finish(lost);
    }
  }

  #finish({ part, period }: Request): void {
    this.#done += 1;
    for (const day of daysOf(period)) {
      this.#wanted.delete(keyOf({ part, day }));
    }
  }
}

function keyOf({ part, day }: Want): string {
  return `${part} ${day}`;
}

/** Days that follow one another go into one request, as many as the plan allows. */
function requestsFor({ parts }: UsagePlan, wants: readonly Want[]): Request[] {
  const requests: Request[] = [];
  const sorted = [...wants].sort((a, b) => compare(a.part, b.part) || compare(a.day, b.day));
  for (const { part, day } of sorted) {
    const start = startOfDay(day);
    const last = requests.at(-1);
    const atOnce = parts[askedPart(part)]?.daysAtOnce ?? 1;
    const most = atOnce === 'sized' ? MOST_DAYS_AT_ONCE : atOnce;
    const joins = last?.part === part && last.period.end === start && start - last.period.start < most * DAY;
    if (joins) {
      requests[requests.length - 1] = { part, period: { start: last.period.start, end: start + DAY } };
    } else {
      requests.push({ part, period: { start, end: start + DAY } });
    }
  }
  return requests;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function halves({ part, period: { start, end } }: Request): Request[] {
  const middle = start + Math.floor((end - start) / DAY / 2) * DAY;
  return [
    { part, period: { start, end: middle } },
    { part, period: { start: middle, end } },
  ];
}
