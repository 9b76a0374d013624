import { setTimeout as pauseFor } from 'node:timers/promises';
import { type EpochMs, MINUTE } from '../usage/time';

export interface PaceOptions {
  /** Undefined for no limit. */
  readonly perMinute: number | undefined;
  readonly now?: () => EpochMs;
  /** Resolves after `ms`; rejects when the signal is aborted. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Limits how many requests go within any minute; the next one waits until it may go. */
export class RateLimiter {
  readonly #perMinute: number | undefined;
  readonly #now: () => EpochMs;
  readonly #pause: (ms: number, signal: AbortSignal) => Promise<void>;
  /** When the requests of the last minute went, or will go; in order. */
  #turns: EpochMs[] = [];

  constructor({ perMinute, now = () => performance.now(), pause }: PaceOptions) {
    this.#perMinute = perMinute;
    this.#now = now;
    this.#pause = pause ?? ((ms, signal) => pauseFor(ms, undefined, { signal }));
  }

  /** Why the next request has to wait, and how many milliseconds from now; undefined while none waits. */
  get wait(): { readonly ms: number; readonly perMinute: number } | undefined {
    const now = this.#now();
    const next = this.#turns.find((at) => at > now);
    return next === undefined || this.#perMinute === undefined
      ? undefined
      : { ms: next - now, perMinute: this.#perMinute };
  }

  /** Resolves when a request may go, and counts it; rejects when the signal is aborted. */
  async turn(signal: AbortSignal): Promise<void> {
    if (this.#perMinute === undefined) {
      return;
    }
    const now = this.#now();
    const at = this.#take(now, this.#perMinute);
    if (at <= now) {
      return;
    }
    try {
      await this.#pause(at - now, signal);
    } catch (error) {
      this.#turns.splice(this.#turns.indexOf(at), 1); // this request is not sent
      throw error;
    }
  }

  /** Reserves the next turn; returns its time. */
  #take(now: EpochMs, perMinute: number): EpochMs {
    this.#turns = this.#turns.filter((at) => at > now - MINUTE);
    const before = this.#turns.at(-perMinute);
    const at = before === undefined ? now : Math.max(now, before + MINUTE);
    this.#turns.push(at);
    return at;
  }
}
