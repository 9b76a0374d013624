import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startSimulator } from '../simulator/server';
import { bundleWindow, WindowProcess } from '../support/windowProcess';
import { held, type Measure } from './measure';

/** An hour of a quarter-hour's interval, made short. */
const INTERVAL_MS = 4_000;
const INTERVALS = 12;
const WINDOWS = 10;

/** Requests to the vendor while ten windows look at an account, against one: real processes on one database. */
export async function sharing(): Promise<Measure[]> {
  const one = await requestsOf(1);
  const ten = await requestsOf(WINDOWS);
  console.log(`requests in ${INTERVALS} intervals: ${one} by one window, ${ten} by ${WINDOWS}`);
  return [
    held(
      `requests of ${WINDOWS} windows against one`,
      { value: ten / one, unit: '×', peer: 'requests of one window', peerValue: one },
      { must: '≤ 1.05', aim: '≤ 1' },
    ),
  ];
}

async function requestsOf(count: number): Promise<number> {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-bench-'));
  const simulator = await startSimulator({ machines: 50 });
  const script = await bundleWindow(folder);
  const options = { script, database: path.join(folder, 'usage.sqlite'), url: simulator.url };
  const windows = Array.from(
    { length: count },
    () => new WindowProcess({ ...options, key: simulator.key, intervalMs: INTERVAL_MS }),
  );
  try {
    await Promise.all(windows.map((window) => window.shows(({ billed }) => billed !== '')));
    // From one refresh on, so that both are counted over the same part of their intervals.
    const before = simulator.requests.length;
    await simulator.waitForRequest(({ path: asked }, index) => index >= before && asked === '/v1/usage');
    const from = simulator.requests.length;
    await pause(INTERVAL_MS * INTERVALS);
    return simulator.requests.length - from;
  } finally {
    await Promise.all(windows.map((window) => window.close()));
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
