import { once } from './once';

/** A number that a person typed. A decimal is plain: digits, with a point, without grouping, and with an optional minus. */
export type TypedNumber =
  | { readonly kind: 'decimal'; readonly decimal: string }
  /** Ambiguous; `readings` has each possible meaning, typed unambiguously. */
  | { readonly kind: 'unclear'; readonly readings: readonly string[] }
  | { readonly kind: 'notANumber' };

/** How numbers are typed in a language. */
export interface Typing {
  /** Whether a comma separates the decimals. */
  readonly decimalComma: boolean;
  /** Reads what was typed. */
  read(text: string): TypedNumber;
  /** A plain decimal as a person types it, so that {@link read} accepts it: `0,04536`. Other text stays the same. */
  write(text: string): string;
  /** Replaces the language's own digits with 0 to 9. */
  plainDigits(text: string): string;
}

const PLAIN = /^-?\d+(\.\d+)?$/;

/** Spaces, apostrophes and the Arabic mark between thousands, which are unambiguous in every language. */
const GROUPED = /(?<=\d)[\s'’٬](?=\d{3}(?!\d))/gu;

/** Thousands as most languages group them, and as Indian languages do. */
const THOUSANDS = [/^[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*$/, /^[1-9]\d?([.,])(?:\d{2}\1)+\d{3}$/];

/**
 * Numbers follow the language: in German, `1.000` is a thousand and `12,5` is twelve and a half. Ambiguous input is not
 * guessed: decimals that look like thousands (`1,000` in German), and a mark that the language uses differently (`12.5`),
 * unless it cannot separate thousands, as in `0.045` and `1,234.5`.
 */
export function createTyping(locale: string): Typing {
  const language = once(() => languageOf(locale));

  const plainDigits = (text: string): string =>
    Array.from(text, (character) => {
      const digit = language().digits.indexOf(character);
      return digit < 0 ? character : String(digit);
    }).join('');

  const meaning = (text: string): Meaning => {
    const plain = plainDigits(text.trim()).replace(/^−/, '-').replace('٫', '.').replace(GROUPED, '');
    const [, sign = '', number = ''] = /^(-?)(\d[\d.,]*)$/.exec(plain) ?? [];
    const { clear, decimals } = meaningOf(number, language());
    return { clear, decimals: decimals.map((decimal) => sign + decimal) };
  };

  const write = (text: string): string => {
    if (!PLAIN.test(text)) {
      return text;
    }
    const { format, digits } = language();
    const typed = format(text);
    // Three decimals look like thousands; a fourth tells them apart.
    return meaning(typed).clear ? typed : `${typed}${digits[0]}`;
  };

  const read = (text: string): TypedNumber => {
    const { clear, decimals } = meaning(text);
    const [first] = decimals;
    if (first === undefined) {
      return { kind: 'notANumber' };
    }
    return clear ? { kind: 'decimal', decimal: first } : { kind: 'unclear', readings: decimals.map(write) };
  };

  return {
    get decimalComma() {
      return language().decimalMark === ',';
    },
    ...{ read, write, plainDigits },
  };
}

interface Language {
  /** Formats a plain decimal with the language's own digits and decimal mark, without grouping. */
  readonly format: (decimal: string) => string;
  /** From 0 to 9. */
  readonly digits: readonly string[];
  readonly decimalMark: string;
  readonly groupMark: string;
}

function languageOf(locale: string): Language {
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 20, useGrouping: false });
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(12345.5);
  const markOf = (type: 'decimal' | 'group'): string => {
    const mark = parts.find((part) => part.type === type)?.value ?? '';
    return mark === '٫' ? '.' : mark;
  };
  return {
    format: (decimal) => plain.format(decimal as Intl.StringNumericLiteral),
    digits: Array.from({ length: 10 }, (_, digit) => plain.format(digit)),
    ...{ decimalMark: markOf('decimal'), groupMark: markOf('group') },
  };
}

/** What digits with points and commas may mean: nothing, one clear number, or readings to ask about. */
interface Meaning {
  readonly clear: boolean;
  readonly decimals: readonly string[];
}

const NOTHING: Meaning = { clear: false, decimals: [] };

function meaningOf(number: string, language: Language): Meaning {
  const marks = number.replace(/\d/g, '');
  if (marks.length === 0) {
    return number === '' ? NOTHING : { clear: true, decimals: [number] };
  }
  const last = marks.slice(-1);
  const at = number.lastIndexOf(last);
  const [whole, fraction] = [number.slice(0, at), number.slice(at + 1)];
  if (marks.length === 1) {
    return oneMark(whole, last, fraction, language);
  }
  if (marks === last.repeat(marks.length)) {
    return isThousands(number) ? { clear: true, decimals: [digitsOf(number)] } : NOTHING;
  }
  // The last mark separates the decimals, and occurs only once.
  return isThousands(whole) && !whole.includes(last) && fraction !== ''
    ? { clear: true, decimals: [`${digitsOf(whole)}.${fraction}`] }
    : NOTHING;
}

function oneMark(
  whole: string,
  mark: string,
  fraction: string,
  { decimalMark, groupMark }: Language,
): Meaning {
  const decimal = `${whole}.${fraction}`;
  if (fraction === '') {
    return NOTHING;
  }
  if (!isThousands(whole + mark + fraction)) {
    return { clear: mark === decimalMark || Number(whole) === 0, decimals: [decimal] };
  }
  return mark === groupMark
    ? { clear: true, decimals: [whole + fraction] }
    : { clear: false, decimals: [decimal, whole + fraction] };
}

function isThousands(number: string): boolean {
  return THOUSANDS.some((pattern) => pattern.test(number));
}

function digitsOf(number: string): string {
  return number.replace(/[.,]/g, '');
}
