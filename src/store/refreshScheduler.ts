import type { Account } from '../usage/account';
import { isVoid } from '../usage/keptTime';
import { type EpochMs, HOUR } from '../usage/time';
import { isOffline, isStopped } from './accountUsage';
import type { UsageStore } from './usageStore';

export interface RefreshSchedulerOptions {
  readonly store: UsageStore;
  readonly accounts: () => readonly Account[];
  readonly intervalMs: () => number;
  /** Whether any of our views is on screen; otherwise nothing is requested. */
  readonly isWatched: () => boolean;
  readonly now: () => EpochMs;
  /** Milliseconds of a clock that nobody sets. */
  readonly uptime?: () => number;
}

/** When the vendor was asked, how long ago that was when this window noticed, and the uptime then. */
interface Asked {
  readonly at: EpochMs;
  readonly age: number;
  readonly seenAt: number;
}

const SHORTEST_TIMER_MS = 1000;

/** Beyond 2^31 ms a timer fires at once; and a computer that slept should look again soon. */
const LONGEST_TIMER_MS = HOUR;

/**
 * An interval is longer by up to this share, so that not everybody asks at the same moment. The share depends on when the
 * vendor was last asked, so it is the same in all windows of a person, and one window asks for all.
 */
const JITTER = 0.1;
const JITTER_STEPS = 1009;

/** Each failure in a row doubles the interval, up to 2^5; a success resets it. */
const MOST_DOUBLINGS = 5;

/** Refreshes in the background: one timer, set only while somebody is looking. Requests of other windows count. */
export class RefreshScheduler {
  readonly #options: RefreshSchedulerOptions;
  /** When this window last asked for each account; needed until the reply is there. */
  readonly #askedAt = new Map<string, EpochMs>();
  readonly #seen = new Map<string, Asked>();
  readonly #due = new Set<string>();
  readonly #uptime: () => number;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RefreshSchedulerOptions) {
    this.#options = options;
    this.#uptime = options.uptime ?? ((): number => performance.now());
  }

  /** Checks again what is due; call it when anything that the options return has changed. */
  update(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#options.isWatched()) {
      return;
    }
    const now = this.#options.now();
    let next = Number.POSITIVE_INFINITY;
    for (const account of this.#options.accounts()) {
      if (this.#options.store.known(account.id)?.isRestored !== true) {
        void this.#options.store.of(account).restore(); // and its change brings us back here
        continue;
      }
      const due = this.#dueAt(account);
      if (due <= now) {
        // What another window asked for since counts, whatever the clock was set to.
        const maxAgeMs = Math.min(this.#interval(account), now - this.#lastAsked(account));
        this.#askedAt.set(account.id, now);
        void this.#options.store.of(account).refresh(this.#due.delete(account.id) ? 0 : maxAgeMs);
        next = Math.min(next, now + this.#interval(account));
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

  /**
   * The network or window is back: accounts that failed for lack of a network are due now.
   *
   * @param minAgeMs minimum time since the last try, for frequent events
   */
  reconnect(minAgeMs = 0): void {
    const { store, accounts, now } = this.#options;
    for (const account of accounts()) {
      const usage = store.known(account.id)?.usage;
      if (usage !== undefined && isOffline(usage) && now() - this.#lastAsked(account) >= minAgeMs) {
        this.#due.add(account.id);
      }
    }
    this.update();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #dueAt(account: Account): EpochMs {
    const known = this.#options.store.known(account.id);
    const waitUntil = known?.waitUntil ?? 0;
    if (this.#due.has(account.id)) {
      return waitUntil;
    }
    if (known !== undefined && isStopped(known.usage)) {
      return Number.POSITIVE_INFINITY;
    }
    return Math.max(this.#againAt(account), waitUntil);
  }

  /** An interval after the vendor was last asked, by this window or another one. */
  #againAt(account: Account): EpochMs {
    const last = this.#lastAsked(account);
    return last === 0 ? 0 : this.#options.now() - this.#age(account.id, last) + this.#interval(account);
  }

  /** 0 when never. */
  #lastAsked({ id }: Account): EpochMs {
    const here = this.#askedAt.get(id) ?? 0;
    return Math.max(
      isVoid(here, this.#options.now()) ? 0 : here,
      this.#options.store.known(id)?.askedAt ?? 0,
    );
  }

  /** Age by the clock that says more: one may have been set back, the other stops while the computer sleeps. */
  #age(accountId: string, at: EpochMs): number {
    const age = this.#options.now() - at;
    const seen = this.#seen.get(accountId);
    if (seen?.at !== at) {
      this.#seen.set(accountId, { at, age, seenAt: this.#uptime() });
      return age;
    }
    return Math.max(age, seen.age + this.#uptime() - seen.seenAt);
  }

  #interval({ id }: Account): number {
    const { store, intervalMs } = this.#options;
    const { failures, askedAt } = store.known(id) ?? { failures: 0, askedAt: 0 };
    const doublings = Math.min(failures, MOST_DOUBLINGS);
    const jitter = (JITTER * (askedAt % JITTER_STEPS)) / JITTER_STEPS;
    return intervalMs() * (1 + jitter) * 2 ** doublings;
  }
}
