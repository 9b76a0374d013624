import { type AccountUsage, mainFailure } from '../store/accountUsage';
import type { Account } from '../usage/account';
import { type Amount, sum } from '../usage/amount';
import type { Failure } from '../usage/failure';
import { type EpochMs, monthOf } from '../usage/time';

/** One account's part of the figure in the status bar. */
export interface StatusPart {
  readonly account: Account;
  /** Seconds billed since the first of the month; undefined when not known. */
  readonly billedAwakeSeconds: Amount | undefined;
  readonly asOf: EpochMs | undefined;
  /** The month that the figure belongs to is over. */
  readonly oldMonth: boolean;
  readonly failure: Failure | undefined;
  readonly usage: AccountUsage | undefined;
}

export interface StatusFigure {
  /** The sum over the parts that are known; undefined when none is. */
  readonly billedAwakeSeconds: Amount | undefined;
  readonly parts: readonly StatusPart[];
  /** Some parts are not known, so the whole is larger than the sum says. */
  readonly incomplete: boolean;
  /** Some parts are older than they should be: the newest attempt failed, or their month is over. */
  readonly stale: boolean;
  /** Only sample data are shown. */
  readonly sample: boolean;
}

export interface StatusInput {
  readonly accounts: readonly Account[];
  readonly usage: (accountId: string) => AccountUsage | undefined;
  readonly isSample: (account: Account) => boolean;
  /** The label of the only account to show; empty for all. */
  readonly chosen: string;
  readonly now: EpochMs;
}

/**
 * What the status bar shows: the chosen account, or the sum over all of them. Sample data never count beside real
 * ones. Undefined without an account: then there is no item at all.
 */
export function statusFigure(input: StatusInput): StatusFigure | undefined {
  const parts = accountsToShow(input).map((account) => partOf(account, input));
  if (parts.length === 0) {
    return undefined;
  }
  const current = parts.flatMap((part) => (part.oldMonth ? [] : (part.billedAwakeSeconds ?? [])));
  return {
    billedAwakeSeconds: current.length === 0 ? undefined : sum(current),
    parts,
    incomplete: current.length > 0 && current.length < parts.length,
    stale: parts.some((part) => part.oldMonth || part.failure !== undefined),
    sample: parts.every((part) => input.isSample(part.account)),
  };
}

function accountsToShow({ accounts, chosen, isSample }: StatusInput): readonly Account[] {
  const named = accounts.filter((account) => account.label === chosen);
  if (chosen !== '' && named.length > 0) {
    return named;
  }
  const real = accounts.filter((account) => !isSample(account));
  return real.length > 0 ? real : accounts;
}

function partOf(account: Account, { usage: usageOf, now }: StatusInput): StatusPart {
  const usage = usageOf(account.id);
  return {
    account,
    billedAwakeSeconds: usage?.summary.value?.billed.awake_seconds,
    asOf: usage?.summary.asOf,
    oldMonth: usage !== undefined && usage.period.start !== monthOf(now).start,
    failure: usage === undefined ? undefined : mainFailure(usage),
    usage,
  };
}
