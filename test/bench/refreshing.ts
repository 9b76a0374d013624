import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleWindow, WindowProcess } from '../support/windowProcess';
import { type Counter, startCountingProxy } from './countingProxy';
import { held, type Measure } from './measure';
import { startVendor } from './vendor';

const MACHINES = 2000;
const INTERVAL_MS = 1_000;

/**
 * Bytes that a second refresh asks for, with 2,000 machines, against the naive way, which reads the whole month by hour
 * each time. Measured between a window's process and the vendor's.
 */
export async function refreshing(): Promise<Measure[]> {
  const vendor = await startVendor(MACHINES);
  const counter = await startCountingProxy(vendor.url);
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-bench-'));
  const script = await bundleWindow(folder);
  const database = path.join(folder, 'usage.sqlite');
  const options = { ...{ script, database }, url: counter.url, key: vendor.key };
  try {
    const first = await refreshOnce(counter, () => new WindowProcess({ ...options, intervalMs: 3_600_000 }));
    const second = await refreshOnce(
      counter,
      () => new WindowProcess({ ...options, intervalMs: INTERVAL_MS }),
    );
    const naive = await naiveBytes(counter, vendor.key);
    console.log(
      `first refresh ${megabytes(first)}, second ${megabytes(second)}, the whole month by hour ${megabytes(naive)}`,
    );
    return [
      held(
        'bytes of a second refresh, part of the whole month',
        { value: second / naive, unit: '×', peer: 'whole month by hour, MB', peerValue: naive / 1e6 },
        { must: '≤ 0.1', aim: '≤ 0.04' },
      ),
    ];
  } finally {
    await counter.close();
    await vendor.process.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The bytes that cross from the start of a window until it has read the month, once. */
async function refreshOnce(counter: Counter, open: () => WindowProcess): Promise<number> {
  counter.reset();
  const from = Date.now();
  const window = open();
  await window.shows(({ asOf, metered }) => asOf >= from && metered !== '');
  await window.close();
  return counter.bytes;
}

async function naiveBytes(counter: Counter, key: string): Promise<number> {
  const first = `${new Date().toISOString().slice(0, 7)}-01`;
  counter.reset();
  const headers = { 'x-api-key': key };
  for (const query of ['compute?granularity=hour&', 'storage?']) {
    const response = await fetch(`${counter.url}/v1/usage/machines/${query}period_start=${first}`, {
      headers,
    });
    await response.body?.pipeTo(new WritableStream()); // counted on its way
  }
  return counter.bytes;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
