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

/** What a vendor's plan has in it each calendar month; in units of 10^−{@link RATE_DECIMALS}, absent where there is nothing. */
export interface Included {
  /** GiB that may be stored all the time: included GiB-hours are these times the hours passed. */
  readonly storageGib?: Amount;
  readonly vcpuHours?: Amount;
  readonly memoryGibHours?: Amount;
  /** Money of compute: of vCPU-time and memory together, and of no storage. */
  readonly money?: Amount;
}

/**
 * A person's own prices. A rate is in the currency, for one hour of one vCPU or one GiB, in units of
 * 10^−{@link RATE_DECIMALS}; one that is absent is not known, which is not free.
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

/** Rates as they stand in the settings: numbers, or decimals as text where a double would not be exact. */
export interface RatesSetting extends Readonly<Partial<Record<RateField, number | string>>> {
  readonly currency: string;
  readonly included?: Readonly<Partial<Record<IncludedField, number | string>>>;
}

/** Prices that a vendor publishes, to be offered and never applied unasked. */
export interface ListPrices {
  /** The vendor's own page. */
  readonly page: string;
  /** By whom it was quoted, where it was not read itself. */
  readonly quotedBy: string;
  readonly asOf: string;
  readonly plans: readonly { readonly name: string; readonly rates: RatesSetting }[];
}
