import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleWindow, WindowProcess } from '../support/windowProcess';
import { inHost } from './inHost';
import { held, type Measure } from './measure';
import type { FirstPaint } from './results';
import { spread } from './spread';
import { startVendor } from './vendor';

const MACHINES = 2000;
const STARTS = 5;

/** From activation to figures in tree and status bar, out of the database and while there is no vendor to ask. */
export async function firstPaint(): Promise<Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-bench-'));
  const database = path.join(folder, 'usage.sqlite');
  try {
    await fill(folder, database);
    const paints: FirstPaint[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      paints.push(
        await inHost<FirstPaint>({
          script: 'firstPaint',
          prepare: (storage) => {
            copyFileSync(database, path.join(storage, 'usage.sqlite'));
            const accounts = [{ id: 'account', provider: 'dedalus', label: 'Work' }];
            writeFileSync(path.join(storage, 'accounts.json'), JSON.stringify({ version: 1, accounts }));
          },
        }),
      );
    }
    const tree = spread(paints.map((paint) => paint.tree));
    const statusBar = spread(paints.map((paint) => paint.statusBar));
    const [{ machines } = { machines: 0 }] = paints;
    for (const [what, { median, least, most }] of Object.entries({ 'status bar': statusBar, tree })) {
      console.log(
        `${what} with ${machines} of ${MACHINES} machines after activation: ${median.toFixed(0)} ms (${least.toFixed(0)} to ${most.toFixed(0)})`,
      );
    }
    return [
      held(
        'first tree and status bar from the database, after activation',
        { value: tree.median, unit: 'ms', peer: 'status bar alone', peerValue: statusBar.median },
        { must: '≤ 300', aim: '≤ 100' },
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Has a window read the month of a fleet, storage in buckets of a day. */
async function fill(folder: string, database: string): Promise<void> {
  const vendor = await startVendor(MACHINES, ['--storage-bucket', 'day']);
  try {
    const script = await bundleWindow(folder);
    const window = new WindowProcess({
      script,
      database,
      url: vendor.url,
      key: vendor.key,
      intervalMs: 3_600_000,
    });
    await window.shows(({ billed, metered }) => billed !== '' && metered !== '');
    await window.close();
  } finally {
    await vendor.process.stop();
  }
}
