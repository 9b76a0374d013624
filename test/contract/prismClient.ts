import { HttpClient } from '../../src/http/client';
import { pause } from '../../src/http/pause';

export interface PrismChoices {
  /** Which of the documented replies to give, which Prism is told by a header. */
  readonly prefer?: string | undefined;
  /** What is put right in a reply before the client sees it, where a schema allows what no vendor would send. */
  readonly settle?: (response: Response) => Promise<Response>;
}

/** Sends the client's requests to Prism as they are, each once. */
export function prismHttp({ prefer, settle }: PrismChoices = {}): HttpClient {
  const nothing = (): void => {};
  return new HttpClient({
    fetch: async (input, init) => {
      const headers = {
        ...(init?.headers as Record<string, string>),
        ...(prefer === undefined ? {} : { prefer }),
      };
      const response = await globalThis.fetch(input, { ...init, headers });
      return settle === undefined ? response : settle(response);
    },
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
    now: Date.now,
    random: Math.random,
    pause,
    limits: { retries: 0 },
  });
}
