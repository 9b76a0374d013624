import type { UsageSource } from '../providers/provider';
import type { DayColumns } from '../usage/columns';
import { dayTotals } from '../usage/dayTotals';
import { type Failure, toFailure } from '../usage/failure';
import { DAY, type EpochMs, type Period, type UtcDay, daysOf, startOfDay } from '../usage/time';
import type { KeptBlock } from './database/operations';
import type { History, HistoryPart, Want } from './history';
import { concernsAccount } from './readAccount';

export interface DayLoaderOptions {
  readonly history: History;
  /** Rejects with UsageError, also while the vendor's wait lasts. */
  readonly open: () => Promise<UsageSource>;
  readonly now: () => EpochMs;
  /** Puts what the database has of these days into the history. */
  readonly recall: (part: HistoryPart, days: readonly UtcDay[]) => Promise<void>;
  /** Keeps a reply, whole. */
  readonly save: (blocks: readonly KeptBlock[]) => Promise<void>;
  /** Whether what was saved can be recalled; else it has to stay at hand. */
  readonly recalls: () => boolean;
  /** Waits for the right to ask the vendor, which one process has at a time; `giveBack` follows every call. */
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

/** Few at once: the vendor's limits are not known, and what a person looks at first comes first. */
const AT_ONCE = 2;

/** As many days as a month has, in one request; the hours of a day are a request of their own. */
const MOST_DAYS_AT_ONCE = 31;

/** A reply of storage should have about so many rows: some tens of megabytes. */
const STORAGE_ROWS_AT_ONCE = 50_000;

interface Request {
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
  /** The most storage rows that a day had; undefined until one was read. */
  #storageRows: number | undefined;

  constructor(options: DayLoaderOptions) {
    this.#options = options;
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
    const requests = plan(fresh);
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
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let request = this.#next(); request !== undefined; request = this.#next()) {
        await this.#read(request, signal);
        this.#options.onChange();
      }
    });
    await Promise.all(workers);
    const lease = this.#run?.lease;
    this.#run = undefined;
    this.#done = 0;
    this.#total = 0;
    if (lease !== undefined) {
      await this.#options.lease.giveBack();
    }
    this.#options.onChange();
  }

  /**
   * Storage comes in buckets as long as the vendor makes them, so the newest day tells first how many rows a day has; then
   * as many days as make a reply of some megabytes.
   */
  #next(): Request | undefined {
    const request = this.#queue.shift();
    if (request === undefined || !isStorage(request.part)) {
      return request;
    }
    const { start, end } = request.period;
    const most = this.#storageRows === undefined ? 1 : STORAGE_ROWS_AT_ONCE / Math.max(1, this.#storageRows);
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
      for (const part of missingRuns(request, await this.#missing(request, signal))) {
        await this.#ask(part, signal);
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
    const source = await open();
    signal.throwIfAborted();
    const asOf = now();
    const blocks = this.#toBlocks(request, await ask(source, request, signal), asOf);
    await save(blocks);
  }

  /** Storage is kept twice: as it came, and by machine and day. The former stays at hand only where somebody wants it. */
  #toBlocks({ part }: Request, days: DayColumns, asOf: EpochMs): KeptBlock[] {
    const { history, recalls } = this.#options;
    return [...days].flatMap(([day, columns]): KeptBlock[] => {
      if (!isStorage(part)) {
        history.keep({ part, day }, { columns, asOf });
        return [{ part, day, asOf, columns }];
      }
      const totals = dayTotals(columns);
      this.#storageRows = Math.max(this.#storageRows ?? 0, columns.length);
      history.keep({ part: 'storageDays', day }, { columns: totals, asOf });
      if (part === 'storage' || !recalls()) {
        history.keep({ part: 'storage', day }, { columns, asOf });
      }
      return [
        { part: 'storage', day, asOf, columns },
        { part: 'storageDays', day, asOf, columns: totals },
      ];
    });
  }

  #fail(request: Request, failure: Failure): void {
    const days = daysOf(request.period);
    if (failure.kind === 'tooLarge' && days.length > 1) {
      this.#queue.unshift(...halves(request));
      this.#total += 1;
      return;
    }
    if (isStorage(request.part)) {
      this.#storageRows ??= 0; // no day has told how many rows it has; the rest is not asked for one by one
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

function isStorage(part: HistoryPart): boolean {
  return part === 'storage' || part === 'storageDays';
}

/** Hours are asked for by the UTC day, never a month in one go. */
function ask(source: UsageSource, { part, period }: Request, signal: AbortSignal): Promise<DayColumns> {
  return isStorage(part)
    ? source.storage({ period }, signal)
    : source.compute({ period }, part === 'computeHours' ? 'hour' : 'day', signal);
}

/** Days that follow one another go into one request, but hours, of which a day may be megabytes. */
function plan(wants: readonly Want[]): Request[] {
  const requests: Request[] = [];
  const sorted = [...wants].sort((a, b) => compare(a.part, b.part) || compare(a.day, b.day));
  for (const { part, day } of sorted) {
    const start = startOfDay(day);
    const last = requests.at(-1);
    const joins =
      part !== 'computeHours' &&
      last?.part === part &&
      last.period.end === start &&
      start - last.period.start < MOST_DAYS_AT_ONCE * DAY;
    if (joins) {
      requests[requests.length - 1] = { part, period: { start: last.period.start, end: start + DAY } };
    } else {
      requests.push({ part, period: { start, end: start + DAY } });
    }
  }
  return requests;
}

/** Of a request, what still has to be asked for: days that follow one another together. */
function missingRuns({ part }: Request, days: readonly UtcDay[]): Request[] {
  return plan(days.map((day) => ({ part, day })));
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
