import { HttpClient } from '../../src/http/client';
import { pause } from '../../src/http/pause';

export interface PrismChoices {
  /** Which of the documented replies to give, which Prism is told by a header. */
  readonly prefer?: string | undefined;
  /** What is put right in a reply before the client sees it, where a schema allows what no vendor would send. */
  readonly settle?: (response: Response) => Promise<Response>;
}

/** The same seed brings the same replies, request by request. */
const SEED = process.env['USAGE_EXPLORER_CONTRACT_SEED'] ?? '1';
console.log(`Prism makes its replies from USAGE_EXPLORER_CONTRACT_SEED=${SEED}`);

let requests = 0;

/** Sends the client's requests to Prism as they are, each once, and each for another reply. */
export function prismHttp({ prefer, settle }: PrismChoices = {}): HttpClient {
  const nothing = (): void => {};
  return new HttpClient({
    fetch: async (input, init) => {
      requests += 1;
      const seed = `seed=${SEED}-${requests}`;
      const headers = {
        ...(init?.headers as Record<string, string>),
        prefer: prefer === undefined ? seed : `${prefer}, ${seed}`,
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
