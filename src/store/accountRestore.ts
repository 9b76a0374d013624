import type { KeptAccount } from '../database/operations';
import type { EpochMs } from '../usage/time';
import type { AccountState } from './accountState';
import { asOf, stopOfThisWindow } from './accountUsage';
import type { AskingTurn } from './askingTurn';
import type { DatabaseCache } from './databaseCache';
import { ofTheAccount } from './keptUsage';
import { restoreEarlier, restoreNewer, restoreTotals, restoreUsage } from './restore';

export interface AccountRecallOptions {
  readonly state: AccountState;
  readonly turn: AskingTurn;
  readonly databaseCache: DatabaseCache;
  readonly now: () => EpochMs;
  readonly onChange: () => void;
}

/** Shows what the database has of an account, of this process or of others. */
export class AccountRestore {
  readonly #options: AccountRecallOptions;
  #underWay: Promise<void> | undefined;
  #isDone = false;

  constructor(options: AccountRecallOptions) {
    this.#options = options;
  }

  /** Whether the database has been asked what it has. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Joins one that is under way. Never rejects. */
  restore(): Promise<void> {
    if (this.#options.turn.isClosed) {
      return Promise.resolve(); // the process knows the account under another scope by now
    }
    this.#underWay ??= this.#restore().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  /** A restore under way may have begun before the wanted data was written. */
  async recallAnew(): Promise<void> {
    await this.#underWay;
    await this.restore();
  }

  async #restore(): Promise<void> {
    const { databaseCache, now, onChange, state, turn } = this.#options;
    const kept = ofTheAccount(await databaseCache.account(state.account.id, state.scope, now()));
    if (!state.backoffReset) {
      turn.wait.deferUntil(kept.waitUntil);
    }
    turn.requests.hear(kept.requests);
    state.forgetVoid();
    if (kept.askedAt > state.askedByAny || (kept.askedAt > 0 && asOf(state.usage) === undefined)) {
      await this.#take(kept);
    }
    await restoreNewer(this.#own);
    const isFirst = !this.#isDone;
    this.#isDone = true;
    if (!turn.isClosed) {
      onChange();
      if (isFirst) {
        void this.#restoreEarlier();
      }
    }
  }

  /** Others' data does not fix a failure of this window. */
  async #take(kept: KeptAccount): Promise<void> {
    const { state } = this.#options;
    state.askedByAny = kept.askedAt;
    state.failures = kept.failures;
    await this.#showTotals(kept);
    const stop = stopOfThisWindow(state.usage);
    const usage = await restoreUsage({ ...this.#own, kept, before: state.usage });
    state.usage = stop === undefined ? usage : { ...usage, summary: { ...usage.summary, failure: stop } };
  }

  /** At startup, shows totals first: opening the days of many machines takes longer than a glance. */
  async #showTotals(kept: KeptAccount): Promise<void> {
    const { state, turn, onChange } = this.#options;
    if (asOf(state.usage) !== undefined) {
      return;
    }
    const usage = await restoreTotals({ ...this.#own, kept });
    if (usage !== undefined && !turn.isClosed) {
      state.usage = usage;
      onChange();
    }
  }

  /** Restores earlier months, which improve forecasts. Nobody waits for this. */
  async #restoreEarlier(): Promise<void> {
    const { state, turn, now, onChange } = this.#options;
    const { version } = state.dayCache;
    await restoreEarlier(this.#own, state.account, now());
    if (state.dayCache.version !== version && !turn.isClosed) {
      onChange();
    }
  }

  get #own(): Parameters<typeof restoreNewer>[0] {
    const { databaseCache, state } = this.#options;
    return {
      databaseCache,
      accountId: state.keptAs,
      dayCache: state.dayCache,
      capabilities: state.capabilities,
    };
  }
}
