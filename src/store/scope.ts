import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import type { MoneyRule } from '../usage/meter';

/** What the settings say of how a vendor is asked and its replies are read. */
export interface Terms {
  /** How prices are to be read. */
  readonly moneyRule: MoneyRule;
  /** The address of the API, as it was typed. */
  readonly baseUrl: string;
}

/**
 * Names what makes an account's rows what they are, beside the account: rows that were read of another vendor, organisation
 * or address, or by another rule for money, are of another account. Whatever is asked, kept and shown of an account is so
 * under one scope; what is the default is left out, as in the scopes that versions before had.
 */
export function scopeOf({ provider, organisationId }: Account, { moneyRule, baseUrl }: Terms): string {
  const address = addressOf(baseUrl);
  const isDefault = address === addressOf(PROVIDERS[provider].defaultBaseUrl ?? '') || address === '';
  const more = isDefault ? (moneyRule === 'auto' ? [] : [moneyRule]) : [moneyRule, address];
  return JSON.stringify([provider, organisationId ?? null, ...more]);
}

/** In one spelling, however it was typed. */
function addressOf(baseUrl: string): string {
  const text = URL.canParse(baseUrl) ? new URL(baseUrl).href : baseUrl.trim();
  return text.replace(/\/+$/, '');
}
