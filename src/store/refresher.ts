import type { Account } from '../usage/account';
import type { FailureKind } from '../usage/failure';
import { type EpochMs, HOUR } from '../usage/time';
import type { UsageStore } from './usageStore';

export interface RefresherOptions {
  readonly store: UsageStore;
  readonly accounts: () => readonly Account[];
  readonly intervalMs: () => number;
  /** Whether anything of ours is on screen: otherwise nothing is asked for. */
  readonly isWatched: () => boolean;
  readonly now: () => EpochMs;
}

const SHORTEST_TIMER_MS = 1000;

/** Beyond 2^31 ms a timer fires at once; and a computer that slept should look again soon. */
const LONGEST_TIMER_MS = HOUR;

/** Only a person can put these right, so asking again by itself would be noise, or get the key locked out. */
const NEEDS_A_PERSON: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'keyMissing',
  'keyForOtherAddress',
  'keyRejected',
  'organisationMismatch',
  'forbidden',
  'badAddress',
]);

/** Refreshes in the background: one timer, set only while somebody is looking. */
export class Refresher {
  readonly #options: RefresherOptions;
  /** When each account was last asked for in the background, whether or not it answered. */
  readonly #askedAt = new Map<string, EpochMs>();
  readonly #due = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RefresherOptions) {
    this.#options = options;
  }

  /** Looks again at what is due; call it when anything that the options tell has changed. */
  update(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#options.isWatched()) {
      return;
    }
    const now = this.#options.now();
    let next = Number.POSITIVE_INFINITY;
    for (const account of this.#options.accounts()) {
      const due = this.#dueAt(account);
      if (due <= now) {
        this.#askedAt.set(account.id, now);
        this.#due.delete(account.id);
        void this.#options.store.refresh(account);
        next = Math.min(next, now + this.#options.intervalMs());
      } else {
        next = Math.min(next, due);
      }
    }
    if (Number.isFinite(next)) {
      this.#timer = setTimeout(
        () => {
          this.update();
        },
        Math.min(Math.max(next - now, SHORTEST_TIMER_MS), LONGEST_TIMER_MS),
      );
    }
  }

  /** Makes an account due now: at once when somebody is looking, else when somebody does. */
  ask(accountId: string): void {
    this.#due.add(accountId);
    this.update();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #dueAt(account: Account): EpochMs {
    const { store, intervalMs } = this.#options;
    if (this.#due.has(account.id)) {
      return store.waitUntil(account.id) ?? 0;
    }
    const failure = store.usage(account.id)?.summary.failure;
    if (failure !== undefined && NEEDS_A_PERSON.has(failure.kind)) {
      return Number.POSITIVE_INFINITY;
    }
    const last = Math.max(this.#askedAt.get(account.id) ?? 0, store.readAt(account.id) ?? 0);
    return Math.max(last === 0 ? 0 : last + intervalMs(), store.waitUntil(account.id) ?? 0);
  }
}
