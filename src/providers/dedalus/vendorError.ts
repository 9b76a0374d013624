import type { VendorError } from '../../http/request';
import type { Failure } from '../../usage/failure';
import { JsonReader } from '../reader';

/**
 * Both of Dedalus' error forms: `{error_code, message, retryable, retry_after_ms?}` for documented statuses, and
 * RFC 9457 problem details (`{title, detail, …}`) for the rest. Undefined for anything else.
 */
export function readVendorError(body: unknown): VendorError | undefined {
  const reader = new JsonReader(body);
  const code = reader.field('error_code').optional((field) => field.text());
  if (code === undefined) {
    return readProblem(reader);
  }
  const retryable = reader.field('retryable').optional((field) => field.flag());
  const retryAfterMs = reader.field('retry_after_ms').optional((field) => field.count());
  return {
    code,
    message: reader.field('message').optional((field) => field.text()) ?? code,
    ...(retryable === undefined ? {} : { retryable }),
    ...(retryAfterMs === undefined || retryAfterMs < 0 ? {} : { retryAfterMs }),
  };
}

/** 403 has two meanings at Dedalus; another organisation id fixes only one of them. */
export function interpretStatus(status: number, vendorError: VendorError | undefined): Failure | undefined {
  return status === 403 && vendorError?.code === 'AUTH_ORG_MISMATCH'
    ? { kind: 'organisationMismatch', detail: vendorError.message }
    : undefined;
}

function readProblem(reader: JsonReader): VendorError | undefined {
  const message =
    reader.field('detail').optional((field) => field.text()) ??
    reader.field('title').optional((field) => field.text());
  return message === undefined ? undefined : { message };
}
