import { UsageError } from '../usage/failure';
import { withoutUserInfo } from './address';
import type { JsonRequest } from './request';

const MAX_REDIRECTS = 3;

/** Source: fetch.spec.whatwg.org, "redirect status". */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Sends a request and follows redirects within the origin only: anything else would carry the key to a stranger. */
export async function fetchFollowing(
  request: JsonRequest,
  send: typeof fetch,
  signal: AbortSignal,
): Promise<Response> {
  let url = request.url;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    request.onRequest?.();
    const response = await send(url, {
      method: 'GET',
      headers: { accept: 'application/json', ...request.headers },
      redirect: 'manual',
      signal,
    });
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || location === null) {
      return response;
    }
    await response.body?.cancel();
    const target = URL.canParse(location, url.href) ? new URL(location, url) : undefined;
    if (target === undefined) {
      throw new UsageError({ kind: 'redirected', target: withoutUserInfo(location) });
    }
    // `fetch` refuses such an address, as if the network had failed.
    if (target.username !== '' || target.password !== '') {
      throw new UsageError({ kind: 'redirected', target: target.origin, withUserInfo: true });
    }
    if (target.origin !== request.url.origin) {
      throw new UsageError({ kind: 'redirected', target: target.origin });
    }
    url = target;
  }
  throw new UsageError({ kind: 'redirected', target: request.url.origin });
}
