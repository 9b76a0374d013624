import type { Failure } from '../usage/failure';
import type { EpochMs } from '../usage/time';
import { parseJson } from './json';
import type { JsonRequest, VendorError } from './request';
import { isRetryableStatus, reasonableWait, retryAfterMs, untilReset } from './retry';

/** The wait after a 429 that does not say how long. */
const UNSAID_WAIT_MS = 60_000;

/** An attempt that did not get what was requested. */
export interface FailedAttempt {
  readonly failure: Failure;
  readonly mayRetry: boolean;
  readonly askedWaitMs?: number | undefined;
}

/**
 * An API refuses in JSON. An HTML page with one of these statuses comes from something on the way: bot protection, a gateway
 * or a network filter.
 */
const REFUSED_ON_THE_WAY: ReadonlySet<number> = new Set([401, 403, 503]);

/**
 * What a status other than 2xx means; `text` is the reply's body. The failure has the vendor's words unchanged: the client
 * redacts secrets in them.
 */
export function refusal(request: JsonRequest, response: Response, text: string, now: EpochMs): FailedAttempt {
  const { status } = response;
  const vendorError = vendorErrorIn(request, text);
  const askedWaitMs = askedWait(vendorError, response, now);
  if (status === 407) {
    return { failure: { kind: 'proxyLogin' }, mayRetry: false };
  }
  if (isFromTheWay(response, vendorError, text)) {
    const retryAt = askedWaitMs === undefined ? {} : { retryAt: now + askedWaitMs };
    return { failure: { kind: 'blocked', status, ...retryAt }, mayRetry: false };
  }
  const failure =
    request.interpret?.(status, vendorError) ??
    failureOfStatus(status, { detail: vendorError?.message ?? '', askedWaitMs, url: request.url, now });
  return {
    failure,
    // A 429 that names no wait is not retried at once: that is how clients get locked out.
    mayRetry:
      isRetryableStatus(status) &&
      vendorError?.retryable !== false &&
      (status !== 429 || askedWaitMs !== undefined),
    askedWaitMs,
  };
}

/** `cf-mitigated` is Cloudflare's own. Source: developers.cloudflare.com, "Detecting a challenge page response". */
function isFromTheWay(
  { status, headers }: Response,
  vendorError: VendorError | undefined,
  text: string,
): boolean {
  const isPage = headers.get('content-type')?.includes('html') === true || text.trimStart().startsWith('<');
  return (
    headers.has('cf-mitigated') || (vendorError === undefined && isPage && REFUSED_ON_THE_WAY.has(status))
  );
}

function askedWait(
  vendorError: VendorError | undefined,
  { status, headers }: Response,
  now: EpochMs,
): number | undefined {
  const asked =
    vendorError?.retryAfterMs ??
    retryAfterMs(headers, now) ??
    (status === 429 ? untilReset(headers, now) : undefined);
  return asked === undefined ? undefined : reasonableWait(asked);
}

function failureOfStatus(
  status: number,
  said: { detail: string; askedWaitMs: number | undefined; url: URL; now: EpochMs },
): Failure {
  const { detail, askedWaitMs, url, now } = said;
  switch (status) {
    case 401:
      return { kind: 'keyRejected', detail };
    case 403:
      return { kind: 'forbidden', detail };
    case 404:
    case 410:
      return { kind: 'notFound', url: url.origin + url.pathname };
    case 429:
      return { kind: 'rateLimited', retryAt: now + (askedWaitMs ?? UNSAID_WAIT_MS) };
    default:
      return status < 500
        ? { kind: 'refused', status, detail }
        : {
            kind: 'serverError',
            status,
            detail,
            ...(askedWaitMs === undefined ? {} : { retryAt: now + askedWaitMs }),
          };
  }
}

function vendorErrorIn(request: JsonRequest, text: string): VendorError | undefined {
  try {
    return request.vendorError(parseJson(text));
  } catch {
    return undefined; // such as an HTML error page: the status is enough
  }
}
