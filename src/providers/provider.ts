import type { HttpClient } from '../http/client';
import type { Grouping, ProviderId } from '../usage/account';
import type { FetchedBreakdown } from '../usage/breakdownId';
import type { HourSpend, Machine, UsageSummary } from '../usage/bucket';
import type { DayColumns } from '../usage/columns/columns';
import type { MoneyRule } from '../usage/meter';
import type { ListPrices } from '../usage/rates';
import type { EpochMs, Period } from '../usage/time';
import type { ProviderCapabilities } from './capabilities';
import type { OpenRowSink } from './rowDecoder';

/** Which rows of a breakdown to read: whole UTC days, and one machine or all. */
export interface RowQuery {
  /** `[start, end)`, both at the start of a UTC day. */
  readonly period: Period;
  /** Only for breakdowns that can be requested by machine (`capabilities.ts`). */
  readonly machineId?: string;
}

/** Whose share of an hour to read; by default everybody's. */
export interface HourQuery {
  /** The start of the hour, as in the rows. */
  readonly start: EpochMs;
  readonly teamId?: string;
  readonly projectId?: string;
  readonly resourceType?: string;
}

/**
 * Reads one account's usage. Every method throws only UsageError, and stops when the signal is aborted. Methods that a vendor
 * does not have are absent, as its capabilities say.
 */
export interface UsageSource {
  /** The cheapest request that tells whether the key can read usage. */
  check(signal?: AbortSignal): Promise<void>;
  /** The vendor's own figures for the month that begins at `period.start`. */
  summary?(period: Period, signal?: AbortSignal): Promise<UsageSummary>;
  /**
   * Columns for the UTC days of the period that the vendor's reply says it covers, including empty ones; an open day is covered
   * up to now. A reply that contradicts the request is `malformed`.
   */
  rows(part: FetchedBreakdown, query: RowQuery, signal?: AbortSignal): Promise<DayColumns>;
  machines?(signal?: AbortSignal): Promise<readonly Machine[]>;
  hour?(query: HourQuery, signal?: AbortSignal): Promise<HourSpend>;
}

export type { MoneyRule };

/** What it takes to reach a vendor with an account's key. */
export interface Access {
  readonly http: HttpClient;
  readonly baseUrl: URL;
  readonly key: string;
  readonly organisationId: string | undefined;
  readonly grouping: Grouping | undefined;
  readonly moneyRule: MoneyRule;
  readonly now: () => EpochMs;
  /** Where large replies are read. */
  readonly openRowSink: OpenRowSink;
  /** Must be called for each request that is sent. */
  readonly onRequest: () => void;
  /** Must be called when the vendor allows no more requests before a time. */
  readonly onQuotaExhausted: (until: EpochMs) => void;
}

export interface Connection {
  readonly now: () => EpochMs;
  /** Undefined for a provider that needs no key. */
  readonly access: Access | undefined;
}

/** What a person must give so that an account can be read. */
export interface KeyRequirements {
  /** The variable that the vendor's own tools, or its documentation, use for a key. */
  readonly environmentVariable: string;
  /** The page where keys are made. Ours, from the vendor's documentation, never from a reply: it is opened in the browser. */
  readonly keysPage: string;
  /** How this vendor's keys usually begin, shown as a hint; other keys are tried all the same. */
  readonly prefix?: string;
  /** What {@link Access.organisationId} is at this vendor. */
  readonly scope: 'organisation' | 'tenant' | 'team';
}

export interface Provider {
  readonly id: ProviderId;
  /** The vendor's name as it writes it; not translated. */
  readonly name: string;
  /** The part of the name that tells the vendors apart, for narrow places. */
  readonly shortName: string;
  /** Undefined: no key and no network. */
  readonly key: KeyRequirements | undefined;
  /** The `servers` URL of the vendor's OpenAPI file; undefined without a network. */
  readonly defaultBaseUrl: string | undefined;
  /** Undefined where none is documented. */
  readonly billingPage: string | undefined;
  /** What the vendor's usage is made of, and how it is asked for and shown. */
  readonly capabilities: ProviderCapabilities;
  /** The published prices, if the API gives no money; a person may take them as their own rates. */
  readonly listPrices?: ListPrices;
  /** Loads the vendor's client when it is first needed. Throws UsageError `keyMissing`. */
  connect(connection: Connection): Promise<UsageSource>;
}
