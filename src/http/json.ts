import { toAmount } from '../usage/amount';

const WHOLE_NUMBER = /^-?\d+$/;

/** Sixteen digits in a row are the shortest number that a double may not hold exactly. */
const MAY_HOLD_A_LARGE_NUMBER = /\d{16}/;

/** RFC 8259 lets a reader pass over one in front of a text; some gateways and editors put it there. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * `JSON.parse` that keeps whole numbers beyond 2^53 exact, as `bigint`, and passes over a byte order mark.
 * The exact way is many times slower, so it is taken only for a text that can hold such a number.
 * Throws SyntaxError as `JSON.parse` does.
 */
export function parseJson(json: string): unknown {
  const text = json.startsWith(BYTE_ORDER_MARK) ? json.slice(BYTE_ORDER_MARK.length) : json;
  return MAY_HOLD_A_LARGE_NUMBER.test(text) ? JSON.parse(text, keepExact) : JSON.parse(text);
}

function keepExact(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = String(context?.source);
  return !Number.isSafeInteger(value) && WHOLE_NUMBER.test(source) ? toAmount(BigInt(source)) : value;
}
