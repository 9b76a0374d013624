import type { Amount } from './amount';
import type { MeterId } from './meter';

/** Rates and included amounts are whole numbers of 10^−10 of their unit, as fine as money is kept (`meter.ts`). */
export const RATE_DECIMALS = 10;

/** The meters that can have a price, in the order in which vendors list them. */
export const RATED_METERS = [
  'cpu_millicore_seconds',
  'memory_mib_seconds',
  'storage_mib_seconds',
] as const satisfies readonly MeterId[];
export type RatedMeter = (typeof RATED_METERS)[number];

export const RATE_FIELDS = ['perVcpuHour', 'perMemoryGibHour', 'perStorageGibHour'] as const;
export type RateField = (typeof RATE_FIELDS)[number];

export const INCLUDED_FIELDS = ['storageGib', 'vcpuHours', 'memoryGibHours', 'money'] as const;
export type IncludedField = (typeof INCLUDED_FIELDS)[number];

/** What a vendor's plan includes each calendar month, in units of 10^−{@link RATE_DECIMALS}; absent if nothing. */
export interface Included {
  /** GiB included at any time; the included GiB-hours are this times the hours passed. */
  readonly storageGib?: Amount;
  readonly vcpuHours?: Amount;
  readonly memoryGibHours?: Amount;
  /** Money for compute: vCPU-time and memory together, without storage. */
  readonly money?: Amount;
}

/**
 * A person's own prices. A rate is in the currency, for one hour of one vCPU or one GiB, in units of
 * 10^−{@link RATE_DECIMALS}; an absent rate is unknown, not free.
 */
export interface Rates {
  /** ISO 4217. */
  readonly currency: string;
  readonly perVcpuHour?: Amount;
  readonly perMemoryGibHour?: Amount;
  readonly perStorageGibHour?: Amount;
  readonly included?: Included;
}

export const RATE_OF: Readonly<Record<RatedMeter, RateField>> = {
  cpu_millicore_seconds: 'perVcpuHour',
  memory_mib_seconds: 'perMemoryGibHour',
  storage_mib_seconds: 'perStorageGibHour',
};

/** Rates as written in the settings: numbers, or decimals as text if a double would not be exact. */
export interface RatesSetting extends Readonly<Partial<Record<RateField, number | string>>> {
  readonly currency: string;
  readonly included?: Readonly<Partial<Record<IncludedField, number | string>>>;
}

/** Prices that a vendor publishes: offered, but never applied without asking. */
export interface ListPrices {
  /** The vendor's own page. */
  readonly page: string;
  /** Who quoted the page, if it was not read directly. */
  readonly quotedBy: string;
  readonly asOf: string;
  readonly plans: readonly { readonly name: string; readonly rates: RatesSetting }[];
}
