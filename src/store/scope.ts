import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import type { MoneyRule } from '../usage/meter';

/** The settings for asking a vendor and reading its replies. */
export interface Terms {
  /** How prices are to be read. */
  readonly moneyRule: MoneyRule;
  /** The address of the API, as it was typed. */
  readonly baseUrl: string;
}

/**
 * Names what an account's rows depend on besides its id. Rows from another vendor, organisation or address, or read with
 * another money rule, belong to another account. So all requests, storage and views of an account use one scope. Defaults are
 * left out, as in the scopes of earlier versions.
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
