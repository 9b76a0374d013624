import { type Answer, textAnswer, type VendorError } from './answer';
import { type DedalusApi } from './dedalus/api';
import { type FaultBody } from './faults';

type VendorErrors = Pick<DedalusApi, 'vendorError' | 'problem'>;

const HTML_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Gateway</title></head><body><h1>Bad gateway</h1></body></html>\n';

/** What the vendor says with each status; codes beyond its documented examples are in its manner. */
const VENDOR_ERRORS: Readonly<Record<number, VendorError>> = {
  400: { error_code: 'INVALID_REQUEST', message: 'invalid request', retryable: false },
  401: { error_code: 'AUTH_INVALID', message: 'invalid Dedalus API key', retryable: false },
  403: {
    error_code: 'AUTH_SCOPE_FORBIDDEN',
    message: 'internal service authorization is required',
    retryable: false,
  },
  429: {
    error_code: 'RATE_LIMITED',
    message: 'read rate limit exceeded',
    retryable: true,
    retry_after_ms: 84,
  },
  500: { error_code: 'INTERNAL', message: 'internal server error', retryable: true },
  502: { error_code: 'LEDGER_UNAVAILABLE', message: 'billing ledger unavailable', retryable: true },
  503: { error_code: 'DEPENDENCY_UNAVAILABLE', message: 'runtime unavailable', retryable: true },
};

/** The reply that a fault with a status asks for. */
export function faultAnswer(
  errors: VendorErrors,
  path: string,
  fault: {
    readonly status: number;
    readonly body?: FaultBody;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Answer {
  const answer = bodyAnswer(errors, path, fault.status, fault.body ?? 'vendor');
  return { ...answer, headers: { ...answer.headers, ...fault.headers } };
}

function bodyAnswer(errors: VendorErrors, path: string, status: number, body: FaultBody): Answer {
  if (body === 'html') return textAnswer(status, 'text/html; charset=utf-8', HTML_PAGE);
  if (body === 'problem') return errors.problem(status, 'Injected', 'the simulator was told to fail');
  if (typeof body === 'object' && 'raw' in body) return textAnswer(status, body.contentType, body.raw);
  const usual = VENDOR_ERRORS[status] ?? {
    error_code: 'UNEXPECTED',
    message: 'unexpected',
    retryable: false,
  };
  return errors.vendorError(path, status, body === 'vendor' ? usual : { ...usual, ...body });
}
