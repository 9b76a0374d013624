import { setTimeout as pauseFor } from 'node:timers/promises';
import { type EpochMs, MINUTE } from '../usage/time';

export interface PaceOptions {
  /** Undefined for no limit. */
  readonly perMinute: number | undefined;
  readonly now?: () => EpochMs;
  /** Resolves after `ms`; rejects when the signal is aborted. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Lets so many requests go within any minute, and has the next one wait until it may. */
export class Pace {
  readonly #perMinute: number | undefined;
  readonly #now: () => EpochMs;
  readonly #pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** When the requests of the last minute went, or are to go; in order. */
  #turns: EpochMs[] = [];

  constructor({ perMinute, now = () => performance.now(), pause }: PaceOptions) {
    this.#perMinute = perMinute;
    this.#now = now;
    this.#pause = pause ?? ((ms, signal) => pauseFor(ms, undefined, { signal }));
  }

  /** Resolves when a request may go, and counts it; rejects when the signal is aborted. */
  async turn(signal: AbortSignal): Promise<void> {
    const wait = this.#take();
    if (wait > 0) {
      await this.#pause(wait, signal);
    }
  }

  /** Takes the next turn, and tells in how many ms it is. */
  #take(): number {
    if (this.#perMinute === undefined) {
      return 0;
    }
    const now = this.#now();
    this.#turns = this.#turns.filter((at) => at > now - MINUTE);
    const before = this.#turns.at(-this.#perMinute);
    const at = before === undefined ? now : Math.max(now, before + MINUTE);
    this.#turns.push(at);
    return at - now;
  }
}
