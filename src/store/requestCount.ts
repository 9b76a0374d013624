import { type EpochMs, HOUR } from '../usage/time';

/** Requests to a vendor about an account within the last hour: of this process, and of others as far as is known. */
export class RequestCount {
  readonly #now: () => EpochMs;
  #sent: EpochMs[] = [];
  #elsewhere = 0;
  #unsaved = 0;

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  get lastHour(): number {
    this.#sent = this.#sent.filter((at) => at > this.#now() - HOUR);
    return this.#sent.length + this.#elsewhere;
  }

  add(): void {
    this.#sent.push(this.#now());
    this.#unsaved += 1;
  }

  /** How many to add to the kept ones; from then on they count as saved. */
  takeUnsaved(): number {
    const unsaved = this.#unsaved;
    this.#unsaved = 0;
    return unsaved;
  }

  /** @param kept the stored count of all processes */
  hear(kept: number): void {
    this.#elsewhere = Math.max(0, kept - (this.#sent.length - this.#unsaved));
  }
}
