import type { HttpClient } from '../../src/http/client';
import type { Access } from '../../src/providers/provider';
import { openInlineRowSink } from '../../src/providers/rowDecoders';

/** Access with a key to the server at an address, and with nobody who counts. */
export function accessTo(
  url: string,
  more: Partial<Access> & { readonly http: HttpClient; readonly key: string },
): Access {
  return {
    baseUrl: new URL(url),
    organisationId: undefined,
    grouping: undefined,
    moneyRule: 'auto',
    now: Date.now,
    openRowSink: openInlineRowSink,
    onRequest: () => undefined,
    onQuotaExhausted: () => undefined,
    ...more,
  };
}
