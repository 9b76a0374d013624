import { randomUUID } from 'node:crypto';
import { toAmount } from '../usage/amount';
import { UsageError } from '../usage/failure';

/** Anything longer overflows a double: `JSON.parse` makes it `Infinity`, which every reader refuses. */
const MOST_DIGITS = 309;

const WHOLE_NUMBER = /^-?(?:0|[1-9]\d*)$/;

/** A double holds every whole number with fewer digits exactly. */
const LEAST_DIGITS = 16;

/** The deepest documented reply has eleven levels. Code that walks through a reply must not run out of stack. */
const MOST_DEPTH = 64;

/** RFC 8259 lets a reader ignore one before a text; some gateways and editors add it. */
const BYTE_ORDER_MARK = '\ufeff';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The place of a number in a text. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * `JSON.parse` that keeps whole numbers beyond 2^53 exact, as `bigint`, and skips a byte order mark. Takes linear time; a
 * reviver would take a microsecond for each value. Throws SyntaxError as `JSON.parse` does, and UsageError `malformed` for
 * nesting deeper than `mostDepth`.
 */
export function parseJson(json: string, mostDepth = MOST_DEPTH): unknown {
  const text = json.startsWith(BYTE_ORDER_MARK) ? json.slice(BYTE_ORDER_MARK.length) : json;
  const places = largeNumbers(text, mostDepth);
  if (places.length === 0) {
    return JSON.parse(text);
  }
  // Nobody can guess it, so any text that begins with it was a number.
  const mark = `${randomUUID()} `;
  return unmarked(JSON.parse(marked(text, places, mark)), mark);
}

/** Finds the whole numbers that a double cannot hold exactly. */
function largeNumbers(text: string, mostDepth: number): Place[] {
  const places: Place[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfText(text, at + 1);
    } else if (isOfNumber(code)) {
      const start = at;
      while (isOfNumber(text.charCodeAt(at + 1))) {
        at += 1;
      }
      if (at + 1 - start >= LEAST_DIGITS && isLarge(text.slice(start, at + 1))) {
        places.push({ start, end: at + 1 });
      }
    } else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > mostDepth) {
        throw new UsageError({ kind: 'malformed', path: 'reply', expected: 'shallow' });
      }
    } else if (code === 0x5d || code === 0x7d) {
      depth -= 1;
    }
  }
  return places;
}

/** The place of the quote that ends a text. */
function endOfText(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) !== QUOTE) {
    at += text.charCodeAt(at) === BACKSLASH ? 2 : 1;
  }
  return at;
}

/** A digit, a sign, a point or an `e`; `NaN` means the end of the text. */
function isOfNumber(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x2e ||
    (code | 0x20) === 0x65
  );
}

function isLarge(source: string): boolean {
  return source.length <= MOST_DIGITS && WHOLE_NUMBER.test(source) && !Number.isSafeInteger(Number(source));
}

/** Replaces numbers with marked texts. */
function marked(text: string, places: readonly Place[], mark: string): string {
  const parts: string[] = [];
  let after = 0;
  for (const { start, end } of places) {
    parts.push(text.slice(after, start), `"${mark}${text.slice(start, end)}"`);
    after = end;
  }
  return parts.join('') + text.slice(after);
}

/** Replaces marked texts with numbers. */
function unmarked(value: unknown, mark: string): unknown {
  if (typeof value === 'string') {
    return value.startsWith(mark) ? toAmount(BigInt(value.slice(mark.length))) : value;
  }
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) {
      value[at] = unmarked(value[at], mark);
    }
  } else if (typeof value === 'object' && value !== null) {
    const parts = value as Record<string, unknown>;
    for (const key of Object.keys(parts)) {
      if (key.startsWith(mark)) {
        throw new SyntaxError('a number in place of a name');
      }
      parts[key] = unmarked(parts[key], mark);
    }
  }
  return value;
}
