import { type Failure, UsageError } from '../usage/failure';
import { isVoid } from '../usage/keptTime';
import type { EpochMs } from '../usage/time';

/** The time until which a vendor wants no requests about an account. */
export class VendorWait {
  readonly #now: () => EpochMs;
  #until: EpochMs = 0;
  #heardAt: EpochMs = 0;

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  /** Undefined without a wait, or when it has passed. */
  get until(): EpochMs | undefined {
    const now = this.#now();
    return this.#until > now && !isVoid(this.#until, now, 'wait') && !isVoid(this.#heardAt, now)
      ? this.#until
      : undefined;
  }

  /** Does nothing where it lasts longer already. */
  deferUntil(until: EpochMs): void {
    if (until > (this.until ?? 0)) {
      this.#until = until;
      this.#heardAt = this.#now();
    }
  }

  /** For as long as a failure tells. */
  deferAfter(failure: Failure | undefined): void {
    this.deferUntil(failure !== undefined && 'retryAt' in failure ? (failure.retryAt ?? 0) : 0);
  }

  end(): void {
    this.#until = 0;
    this.#heardAt = 0;
  }

  /** Throws UsageError `rateLimited` while it lasts. */
  throwWhileWaiting(): void {
    const retryAt = this.until;
    if (retryAt !== undefined) {
      throw new UsageError({ kind: 'rateLimited', retryAt });
    }
  }
}
