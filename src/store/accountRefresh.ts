import type { Logger } from '../http/log';
import type { UsageSource } from '../providers/provider';
import { type Failure, toFailure } from '../usage/failure';
import { type Bill, billedRestatements, type Restatement } from '../usage/restatement';
import { type EpochMs, monthToDate } from '../usage/time';
import type { AccountRestore } from './accountRestore';
import type { AccountState } from './accountState';
import {
  accountFailure,
  type AccountUsage,
  afterRefresh,
  isUnheard,
  mainFailure,
  PARTS,
  withoutFailures,
} from './accountUsage';
import type { AskingTurn } from './askingTurn';
import type { DayLoader } from './dayLoader';
import { keptParts, totalsBlock } from './keptUsage';
import { allFailed, readAccount } from './readAccount';

export interface AccountRefreshOptions {
  readonly state: AccountState;
  readonly turn: AskingTurn;
  readonly restore: AccountRestore;
  readonly days: Pick<DayLoader, 'loadFirst'>;
  readonly now: () => EpochMs;
  readonly log: Logger;
  readonly onChange: () => void;
}

/** Reads an account's month to date from the vendor, when it is this process' turn, and keeps it. */
export class AccountRefresh {
  readonly #options: AccountRefreshOptions;
  #underWay: { readonly promise: Promise<void>; readonly abort: AbortController } | undefined;

  constructor(options: AccountRefreshOptions) {
    this.#options = options;
  }

  get underWay(): Promise<void> | undefined {
    return this.#underWay?.promise;
  }

  /** Refreshes unless any process asked less than `maxAgeMs` ago; joins one under way. Never rejects. */
  refresh(maxAgeMs: number): Promise<void> {
    if (this.#underWay === undefined) {
      const abort = new AbortController();
      this.#underWay = { abort, promise: this.#refresh(maxAgeMs, abort.signal) };
      this.#options.onChange();
    }
    return this.#underWay.promise;
  }

  /** What it read is kept, the rest stays as it was. */
  cancel(): void {
    this.#underWay?.abort.abort();
  }

  /** The next one joins none, and begins at once, whatever the vendor said to an old key or address. */
  resetBackoff(): void {
    const { state, turn } = this.#options;
    this.#underWay = undefined;
    turn.wait.end();
    state.failures = 0;
    state.backoffReset = true;
    state.usage = withoutFailures(state.usage);
  }

  async #refresh(maxAgeMs: number, signal: AbortSignal): Promise<void> {
    const { state, turn, restore, now, log, onChange } = this.#options;
    await restore.recallAnew();
    if (Math.max(0, now() - state.askedAt) >= maxAgeMs) {
      try {
        await this.#readInTurn(signal, maxAgeMs === 0);
      } catch (error) {
        log.debug(`refresh of account ${state.account.id}: ${toFailure(error).kind}`);
      }
    }
    if (this.#underWay?.abort.signal === signal) {
      this.#underWay = undefined;
    }
    if (!turn.isClosed) {
      onChange();
    }
  }

  /** Another process may have asked while this one waited for its turn: what that one read is as good. */
  async #readInTurn(signal: AbortSignal, byPerson: boolean): Promise<void> {
    const { state, turn, restore } = this.#options;
    const before = state.askedByAny;
    const source = await turn.take(signal).catch((error: unknown) => {
      this.#showUnasked(toFailure(error));
      throw error;
    });
    try {
      await restore.recallAnew();
      if (state.askedByAny === before && turn.wait.until === undefined) {
        await this.#readMonth(source, { signal, byPerson });
      }
    } finally {
      await turn.giveBack();
    }
  }

  /** Shows why the vendor could not be asked. The reason is this window's own, so it is not stored. */
  #showUnasked(failure: Failure): void {
    const { state, now } = this.#options;
    if (failure.kind !== 'rateLimited') {
      state.triedAt = now();
    }
    if (failure.kind !== 'rateLimited' && failure.kind !== 'cancelled') {
      state.usage = afterRefresh(state.usage, allFailed(monthToDate(state.triedAt), failure));
    }
  }

  async #readMonth(
    source: UsageSource,
    { signal, byPerson }: { signal: AbortSignal; byPerson: boolean },
  ): Promise<void> {
    const { state, turn, days, now, log } = this.#options;
    const askedAt = now();
    const fresh = await readAccount({
      ...{
        source,
        now,
        signal,
        byPerson,
        dayCache: state.dayCache,
        capabilities: state.capabilities,
        before: state.usage,
      },
      load: (wants) => days.loadFirst(wants, signal),
    });
    state.triedAt = askedAt;
    if (signal.aborted) {
      await turn.save({}); // only the request count; this window does not retry before an interval has passed
      return;
    }
    const restated = takenBack(state.usage, fresh);
    state.usage = afterRefresh(state.usage, fresh);
    const failure = mainFailure(fresh);
    log.info(
      `refresh of account ${state.account.id}: ${failure === undefined ? 'ok' : JSON.stringify(failure)}`,
    );
    if (!isUnheard(fresh)) {
      await this.#keep(fresh, askedAt, restated);
    }
  }

  /** Saves the vendor's answer for other windows. */
  async #keep(fresh: AccountUsage, askedAt: EpochMs, restated: readonly Restatement[]): Promise<void> {
    const { state, turn } = this.#options;
    const failure = accountFailure(fresh);
    state.askedByAny = askedAt;
    state.failures = failure === undefined || isAnswer(failure) ? 0 : state.failures + 1;
    for (const part of PARTS) {
      turn.wait.deferAfter(fresh[part].failure);
    }
    await turn.save({
      ...{ askedAt, failures: state.failures, waitUntil: turn.wait.until ?? 0 },
      parts: keptParts(state.usage),
      blocks: totalsBlock(state.usage, askedAt),
      restated,
    });
    state.backoffReset = false;
  }
}

/** Billed amounts of the month taken back since the last reading. */
function takenBack(before: AccountUsage, { period, summary }: AccountUsage): Restatement[] {
  const [was, is] = [billOf(before.summary), billOf(summary)];
  return was === undefined || is === undefined || before.period.start !== period.start
    ? []
    : billedRestatements(was, is, period);
}

function billOf({ value, asOf }: AccountUsage['summary']): Bill | undefined {
  return value === undefined || asOf === undefined ? undefined : { billed: value.billed, asOf };
}

/** Whether the failure is a definite answer, which waiting does not change. */
function isAnswer({ kind }: Failure): boolean {
  return kind === 'gone' || kind === 'notCovered';
}
