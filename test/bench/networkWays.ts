import { httpClient } from '../../src/http/create';
import type { DayColumns } from '../../src/usage/columns/columns';
import { DAY, type UtcDay, utcDay } from '../../src/usage/time';
import { BackgroundWorker } from '../../src/worker/backgroundWorker';

/** What one round of reading took. */
export interface Round {
  /** Milliseconds, from the start to the last row. */
  readonly time: number;
  /** The number of rows and of their awake seconds; absent where they are not looked at. */
  readonly sum?: string;
  /** The longest time in ms that the main thread did not answer to its timer. */
  readonly pause: number;
  /** Bytes of memory at most, beyond those of the process before it began. */
  readonly memory: number;
}

/** Reads, and gives what then tells the number of rows and the sum of their awake seconds. */
export type Way = (from: string) => Promise<() => string | undefined>;

/** Of the longest file. */
export const DAYS: readonly UtcDay[] = Array.from({ length: 31 }, (_, day) =>
  utcDay(Date.UTC(2026, 9, 1) + day * DAY),
);

const TICK_MS = 2;

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error };

/** The product's way over the network, and only taking the bytes. */
export function networkWays(workerScript: string): { readonly network: Way; readonly drain: Way } {
  const background = new BackgroundWorker(workerScript, { file: '' });
  return {
    /** Fetched here, folded in the other thread. */
    async network(url) {
      const request = { url: new URL(url), headers: {}, secrets: [], vendorError: () => undefined };
      const openRowSink = (): ReturnType<typeof background.openRowSink> =>
        background.openRowSink('dedalus.computeHours');
      const days = await httpClient(log, Date.now).getRows(request, openRowSink, DAYS);
      return () => sumOf(days);
    },
    async drain(url) {
      let bytes = 0;
      for await (const chunk of (await fetch(url)).body ?? []) {
        bytes += (chunk as Uint8Array).length;
      }
      return () => (bytes > 0 ? undefined : 'nothing came');
    },
  };
}

export function sumOf(days: DayColumns): string {
  let [rows, awake] = [0, 0];
  for (const { length, amounts } of days.values()) {
    rows += length;
    for (const seconds of amounts.get('awake_seconds') ?? []) {
      awake += seconds;
    }
  }
  return `${rows} ${awake}`;
}

/** One round, after a first small reply: as in a window that is open, where the summary was fetched. */
export async function measure(way: Way, from: string): Promise<Round> {
  if (from.startsWith('http')) {
    await way(`${from}none`);
  }
  const before = process.memoryUsage.rss();
  let pause = 0;
  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    pause = Math.max(pause, now - last);
    last = now;
  };
  const timer = setInterval(tick, TICK_MS);
  const start = performance.now();
  const tell = await way(from);
  const time = performance.now() - start;
  tick();
  clearInterval(timer);
  const memory = process.resourceUsage().maxRSS * 1024 - before;
  const sum = tell();
  return { ...(sum === undefined ? {} : { sum }), time, pause, memory };
}
