import { HttpClient, type HttpLimits } from '../../../src/http/client';
import { pause } from '../../../src/http/pause';
import type { JsonRequest } from '../../../src/http/request';
import { readVendorError } from '../../../src/providers/dedalus/vendorError';
import { type Failure, UsageError } from '../../../src/usage/failure';

export const KEY = 'key-that-must-never-be-seen';

/** A client that logs into an array; pauses are noted and take no time unless they are wanted real. */
export function client(
  options: { limits?: Partial<HttpLimits>; realPauses?: boolean; fetch?: typeof fetch } = {},
): {
  http: HttpClient;
  log: string[];
  pauses: number[];
} {
  const log: string[] = [];
  const pauses: number[] = [];
  const write = (message: string): void => {
    log.push(message);
  };
  const http = new HttpClient({
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    log: { debug: write, info: write, warn: write, error: write },
    now: () => 1_000_000,
    random: () => 0,
    pause: (ms, signal) => {
      pauses.push(ms);
      return options.realPauses === true ? pause(ms, signal) : Promise.resolve();
    },
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  return { http, log, pauses };
}

export function request(url: string, more: Partial<JsonRequest> = {}): JsonRequest {
  return {
    url: new URL(url),
    headers: { 'x-api-key': KEY },
    secrets: [KEY],
    vendorError: readVendorError,
    ...more,
  };
}

/** The failure that a request ends in. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof UsageError) {
      return error.failure;
    }
    throw error;
  }
  throw new Error('it did not fail');
}
