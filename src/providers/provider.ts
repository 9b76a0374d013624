import type { HttpClient } from '../http/client';
import type { ProviderId } from '../usage/account';
import type { Machine, UsageSummary } from '../usage/bucket';
import type { DayColumns } from '../usage/columns';
import type { EpochMs, Period } from '../usage/time';
import type { StartFold } from './fold';

/** How long a bucket of a breakdown is. */
export type Granularity = 'hour' | 'day';

/** Which part of a machine breakdown to read: whole UTC days, and one machine or all. */
export interface BreakdownQuery {
  /** `[start, end)`, both at the start of a UTC day. */
  readonly period: Period;
  readonly machineId?: string;
}

/** Reads one account's usage. Every method throws UsageError and nothing else, and stops when the signal is aborted. */
export interface UsageSource {
  /** The vendor's own figures for the month that begins at `period.start`. Also the cheapest way to check a key. */
  summary(period: Period, signal?: AbortSignal): Promise<UsageSummary>;
  /** Columns for every UTC day of the period, empty ones too. */
  compute(query: BreakdownQuery, granularity: Granularity, signal?: AbortSignal): Promise<DayColumns>;
  /** The same; storage buckets are as long as the vendor makes them. */
  storage(query: BreakdownQuery, signal?: AbortSignal): Promise<DayColumns>;
  machines(signal?: AbortSignal): Promise<readonly Machine[]>;
}

/** What it takes to reach a vendor with an account's key. */
export interface Access {
  readonly http: HttpClient;
  readonly baseUrl: URL;
  readonly key: string;
  readonly organisationId: string | undefined;
  /** Where large replies are read. */
  readonly fold: StartFold;
  /** To be called for each request that is sent. */
  readonly sent: () => void;
}

export interface Connection {
  readonly now: () => EpochMs;
  /** Undefined for a provider that needs no key. */
  readonly access: Access | undefined;
}

/** What a person must give so that an account can be read. */
export interface KeyRequirements {
  /** The variable in which the vendor's own tools look for a key. */
  readonly environmentVariable: string;
  /** The page where keys are made. */
  readonly keysPage: string;
}

export interface Provider {
  readonly id: ProviderId;
  /** The vendor's name as it writes it; not translated. */
  readonly name: string;
  /** Undefined: no key and no network. */
  readonly key: KeyRequirements | undefined;
  /** The `servers` URL of the vendor's OpenAPI file; undefined without a network. */
  readonly defaultBaseUrl: string | undefined;
  readonly billingPage: string | undefined;
  /** Loads the vendor's client when it is first needed. Throws UsageError `keyMissing`. */
  connect(connection: Connection): Promise<UsageSource>;
}
