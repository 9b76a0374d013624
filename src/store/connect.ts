import { parseBaseUrl } from '../http/address';
import type { HttpClient } from '../http/client';
import type { StartFold } from '../providers/fold';
import type { Provider, UsageSource } from '../providers/provider';
import type { BoundKey, ProviderId } from '../usage/account';
import { UsageError } from '../usage/failure';
import { type EpochMs, monthToDate } from '../usage/time';

export interface ConnectOptions {
  /** Made when it is first needed. */
  readonly http: () => Promise<HttpClient>;
  /** Where large replies are read. */
  readonly fold: StartFold;
  readonly now: () => EpochMs;
  /** The address in the settings. */
  readonly baseUrl: (provider: ProviderId) => string;
}

/** Who is asking. */
export interface Claim {
  readonly provider: Provider;
  readonly organisationId: string | undefined;
  readonly key: BoundKey | undefined;
}

/**
 * Opens a vendor's API for an account; `sent` is called for each request. Throws UsageError: `keyMissing`, `badAddress`, or `keyForOtherAddress` when the
 * address in the settings is no longer the one for which the key was given.
 */
export async function connect(claim: Claim, options: ConnectOptions, sent: () => void): Promise<UsageSource> {
  const { provider, organisationId, key } = claim;
  const { now, fold } = options;
  if (provider.key === undefined) {
    return provider.connect({ now, access: undefined });
  }
  if (key === undefined) {
    throw new UsageError({ kind: 'keyMissing' });
  }
  const baseUrl = parseBaseUrl(options.baseUrl(provider.id));
  if (baseUrl.origin !== key.origin) {
    throw new UsageError({ kind: 'keyForOtherAddress', origin: key.origin });
  }
  const http = await options.http();
  return provider.connect({ now, access: { http, baseUrl, key: key.key, organisationId, fold, sent } });
}

/** A key that a person has just typed. */
export interface KeyDraft {
  readonly provider: Provider;
  readonly key: string;
  readonly organisationId: string | undefined;
}

/**
 * Binds a key to the address in the settings and tries it there, by the cheapest request that tells whether usage can
 * be read. Throws UsageError.
 */
export async function checkKey(
  draft: KeyDraft,
  options: ConnectOptions,
  signal: AbortSignal,
): Promise<BoundKey> {
  const { provider, organisationId } = draft;
  const key = { key: draft.key, origin: parseBaseUrl(options.baseUrl(provider.id)).origin };
  const source = await connect({ provider, organisationId, key }, options, () => undefined);
  await source.summary(monthToDate(options.now()), signal);
  return key;
}
