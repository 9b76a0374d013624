import type { VendorError } from '../../http/request';
import type { Failure } from '../../usage/failure';
import { SECOND } from '../../usage/time';
import { JsonReader } from '../reader';

/**
 * The codes of a 422. Source: "Usage rollup", which writes `invalid group_by`, `invalid period` and `invalid_custom_range`.
 * No literal body is documented, so either spelling is accepted.
 */
const REFUSED_QUERY = /^invalid[ _](group_by|period|custom_range)$/i;
const REFUSED_PERIOD = /\binvalid[ _]period\b/i;

/** The documented form, and three more that the vendor's own clients accept. Each throws for any other form. */
const FORMS: readonly ((body: JsonReader) => VendorError)[] = [
  // {"error": {"code": "…", "message": "…", "request_id": "…"}}
  (body) => ({ ...wait(body), ...worded(body.field('error')), ...wait(body.field('error')) }),
  // {"error": "…", "code": "…"}
  (body) => ({ ...wait(body), ...worded(body, 'error') }),
  // {"message": "…", "code": "…"}
  (body) => ({ ...wait(body), ...worded(body) }),
  // {"errors": ["…"]}
  (body) => ({ ...wait(body), message: texts(body.field('errors')).join('; ') }),
];

/** Decodes an error body; undefined if it has none of the forms. */
export function readVendorError(body: unknown): VendorError | undefined {
  const reader = new JsonReader(body);
  for (const read of FORMS) {
    try {
      return read(reader);
    } catch {
      // the next form
    }
  }
  return undefined;
}

/** 402 is documented as no credit left. For a refused query, the code tells more than its message. */
export function interpretStatus(status: number, vendorError: VendorError | undefined): Failure | undefined {
  const { code = '', message = '' } = vendorError ?? {};
  if (status === 402) {
    return { kind: 'outOfCredits', detail: message };
  }
  if (status === 422 && REFUSED_QUERY.test(code) && !message.includes(code)) {
    return { kind: 'refused', status, detail: message === '' ? code : `${code}: ${message}` };
  }
  return undefined;
}

/** Whether the vendor refused the period's name. */
export function isPeriodRefused(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.status === 422 && REFUSED_PERIOD.test(failure.detail);
}

function worded(reader: JsonReader, words = 'message'): VendorError {
  const code = reader.field('code').optional((field) => field.text());
  const message = reader.field(words).text();
  return code === undefined ? { message } : { code, message };
}

/** The vendor gives seconds. */
function wait(reader: JsonReader): Pick<VendorError, 'retryAfterMs'> {
  const seconds = reader.field('retry_after').optional((field) => field.double());
  return seconds === undefined || seconds < 0 ? {} : { retryAfterMs: seconds * SECOND };
}

function texts(list: JsonReader): string[] {
  return list.list((element) => element.text());
}
