import { NO_GROUP } from '../../../src/usage/bucket';
import { type EpochMs, HOUR } from '../clock';
import { type Book, type Entry, type Grouping } from './book';

/** Which of the two documented replies is sent. */
export type Form = 'rollup' | 'lineItems';

/**
 * Exact sums by meter, as the product names and scales meters: millionths of the vendor's unit, credits in 10^−8 credit
 * cents, money in 10^−10 dollars.
 */
export type Sums = Readonly<Record<string, bigint>>;

/** What the book's storage is called as a line item: that document has no meter of its own for it. */
export const BANDWIDTH = 'static_bandwidth_gb';

/** Dollars for a sandbox second and a gigabyte, in 10^−10 dollars a millionth. No price is published: these are made up. */
const SANDBOX_PRICE = 3n;
const BANDWIDTH_PRICE = 1000n;

/** By group: what each used in the whole hours of `[start, end)` that are over at `now`; nobody's under `NO_GROUP`. */
export function usedWithin(
  book: Book,
  asked: { readonly grouping: Grouping; readonly start: EpochMs; readonly end: EpochMs },
  form: Form,
  now: EpochMs,
): Map<string, Sums> {
  const groups = new Map<string, Record<string, bigint>>();
  for (
    let hour = Math.ceil(asked.start / HOUR) * HOUR;
    hour + HOUR <= Math.min(asked.end, now);
    hour += HOUR
  ) {
    for (const entry of book.entries(hour)) {
      const id = entry.ids[asked.grouping] ?? NO_GROUP;
      const sums = groups.get(id) ?? {};
      groups.set(id, sums);
      for (const [meter, amount] of Object.entries(amountsOf(entry, form))) {
        sums[meter] = (sums[meter] ?? 0n) + amount;
      }
    }
  }
  return groups;
}

function amountsOf(entry: Entry, form: Form): Sums {
  if (form === 'rollup') {
    return {
      sandbox_seconds: entry.sandboxSeconds,
      computer_seconds: entry.computerSeconds,
      storage_gb_hours: entry.storageGbHours,
      credit_cents: entry.creditCents,
    };
  }
  return {
    'spend.USD': sandboxPrice(entry.sandboxSeconds) + bandwidthPrice(entry.storageGbHours),
    'line.sandbox_seconds': entry.sandboxSeconds,
    [`line.${BANDWIDTH}`]: entry.storageGbHours,
  };
}

/** In 10^−10 dollars. */
export function sandboxPrice(millionths: bigint): bigint {
  return millionths * SANDBOX_PRICE;
}

export function bandwidthPrice(millionths: bigint): bigint {
  return millionths * BANDWIDTH_PRICE;
}
