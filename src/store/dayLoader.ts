import type { UsageSource } from '../providers/provider';
import type { UsageBucket } from '../usage/bucket';
import { type Failure, toFailure } from '../usage/failure';
import { DAY, type EpochMs, type Period, daysOf, startOfDay } from '../usage/time';
import type { History, HistoryPart, Want } from './history';
import { concernsAccount } from './readAccount';

export interface DayLoaderOptions {
  readonly history: History;
  /** Rejects with UsageError, also while the vendor's wait lasts. */
  readonly open: () => Promise<UsageSource>;
  readonly now: () => EpochMs;
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

interface Request {
  readonly part: HistoryPart;
  readonly period: Period;
}

/** Reads days of an account into its history, a request after the other, until all that is wanted is there. */
export class DayLoader {
  readonly #options: DayLoaderOptions;
  readonly #queue: Request[] = [];
  readonly #wanted = new Set<string>();
  #run: { readonly promise: Promise<void>; readonly abort: AbortController } | undefined;
  #done = 0;
  #total = 0;

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
      this.#run = { abort, promise: this.#work(abort.signal) };
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
      for (let request = this.#queue.shift(); request !== undefined; request = this.#queue.shift()) {
        await this.#send(request, signal);
        this.#options.onChange();
      }
    });
    await Promise.all(workers);
    this.#run = undefined;
    this.#done = 0;
    this.#total = 0;
    this.#options.onChange();
  }

  async #send(request: Request, signal: AbortSignal): Promise<void> {
    const { history, now, open } = this.#options;
    const asOf = now();
    try {
      signal.throwIfAborted();
      const buckets = await ask(await open(), request, signal);
      history.keep(request.part, request.period, buckets, asOf);
    } catch (error) {
      this.#fail(request, signal.aborted ? { kind: 'cancelled' } : toFailure(error));
      return;
    }
    this.#finish(request);
  }

  #fail(request: Request, failure: Failure): void {
    const days = daysOf(request.period);
    if (failure.kind === 'tooLarge' && days.length > 1) {
      this.#queue.unshift(...halves(request));
      this.#total += 1;
      return;
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

function ask(
  source: UsageSource,
  { part, period }: Request,
  signal: AbortSignal,
): Promise<readonly UsageBucket[]> {
  return part === 'storage'
    ? source.storageBuckets({ period }, signal)
    : source.computeBuckets({ period }, part === 'computeHours' ? 'hour' : 'day', signal);
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
