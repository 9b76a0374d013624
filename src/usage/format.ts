import { type Amount, toApproximateNumber } from './amount';
import { decimalText } from './decimal';
import { type MeterId, meterOf } from './meter';
import { once } from './once';
import { DAY, type EpochMs, startOfDay, type UtcDay, utcDay } from './time';

/** How figures and times are written, the same in tree, status bar, tooltip and chart. Every time is UTC. */
export interface Formats {
  /** The exact value in the vendor's own unit: `5,612,345 s`. */
  exact(amount: Amount, meter: MeterId): string;
  /** Three significant digits in the vendor's own unit: `5.61M s`. */
  short(amount: Amount, meter: MeterId): string;
  /** Rounded, in the display unit: `1,559 h`. Never `0` for something above zero. */
  rounded(amount: Amount, meter: MeterId): string;
  /** Rounds a number that is already in display units; adds no unit. For axes and table cells. */
  number(value: number): string;
  /** The same for a table column: always two decimals, so that the digits line up. */
  cell(value: number): string;
  /** A plain decimal with all of its digits: `1,100.25`. */
  decimal(text: string): string;
  count(value: number): string;
  /** `13.2 MB`, `512 kB`: the size of a file. */
  bytes(value: number): string;
  /** `42 %`: a share of 0 to 1, rounded to whole percents. Never `0 %` for something above zero. */
  percent(share: number): string;
  /** `+4.2 %`, `−12 %`, `0 %`: a relative change. */
  change(share: number): string;
  /** `November 2026` */
  month(at: EpochMs): string;
  /** `Fri 20 Nov` */
  day(day: UtcDay): string;
  /** `Fri 20`, where the context shows the month. */
  dayInMonth(day: UtcDay): string;
  /** `20` */
  dayOfMonth(day: UtcDay): string;
  /** `1–20 Nov 2026`: the first and last day of `[start, end)`. */
  days(start: EpochMs, end: EpochMs): string;
  /** `Nov`, for axis labels. */
  shortMonth(at: EpochMs): string;
  /** `14:00–15:00` within one day, which the context shows; otherwise both ends with their dates. */
  span(start: EpochMs, end: EpochMs): string;
  /** `2026-11-20 14:00–15:00`, or only the date of a whole day, where the context does not show the day. */
  period(start: EpochMs, end: EpochMs): string;
  /** `2026-11-20 14:02 UTC` in every language: unambiguous, and sortable when copied. */
  instant(at: EpochMs): string;
  /** `14:02 UTC` */
  clock(at: EpochMs): string;
}

/**
 * Keep one set per language: Intl instances are costly, so each is created once, on first use. Dates use the Gregorian
 * calendar in every language, because the vendors' months do.
 */
export function createFormats(locale: string): Formats {
  return { ...numberFormats(locale), ...timeFormats(locale) };
}

/** Writes numbers in one way. */
export type NumberWriter = Pick<Intl.NumberFormat, 'format' | 'resolvedOptions'>;

/** Like Intl's own, but a minus is always U+2212, as wide as a plus, also where the language has a hyphen. */
export function numberWriter(locale: string, options: Intl.NumberFormatOptions): NumberWriter {
  const own = new Intl.NumberFormat(locale, options);
  return {
    format: (value) => own.format(value).replace('-', '−'),
    resolvedOptions: () => own.resolvedOptions(),
  };
}

type NumberNames =
  'exact' | 'short' | 'rounded' | 'number' | 'cell' | 'decimal' | 'count' | 'bytes' | 'percent' | 'change';

