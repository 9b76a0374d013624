import { HttpClient } from '../../src/http/client';
import type { Json } from './alterations';

/** Every good reply goes through `alter` before the client sees it. */
export function altering(now: number, alter: (reply: Json) => void): HttpClient {
  const nothing = (): void => {};
  return new HttpClient({
    fetch: async (input, init) => {
      const response = await globalThis.fetch(input, init);
      const reply = JSON.parse(await response.text()) as Json;
      alter(reply);
      const headers = { date: response.headers.get('date') ?? '', 'content-type': 'application/json' };
      return new Response(JSON.stringify(reply), { status: response.status, headers });
    },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    now: () => now,
    random: Math.random,
    pause: () => Promise.resolve(),
    limits: { retries: 0 },
  });
}
