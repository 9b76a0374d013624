import { type Headline, headlineFigure } from '../../../insights/month/monthFigure';
import { PROVIDERS } from '../../../providers/registry';
import type { KnownAccount } from '../../../store/accountStore';
import { asOf } from '../../../store/accountUsage';
import type { Account } from '../../../usage/account';
import { type EpochMs, monthOf } from '../../../usage/time';

/** What is at hand of an account. */
export type KnownMonth = Pick<KnownAccount, 'usage' | 'dayCache' | 'refreshing'>;

/** An account's month as far as it is known. */
export interface AccountMonth {
  readonly account: Account;
  /** Undefined until the account was restored or a refresh was asked for. */
  readonly known: KnownMonth | undefined;
  /** Undefined until something was read. */
  readonly headline: Headline | undefined;
  /** Whether the figures are of a month that is over, because the new one could not be read yet. */
  readonly isOver: boolean;
}

export function accountMonth(account: Account, known: KnownMonth | undefined, now: EpochMs): AccountMonth {
  const isRead = known !== undefined && asOf(known.usage) !== undefined;
  return {
    ...{ account, known },
    headline: isRead ? headlineFigure(known.usage, PROVIDERS[account.provider].capabilities) : undefined,
    isOver: isRead && known.usage.period.start !== monthOf(now).start,
  };
}
