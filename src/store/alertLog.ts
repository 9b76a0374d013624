import type { PassedThreshold } from '../database/operations';
import { isVoid } from '../usage/keptTime';
import type { EpochMs } from '../usage/time';

interface Own {
  /** By budget and basis. */
  readonly told: Map<string, { period: EpochMs; threshold: number; at: EpochMs }>;
  /** Until when, by budget. */
  readonly quiet: Map<string, EpochMs>;
}

/** This window's budget alerts, in memory: like `DatabaseOperations.claimAlert` and `snooze`, without other windows. */
export class AlertLog {
  readonly #accounts = new Map<string, Own>();

  claimAlert(id: string, { budget, basis, period, threshold }: PassedThreshold, now: EpochMs): boolean {
    const { told, quiet } = this.#own(id);
    const key = `${basis} ${budget}`;
    const before = told.get(key);
    const isNews =
      before === undefined ||
      isVoid(before.at, now) ||
      before.period < period ||
      (before.period === period && before.threshold < threshold);
    const until = quiet.get(budget) ?? 0;
    if (!isNews || (until > now && !isVoid(until, now, 'quiet'))) {
      return false;
    }
    told.set(key, { period, threshold, at: now });
    return true;
  }

  snooze(id: string, budget: string, until: EpochMs, now: EpochMs): void {
    const { quiet } = this.#own(id);
    const before = quiet.get(budget) ?? until;
    quiet.set(budget, isVoid(before, now, 'quiet') ? until : Math.max(until, before));
  }

  drop(ids: readonly string[]): void {
    for (const id of ids) {
      this.#accounts.delete(id);
    }
  }

  #own(id: string): Own {
    const own = this.#accounts.get(id) ?? { told: new Map(), quiet: new Map() };
    this.#accounts.set(id, own);
    return own;
  }
}
