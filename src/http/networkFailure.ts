import { type Failure, UsageError } from '../usage/failure';

/** Codes under which Node reports a certificate that it does not trust; an inspecting company proxy is the usual reason. */
const CERTIFICATE_CODES = /^(CERT_|ERR_TLS|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_SSL)/;

/**
 * The failure behind what `fetch` or a body stream threw. `fetch` says only "fetch failed": the reason is in `cause`.
 * @param midReply whether the reply had begun: then the connection was cut.
 */
export function networkFailure(error: unknown, host: string, midReply: boolean): Failure {
  if (error instanceof UsageError) {
    return error.failure;
  }
  const code = codeOf(error) ?? 'unknown';
  if (CERTIFICATE_CODES.test(code)) {
    return { kind: 'certificate', host, code };
  }
  return midReply ? { kind: 'cut' } : { kind: 'unreachable', host, code };
}

function codeOf(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') {
      return at.code;
    }
  }
  return undefined;
}
