import { parseBaseUrl } from '../http/address';
import type { HttpClient } from '../http/client';
import type { Access, MoneyRule, Provider, UsageSource } from '../providers/provider';
import type { OpenRowSink } from '../providers/rowDecoder';
import type { BoundKey, Grouping, ProviderId } from '../usage/account';
import { UsageError } from '../usage/failure';
import type { EpochMs } from '../usage/time';
import { redactedSource } from './redactedSource';

export interface ConnectOptions {
  /** Made when it is first needed. */
  readonly http: () => Promise<HttpClient>;
  /** Where large replies are read. */
  readonly openRowSink: OpenRowSink;
  readonly now: () => EpochMs;
  /** The address in the settings. */
  readonly baseUrl: (provider: ProviderId) => string;
  /** How to read prices, in the settings. */
  readonly moneyRule: (provider: ProviderId) => MoneyRule;
}

/** Who is asking. */
export interface Claim {
  readonly provider: Provider;
  readonly organisationId: string | undefined;
  readonly grouping: Grouping | undefined;
  readonly key: BoundKey | undefined;
}

/**
 * Opens a vendor's API for an account; `told` hears of requests and limits. Throws UsageError: `keyMissing`, `badAddress`, or
 * `keyForOtherAddress` when the key was given for another address than the one in the settings.
 */
export async function connect(
  claim: Claim,
  options: ConnectOptions,
  told: Pick<Access, 'onRequest' | 'onQuotaExhausted'>,
): Promise<UsageSource> {
  const { provider, organisationId, grouping, key } = claim;
  const { now, openRowSink } = options;
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
  const moneyRule = options.moneyRule(provider.id);
  const source = await provider.connect({
    now,
    access: { http, baseUrl, key: key.key, organisationId, grouping, moneyRule, now, openRowSink, ...told },
  });
  return redactedSource(source, key.key);
}

/** A key that a person has just typed. */
export interface KeyDraft {
  readonly provider: Provider;
  /** The address that the person was told. */
  readonly baseUrl: string;
  readonly key: string;
  readonly organisationId: string | undefined;
}

/**
 * Binds a key to the address that the person was told and tries it there, by the cheapest request that tells whether usage can
 * be read. Throws UsageError.
 */
export async function checkKey(
  draft: KeyDraft,
  options: ConnectOptions,
  signal: AbortSignal,
): Promise<BoundKey> {
  const { provider, organisationId, baseUrl } = draft;
  const key = { key: draft.key, origin: parseBaseUrl(baseUrl).origin };
  const untold = (): void => undefined; // there is no account yet to keep it
  const claim = { provider, organisationId, grouping: undefined, key };
  const source = await connect(
    claim,
    { ...options, baseUrl: () => baseUrl },
    { onRequest: untold, onQuotaExhausted: untold },
  );
  await source.check(signal);
  return key;
}
