import { headlineFigure } from '../../insights/month/monthFigure';
import type { ProviderCapabilities } from '../../providers/capabilities';
import { type AccountUsage, mainFailure } from '../../store/accountUsage';
import type { Account } from '../../usage/account';
import type { Amount } from '../../usage/amount';
import type { Failure } from '../../usage/failure';
import { type KnownSum, knownSum } from '../../usage/knownSum';
import type { MeterId } from '../../usage/meter';
import { type EpochMs, monthOf } from '../../usage/time';

/** One account's part of the figure in the status bar. */
export interface StatusPart {
  readonly account: Account;
  /** The vendor's headline figure for the month to date; undefined if unknown. */
  readonly amount: Amount | undefined;
  /** Whether `amount` is complete: no day is missing or in another unit. */
  readonly isWhole: boolean;
  readonly meter: MeterId | undefined;
  readonly asOf: EpochMs | undefined;
  /** The month that the figure belongs to is over. */
  readonly oldMonth: boolean;
  readonly failure: Failure | undefined;
  readonly usage: AccountUsage | undefined;
}

export interface StatusFigure {
  /** The sum of the known parts; undefined if none is known. */
  readonly amount: Amount | undefined;
  /** What is summed: one meter of one vendor, never more. Undefined while its unit is not known. */
  readonly meter: MeterId | undefined;
  readonly parts: readonly StatusPart[];
  /** Some parts are unknown or incomplete, so the sum is not a total. */
  readonly incomplete: boolean;
  /** Whether the vendor tells what it has billed, and `amount` is that; otherwise it is metered. */
  readonly billed: boolean;
  /** Some parts are older than they should be: the newest attempt failed, or their month is over. */
  readonly stale: boolean;
  /** Only sample data are shown. */
  readonly sample: boolean;
  /** How many figures take turns. */
  readonly count: number;
}

export interface StatusInput {
  readonly accounts: readonly Account[];
  readonly usage: (accountId: string) => AccountUsage | undefined;
  readonly capabilitiesOf: (account: Account) => ProviderCapabilities;
  readonly isSample: (account: Account) => boolean;
  /** The label of the only account to show; empty for all. */
  readonly chosen: string;
  /** Which figure: counts up from 0 forever. */
  readonly turn: number;
  readonly now: EpochMs;
}

/**
 * What the status bar shows: the chosen account, or else a sum for each vendor and unit, one at a time. Sample data never
 * count beside real ones. Undefined without an account: then there is no item at all.
 */
export function statusFigure(input: StatusInput): StatusFigure | undefined {
  const groups = groupParts(accountsToShow(input).map((account) => partOf(account, input)));
  const parts = groups[input.turn % groups.length];
  if (parts === undefined) {
    return undefined;
  }
  const sum = knownSum(parts.map(sumOf));
  return {
    amount: sum?.amount,
    meter: parts.map(({ meter }) => meter).find((meter) => meter !== undefined),
    parts,
    incomplete: sum?.whole === false,
    billed: parts.every(({ account }) => input.capabilitiesOf(account).tellsBilled),
    stale: parts.some((part) => part.oldMonth || part.failure !== undefined),
    sample: parts.every((part) => input.isSample(part.account)),
    count: groups.length,
  };
}

/** Undefined if unknown, or if its month is over. */
function sumOf({ amount, isWhole, oldMonth }: StatusPart): KnownSum | undefined {
  return oldMonth || amount === undefined ? undefined : { amount, whole: isWhole };
}

/** By vendor and unit, in account order. A part whose unit is not known yet joins its vendor's first group. */
function groupParts(parts: readonly StatusPart[]): StatusPart[][] {
  const groups: { readonly provider: string; meter: MeterId | undefined; readonly parts: StatusPart[] }[] =
    [];
  for (const part of parts) {
    const { provider } = part.account;
    const group = groups.find(
      (own) =>
        own.provider === provider &&
        (part.meter === undefined || own.meter === undefined || own.meter === part.meter),
    );
    if (group === undefined) {
      groups.push({ provider, meter: part.meter, parts: [part] });
    } else {
      group.meter ??= part.meter;
      group.parts.push(part);
    }
  }
  return groups.map((group) => group.parts);
}

function accountsToShow({ accounts, chosen, isSample }: StatusInput): readonly Account[] {
  const named = accounts.filter((account) => account.label === chosen);
  if (chosen !== '' && named.length > 0) {
    return named;
  }
  const real = accounts.filter((account) => !isSample(account));
  return real.length > 0 ? real : accounts;
}

function partOf(account: Account, { usage: usageOf, capabilitiesOf, now }: StatusInput): StatusPart {
  const usage = usageOf(account.id);
  const headline = usage === undefined ? undefined : headlineFigure(usage, capabilitiesOf(account));
  return {
    account,
    amount: headline?.sum?.amount,
    isWhole: headline?.sum?.whole === true,
    meter: headline?.meter,
    asOf: headline?.asOf,
    oldMonth: usage !== undefined && usage.period.start !== monthOf(now).start,
    failure: usage === undefined ? undefined : mainFailure(usage),
    usage,
  };
}
