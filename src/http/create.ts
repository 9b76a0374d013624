import type { EpochMs } from '../usage/time';
import { HttpClient } from './client';
import type { Logger } from './log';
import { pause } from './pause';

/** The client that the product uses; tests make theirs with other limits. */
export function httpClient(log: Logger, now: () => EpochMs): HttpClient {
  return new HttpClient({
    // Looked up at each call: VS Code replaces it with its own, which knows proxies and company certificates.
    fetch: (input, init) => globalThis.fetch(input, init),
    log,
    now,
    random: Math.random,
    pause,
  });
}