function numberFormats(locale: string): Pick<Formats, NumberNames> {
  const numbers = (options: Intl.NumberFormatOptions): (() => NumberWriter) =>
    once(() => numberWriter(locale, options));
  const number = roundedNumber(numbers);
  const whole = numbers({ maximumFractionDigits: 0 });
  const twoDecimals = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const everyDigit = numbers({ maximumFractionDigits: 20 });
  const compact = numbers({ notation: 'compact', maximumSignificantDigits: 3 });
  const kilobytes = numbers({ style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  const megabytes = numbers({ style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
  const percents = numbers({ style: 'percent' });
  const change = numbers({ style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 0 });
  const fineChange = numbers({ style: 'percent', signDisplay: 'exceptZero', maximumFractionDigits: 1 });
  const decimal = (text: string): string => everyDigit().format(text as Intl.StringNumericLiteral);
  return {
    exact: (amount, meter) => {
      const { decimals, unit } = meterOf(meter);
      const figure = decimals === 0 ? whole().format(amount) : decimal(decimalText(amount, decimals));
      return withUnit(figure, unit);
    },
    short: (amount, meter) => {
      const { decimals, unit, currency } = meterOf(meter);
      if (currency !== undefined) {
        return money(locale, inDisplayUnit(amount, meter), currency);
      }
      const value = toApproximateNumber(amount) / 10 ** decimals;
      const small = decimals === 0 ? whole().format(value) : number(value);
      return withUnit(Math.abs(value) < 1000 ? small : compact().format(value), unit);
    },
    rounded: (amount, meter) => {
      const { display, currency } = meterOf(meter);
      const value = inDisplayUnit(amount, meter);
      return currency === undefined ? withUnit(number(value), display.unit) : money(locale, value, currency);
    },
    number,
    cell: (value) => (isBelowCent(value) ? number(value) : twoDecimals().format(value)),
    decimal,
    count: (value) => whole().format(value),
    bytes: (value) => (value < 1e6 ? kilobytes().format(value / 1e3) : megabytes().format(value / 1e6)),
    percent: (share) =>
      share > 0 && share < 0.005 ? `<${percents().format(0.01)}` : percents().format(share),
    change: (share) => (Math.abs(share) < 0.1 ? fineChange() : change()).format(share),
  };
}

/** Three significant digits, and no decimals above that. */
function roundedNumber(
  numbers: (options: Intl.NumberFormatOptions) => () => NumberWriter,
): Formats['number'] {
  const whole = numbers({ maximumFractionDigits: 0 });
  const tenths = numbers({ maximumFractionDigits: 1 });
  const hundredths = numbers({ maximumFractionDigits: 2 });
  return (value) => {
    const size = Math.abs(value);
    if (size >= 99.95) {
      return whole().format(value);
    }
    if (size >= 9.995) {
      return tenths().format(value);
    }
    if (isBelowCent(value)) {
      return `${value < 0 ? '>−' : '<'}${hundredths().format(0.01)}`;
    }
    return hundredths().format(value);
  };
}

function timeFormats(locale: string): Omit<Formats, NumberNames> {
  const date = (options: Intl.DateTimeFormatOptions): (() => Intl.DateTimeFormat) =>
    once(() => new Intl.DateTimeFormat(locale, { ...options, calendar: 'gregory', timeZone: 'UTC' }));
  const number = once(() => new Intl.NumberFormat(locale));
  const dayRange = date({ day: 'numeric', month: 'short', year: 'numeric' });
  const month = date({ month: 'long', year: 'numeric' });
  const shortMonth = date({ month: 'short' });
  const weekday = date({ weekday: 'short' });
  const day = date({ weekday: 'short', day: 'numeric', month: 'short' });
  const dayOfMonth = (utc: UtcDay): string => number().format(Number(utc.slice(8)));
  return {
    month: (at) => month().format(at),
    day: (utc) => day().format(startOfDay(utc)).replace(',', ''),
    dayInMonth: (utc) => `${weekday().format(startOfDay(utc))} ${dayOfMonth(utc)}`,
    dayOfMonth,
    days: (start, end) => dayRange().formatRange(start, end - 1),
    shortMonth: (at) => shortMonth().format(at),
    span,
    period,
    instant: (at) => `${isoMinute(at)} UTC`,
    clock: (at) => `${isoMinute(at).slice(11)} UTC`,
  };
}

/** Never zero for a non-zero value, and no cents from 1,000 on. */
function money(locale: string, value: number, currency: string): string {
  const whole = currencyFormat(locale, currency, 0);
  const fine = currencyFormat(locale, currency, undefined);
  const least = 10 ** -(fine.resolvedOptions().maximumFractionDigits ?? 2);
  if (value !== 0 && Math.abs(value) < least / 2) {
    return `${value < 0 ? '>−' : '<'}${fine.format(least)}`;
  }
  return (Math.abs(value) >= 999.995 ? whole : fine).format(value);
}

function withUnit(figure: string, unit: string): string {
  return unit === '' ? figure : `${figure} ${unit}`;
}

const currencyFormats = new Map<string, NumberWriter>();

/** @param digits decimals; undefined for the currency's own number */
function currencyFormat(locale: string, currency: string, digits: number | undefined): NumberWriter {
  const key = `${locale} ${currency} ${digits}`;
  const known =
    currencyFormats.get(key) ??
    numberWriter(locale, {
      style: 'currency',
      currency,
      ...(digits === undefined ? {} : { maximumFractionDigits: digits, minimumFractionDigits: digits }),
    });
  currencyFormats.set(key, known);
  return known;
}

/** The value in the display unit; not exact, so for display and drawing only. */
export function inDisplayUnit(amount: Amount, meter: MeterId): number {
  return toApproximateNumber(amount) / meterOf(meter).display.per;
}

/** Not zero, but too small for two decimals. */
function isBelowCent(value: number): boolean {
  return value !== 0 && Math.abs(value) < 0.005;
}

function isoMinute(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

function span(start: EpochMs, end: EpochMs): string {
  const sameDay = Math.floor(start / DAY) === Math.floor((end - 1) / DAY);
  if (!sameDay) {
    return `${isoMinute(start)}–${isoMinute(end)}`;
  }
  const endsAtMidnight = end % DAY === 0;
  return `${isoMinute(start).slice(11)}–${endsAtMidnight ? '24:00' : isoMinute(end).slice(11)}`;
}

function period(start: EpochMs, end: EpochMs): string {
  const [text, day] = [span(start, end), utcDay(start)];
  if (text === '00:00–24:00') {
    return day;
  }
  return text.startsWith(day) ? text : `${day} ${text}`;
}
