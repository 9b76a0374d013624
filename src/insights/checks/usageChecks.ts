import type { DatabaseCache } from '../../store/databaseCache';
import type { DayCache } from '../../store/dayCache';
import { Emitter } from '../../store/emitter';
import type { UsageStore } from '../../store/usageStore';
import type { Restatement } from '../../usage/restatement';
import { type AccountCheck, AccountChecks } from './accountChecks';

export interface UsageChecksOptions {
  readonly store: UsageStore;
  readonly databaseCache: DatabaseCache;
  /** Told what a listener threw. */
  readonly onError: (error: unknown) => void;
}

/** The checks of an account's figures under one scope: another scope has another day cache. */
interface OwnChecks {
  readonly dayCache: DayCache;
  readonly checks: AccountChecks;
}

const NO_RESTATEMENTS: readonly Restatement[] = [];

/** The results, for those who show them. */
export type KnownChecks = Pick<UsageChecks, 'result' | 'restatements'>;

/** Looks through the figures of each account after they have changed. */
export class UsageChecks {
  readonly #options: UsageChecksOptions;
  readonly #accounts = new Map<string, OwnChecks>();
  readonly #changed: Emitter<string>;
  readonly #following: { dispose(): void };

  constructor(options: UsageChecksOptions) {
    this.#options = options;
    this.#changed = new Emitter(options.onError);
    this.#following = options.store.onDidChange((accountId) => {
      this.#follow(accountId);
    });
  }

  /** Fires with the account's id when the checks found something new. */
  get onDidChange(): Emitter<string>['event'] {
    return this.#changed.event;
  }

  /**
   * The result of checking an account's figures; undefined while nothing is known, or if the vendor does not tell what it has
   * billed. It follows a refresh a little later, and stays the same object until its content changes.
   */
  result(accountId: string): AccountCheck | undefined {
    return this.#accounts.get(accountId)?.checks.result;
  }

  /** Closed buckets whose value changed after it had been read, newest first; the same list until it changes. */
  restatements(accountId: string): readonly Restatement[] {
    return this.#accounts.get(accountId)?.checks.restatements ?? NO_RESTATEMENTS;
  }

  dispose(): void {
    this.#following.dispose();
    for (const accountId of [...this.#accounts.keys()]) {
      this.#drop(accountId);
    }
  }

  #follow(accountId: string): void {
    const dayCache = this.#options.store.known(accountId)?.dayCache;
    if (this.#accounts.get(accountId)?.dayCache !== dayCache) {
      this.#drop(accountId);
      this.#begin(accountId);
    }
    this.#accounts.get(accountId)?.checks.update();
  }

  #begin(accountId: string): void {
    const { store, databaseCache } = this.#options;
    const state = store.known(accountId)?.state;
    if (state === undefined) {
      return;
    }
    const { dayCache, keptAs, capabilities } = state;
    const checks = new AccountChecks({
      ...{ databaseCache, accountId: keptAs, dayCache, capabilities },
      usage: () => state.usage,
      isBusy: () => store.known(accountId)?.isBusy === true,
      onChange: () => {
        this.#changed.fire(accountId);
      },
    });
    this.#accounts.set(accountId, { dayCache, checks });
  }

  #drop(accountId: string): void {
    this.#accounts.get(accountId)?.checks.dispose();
    this.#accounts.delete(accountId);
  }
}
