import { underScope } from '../database/scopes';
import type { ProviderCapabilities } from '../providers/capabilities';
import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import { isVoid } from '../usage/keptTime';
import { type EpochMs, monthToDate } from '../usage/time';
import { type AccountUsage, emptyUsage } from './accountUsage';
import { DayCache } from './dayCache';
import { scopeOf, type Terms } from './scope';

/** What is known about one account, read-only. */
export type KnownState = Readonly<Pick<AccountState, 'usage' | 'dayCache' | 'keptAs' | 'capabilities'>>;

/** What is known of one account, for those who read it from the database and from the vendor. */
export class AccountState {
  account: Account;
  /** What the account's rows depend on besides its id. */
  readonly scope: string;
  /** How the database names its rows. */
  readonly keptAs: string;
  readonly dayCache: DayCache;
  usage: AccountUsage;
  /** When any process last asked for the month; 0 when none has. Other windows go by it. */
  askedByAny: EpochMs = 0;
  /** When this window last tried, even if the vendor did not hear of it. Other windows do not go by it. */
  triedAt: EpochMs = 0;
  /** Attempts that failed since the last good one. */
  failures = 0;
  /** True when stored answers about an old key or address do not apply to the new one. */
  backoffReset = false;
  readonly #now: () => EpochMs;

  constructor(account: Account, terms: Terms, now: () => EpochMs) {
    this.account = account;
    this.scope = scopeOf(account, terms);
    this.keptAs = underScope(account.id, this.scope);
    this.usage = emptyUsage(monthToDate(now()));
    this.dayCache = new DayCache(now);
    this.#now = now;
  }

  get capabilities(): ProviderCapabilities {
    return PROVIDERS[this.account.provider].capabilities;
  }

  /**
   * When any process last asked the vendor for the month, answered or not, or this window last tried to. 0 if never, or if the
   * clock was set back since.
   */
  get askedAt(): EpochMs {
    const now = this.#now();
    return Math.max(...[this.askedByAny, this.triedAt].map((at) => (isVoid(at, now) ? 0 : at)));
  }

  /** What was asked for by a clock that was ahead is not shown, and in the way of nothing. */
  forgetVoid(): void {
    const now = this.#now();
    if (isVoid(this.askedByAny, now)) {
      this.askedByAny = 0;
      this.usage = emptyUsage(monthToDate(now));
    }
  }
}
