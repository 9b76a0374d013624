import type { DatabaseCache } from '../../store/databaseCache';
import type { Account } from '../../usage/account';
import { BASES, type Basis } from '../../usage/budgetBasis';
import type { EpochMs } from '../../usage/time';
import { highestPassed, quietUntil } from './budget';
import type { BudgetStanding } from './budgetStandings';

/** What to tell a person about a budget, once. */
export interface BudgetNews {
  readonly standing: BudgetStanding;
  /** The bases on which a threshold was passed, with the highest one; at least one. */
  readonly passed: readonly { readonly basis: Basis; readonly threshold: number }[];
}

export interface BudgetWatchOptions {
  readonly standings: (account: Account) => readonly BudgetStanding[];
  readonly databaseCache: Pick<DatabaseCache, 'claimAlert' | 'snooze'>;
  /** Whether a person looks at this window; a window that nobody sees leaves alerts to the one in sight. */
  readonly isSeen: () => boolean;
  readonly tell: (news: BudgetNews) => void;
  readonly now: () => EpochMs;
}

/**
 * Tells when a threshold is passed: once for all windows, only the highest of each budget, and never on figures that are of
 * another month or could not be refreshed.
 */
export class BudgetWatch {
  readonly #options: BudgetWatchOptions;
  /** What the database was asked last, by account, budget and basis: the same question has the same answer. */
  readonly #asked = new Map<string, string>();
  #disposed = false;

  constructor(options: BudgetWatchOptions) {
    this.#options = options;
  }

  /** Looks at the budgets of an account whose figures may have changed. Never rejects. */
  async look(account: Account): Promise<void> {
    const { isSeen, standings, tell } = this.#options;
    if (!isSeen()) {
      return;
    }
    for (const standing of standings(account).filter(({ isCurrent }) => isCurrent)) {
      const passed: { basis: Basis; threshold: number }[] = [];
      for (const basis of BASES) {
        const threshold = highestPassed(standing.standing, basis);
        if (threshold !== undefined && (await this.#isFirst(standing, basis, threshold))) {
          passed.push({ basis, threshold });
        }
      }
      if (passed.length > 0 && !this.#disposed) {
        tell({ standing, passed });
      }
    }
  }

  /** Mutes a budget in all windows for a day or for the rest of the month. */
  muteUntil({ account, key }: BudgetStanding, span: 'day' | 'month'): Promise<void> {
    const { databaseCache } = this.#options;
    const now = this.#options.now();
    return databaseCache.snooze(account.id, key, quietUntil(span, now), now);
  }

  dispose(): void {
    this.#disposed = true;
  }

  /** A muted budget is asked about again with the next figures. */
  #isFirst(standing: BudgetStanding, basis: Basis, threshold: number): Promise<boolean> {
    const { databaseCache, now } = this.#options;
    const { account, key, period, asOf } = standing;
    const place = JSON.stringify([account.id, key, basis]);
    const question = `${period.start} ${threshold} ${asOf}`;
    if (this.#asked.get(place) === question) {
      return Promise.resolve(false);
    }
    this.#asked.set(place, question);
    return databaseCache.claimAlert(
      account.id,
      { budget: key, period: period.start, basis, threshold },
      now(),
    );
  }
}
