import type { HourQuery } from '../providers/provider';
import type { HourSpend } from '../usage/bucket';
import { type EpochMs, HOUR } from '../usage/time';
import { CLOSING_MS } from './fetchPlan';

export interface HourSpendsOptions {
  readonly now: () => EpochMs;
  /** When the account was last refreshed. */
  readonly refreshedAt: () => EpochMs;
  /** Rejects with UsageError. */
  readonly fetch: (query: HourQuery) => Promise<HourSpend>;
}

/** The hours that somebody has opened. One that had closed when it was read is not asked for again; others after a refresh. */
export class HourSpends {
  readonly #options: HourSpendsOptions;
  readonly #known = new Map<string, { readonly asOf: EpochMs; readonly reading: Promise<HourSpend> }>();

  constructor(options: HourSpendsOptions) {
    this.#options = options;
  }

  /** Rejects with UsageError; then the next call asks again. */
  read(query: HourQuery): Promise<HourSpend> {
    const { now, refreshedAt, fetch } = this.#options;
    const key = JSON.stringify([query.start, query.teamId, query.projectId, query.resourceType]);
    const known = this.#known.get(key);
    if (known !== undefined) {
      const hadClosed = known.asOf >= query.start + HOUR + CLOSING_MS;
      if (hadClosed || known.asOf >= refreshedAt()) {
        return known.reading;
      }
    }
    const reading = fetch(query);
    this.#known.set(key, { asOf: now(), reading });
    reading.catch(() => {
      this.#known.delete(key);
    });
    return reading;
  }
}
