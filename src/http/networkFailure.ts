import { type Failure, UsageError } from '../usage/failure';

/** Node's codes for a certificate that it does not trust; the usual reason is a company proxy that inspects traffic. */
const CERTIFICATE_CODES = /^(CERT_|ERR_CERT_|ERR_TLS|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_SSL)/;

/** Chromium's network, which VS Code may use, puts its code into the message: `net::ERR_INTERNET_DISCONNECTED`. */
const CODE_IN_MESSAGE = /\bnet::(ERR_\w+)/;

/** A tunnel that a proxy refused: agents and Chromium give only a message for it, no code. */
const PROXY_LOGIN = /\b(proxy|tunnel)[^]*\b407\b|\bERR_PROXY_AUTH/i;

/**
 * The failure behind what `fetch` or a body stream threw. `fetch` says only "fetch failed": the reason is in `cause`.
 * @param midReply whether the reply had begun: then the connection was cut.
 */
export function networkFailure(error: unknown, host: string, midReply: boolean): Failure {
  if (error instanceof UsageError) {
    return error.failure;
  }
  const chain = causesOf(error);
  if (chain.some(({ message }) => PROXY_LOGIN.test(message)) || isUnexplained(chain)) {
    return { kind: 'proxyLogin' };
  }
  const code = codeIn(chain) ?? 'unknown';
  if (CERTIFICATE_CODES.test(code)) {
    return { kind: 'certificate', host, code };
  }
  return midReply ? { kind: 'cut' } : { kind: 'unreachable', host, code };
}

/**
 * Node's `fetch` throws a 407 as a network failure: for a reply to a GET, the only one without a reason.
 * Source: undici, lib/web/fetch/index.js, `httpNetworkOrCacheFetch`, step 15.
 */
function isUnexplained([outer, inner, ...others]: readonly Error[]): boolean {
  return (
    outer?.message === 'fetch failed' && inner?.message === '' && !('code' in inner) && others.length === 0
  );
}

/** The thrown error and its causes, at most five errors. */
function causesOf(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let at = error; at instanceof Error && chain.length < 5; at = at.cause) {
    chain.push(at);
  }
  return chain;
}

function codeIn(chain: readonly Error[]): string | undefined {
  for (const error of chain) {
    const code = 'code' in error ? error.code : CODE_IN_MESSAGE.exec(error.message)?.[1];
    if (typeof code === 'string') {
      return code;
    }
  }
  return undefined;
}
