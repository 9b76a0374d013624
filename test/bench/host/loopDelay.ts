import { type IntervalHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Pauses } from '../results';

const NANOSECONDS = 1e6;

/** So that the first and the last pause are counted whole. */
const BESIDE_MS = 20;

/** How long the event loop lets its timers wait, over one or several stretches of work. */
export class LoopDelay {
  readonly #delays: IntervalHistogram = monitorEventLoopDelay({ resolution: 1 });
  #milliseconds = 0;

  /** How long the work took. */
  get milliseconds(): number {
    return this.#milliseconds;
  }

  get pauses(): Pauses {
    return {
      p99: this.#delays.percentile(99) / NANOSECONDS,
      longest: this.#delays.max / NANOSECONDS,
      over: this.#milliseconds,
    };
  }

  async during(work: () => unknown): Promise<void> {
    this.#delays.enable();
    await pause(BESIDE_MS);
    const begun = performance.now();
    await work();
    this.#milliseconds += performance.now() - begun;
    await pause(BESIDE_MS);
    this.#delays.disable();
  }
}

/** The pauses during some work, and those over the same length of time without it. */
export async function besideIdle(work: () => unknown): Promise<{ own: Pauses; idle: Pauses }> {
  const [own, idle] = [new LoopDelay(), new LoopDelay()];
  await own.during(work);
  await idle.during(() => pause(own.milliseconds));
  return { own: own.pauses, idle: idle.pauses };
}
