import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleWindow, WindowProcess } from '../support/windowProcess';
import { inHost } from './inHost';
import { held, type Measure } from './measure';
import { tell } from './reading';
import type { FirstPaint } from './results';
import { spread } from './spread';
import { startVendor } from './vendor';

const MACHINES = 2000;
const STARTS = 5;

/** From activation to figures in status bar and tree, in a second window, while there is no vendor to ask. */
export async function firstPaint(): Promise<Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-bench-'));
  const database = path.join(folder, 'usage.sqlite');
  try {
    await fill(folder, database);
    const paints: FirstPaint[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      paints.push(await paint(database));
    }
    const item = spread(paints.map((found) => found.item ?? NaN));
    const loaded = spread(paints.map((found) => found.itemAndLoading ?? NaN));
    const statusBar = spread(paints.map((found) => found.statusBar));
    const tree = spread(paints.map((found) => found.tree));
    const [{ machines } = { machines: 0 }] = paints;
    tell('an earlier figure in the status bar, after VS Code calls activate', item, 'ms');
    tell('the same, with its loading of the code', loaded, 'ms');
    tell('a figure that was read now in the status bar, after activation', statusBar, 'ms');
    tell(`tree with ${machines} of ${MACHINES} machines, after activation`, tree, 'ms');
    return [
      held(
        'first figure in the status bar, after VS Code calls activate',
        {
          ...{ value: item.median, unit: 'ms', spread: item },
          ...{ peer: 'one that was read now, ms', peerValue: statusBar.median },
        },
        { must: '≤ 30', aim: '≤ 10' },
      ),
      held(
        `rows of the tree, ${MACHINES} machines, after activation`,
        { value: tree.median, unit: 'ms', spread: tree },
        { must: '≤ 150', aim: '≤ 100' },
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first window of a profile leaves what the second one begins with. */
function paint(database: string): Promise<FirstPaint> {
  return inHost<FirstPaint>({
    ...{ script: 'firstPaint', windows: 2 },
    prepare: (storage) => {
      copyFileSync(database, path.join(storage, 'usage.sqlite'));
      const accounts = [{ id: 'account', provider: 'dedalus', label: 'Work' }];
      writeFileSync(path.join(storage, 'accounts.json'), JSON.stringify({ version: 1, accounts }));
    },
  });
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
