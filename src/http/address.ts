import { UsageError } from '../usage/failure';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Parses an API's base address. It must be https, or plain http on this computer, without a user or password.
 * Throws UsageError `badAddress`.
 */
export function parseBaseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !isSafeForKeys(url) || url.username !== '' || url.password !== '') {
    throw new UsageError({
      kind: 'badAddress',
      address: url === undefined ? withoutUserInfo(text) : withoutCredentials(url),
    });
  }
  return url;
}

/** Whether a key may travel to this address at all. */
export function isSafeForKeys(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}

/** Joins an API path such as `/v1/usage` to a base address that may itself have a path. */
export function apiUrl(
  base: URL,
  path: string,
  query: Readonly<Record<string, string | undefined>> = {},
): URL {
  const url = new URL(base);
  url.pathname = base.pathname.replace(/\/$/, '') + path;
  url.search = '';
  url.hash = '';
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) {
      url.searchParams.set(name, value);
    }
  }
  return url;
}

/** Removes what could be a user and a password from a text that is not a URL. */
export function withoutUserInfo(text: string): string {
  const [scheme = ''] = /^[a-z][a-z\d+.-]{0,30}:\/\//i.exec(text) ?? [];
  const end = text.lastIndexOf('@');
  return end === -1 ? text : scheme + text.slice(end + 1);
}

function withoutCredentials(url: URL): string {
  if (url.host === '') {
    return withoutUserInfo(url.href); // such as mailto:
  }
  const shown = new URL(url);
  shown.username = '';
  shown.password = '';
  return shown.href;
}
