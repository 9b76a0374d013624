/**
 * UTC time for the simulator. It does not use the product's own `src/usage/time.ts` on purpose: a mistake there
 * must not be repeated by the figures that the product is compared with.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The start of the UTC hour that holds `at`. */
export function hourOf(at: EpochMs): EpochMs {
  return Math.floor(at / HOUR) * HOUR;
}

/** The start of the UTC day that holds `at`. */
export function dayOf(at: EpochMs): EpochMs {
  return Math.floor(at / DAY) * DAY;
}

/** The first instant of the UTC calendar month that holds `at`. */
export function monthStartOf(at: EpochMs): EpochMs {
  const date = new Date(at);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
}

/** `YYYY-MM-DD` of the UTC day that holds `at`. */
export function dateOf(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The start of a UTC date written `YYYY-MM-DD`; undefined for another form and for a date that does not exist. */
export function parseDate(text: string): EpochMs | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || dateOf(at) !== text ? undefined : at;
}

/** The texts of the instants that were last written: in a big reply, thousands of rows share a few instants. */
const written = new Map<EpochMs, string>();

/** RFC 3339 as Go writes it: no fraction when there is none. */
export function rfc3339(at: EpochMs): string {
  const known = written.get(at);
  if (known !== undefined) return known;
  const text = new Date(at).toISOString().replace('.000Z', 'Z');
  if (written.size > 1000) written.clear();
  written.set(at, text);
  return text;
}
