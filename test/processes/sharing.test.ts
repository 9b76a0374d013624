import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after } from 'node:test';
import { clockAhead } from '../../scripts/clock/ahead';
import { startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { bundleWindow, WindowProcess } from '../support/windowProcess';

const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-sharing-'));
const script = bundleWindow(folder);

after(() => {
  rmSync(folder, { recursive: true, force: true });
});

const HOUR = 3_600_000;

/** Windows and vendor begin at `NOW`, and time goes on. */
const AHEAD_MS = NOW - Date.now();

async function together(
  name: string,
  run: (world: {
    simulator: Awaited<ReturnType<typeof startSimulator>>;
    open: (intervalMs?: number) => WindowProcess;
  }) => Promise<void>,
): Promise<void> {
  const simulator = await startSimulator({ machines: 5, now: () => Date.now() + AHEAD_MS });
  const windows: WindowProcess[] = [];
  const options = {
    script: await script,
    database: path.join(folder, `${name}.sqlite`),
    ...{ url: simulator.url, key: simulator.key, clock: clockAhead(AHEAD_MS) },
  };
  try {
    await run({
      simulator,
      open: (intervalMs = HOUR) => {
        const window = new WindowProcess({ ...options, intervalMs });
        windows.push(window);
        return window;
      },
    });
    assert.deepEqual(simulator.violations, []);
  } finally {
    for (const window of windows) {
      window.kill();
    }
    await simulator.close();
  }
}

const isRead = ({ billed, metered }: { billed: string; metered: string }): boolean =>
  billed !== '' && metered !== '';

test('windows that open together ask once, and show the same', { timeout: 60_000 }, async () => {
  await together('together', async ({ simulator, open }) => {
    const windows = [open(), open(), open()];
    const [first, ...others] = await Promise.all(windows.map((window) => window.shows(isRead)));
    for (const other of others) {
      assert.deepEqual(
        [other.billed, other.metered, other.asOf],
        [first?.billed, first?.metered, first?.asOf],
      );
    }
    assert.equal(simulator.requests.filter(({ path: asked }) => asked === '/v1/usage').length, 1);
    const late = await open().shows(isRead);
    assert.equal(late.asOf, first?.asOf, 'a window that opens later shows what is there');
    assert.equal(simulator.requests.filter(({ path: asked }) => asked === '/v1/usage').length, 1);
    assert.equal(late.requests, simulator.requests.length, 'and knows how many requests were made');
  });
});

test(
  'when the window that reads dies, another one takes over within half a minute',
  { timeout: 90_000 },
  async () => {
    await together('takeover', async ({ simulator, open }) => {
      const release = simulator.inject({ match: { path: '/v1/usage' }, hang: true });
      const first = open();
      await simulator.waitForRequest(({ path: asked }) => asked === '/v1/usage');
      const second = open();
      release();
      first.kill();
      const killedAt = Date.now();
      await second.shows(isRead);
      assert.ok(Date.now() - killedAt < 30_000);
    });
  },
);

test('a wait that the vendor asked one window for binds the others', { timeout: 60_000 }, async () => {
  await together('wait', async ({ simulator, open }) => {
    simulator.inject({ match: { path: '/v1/usage' }, status: 429, headers: { 'retry-after': '600' } });
    const first = open(2_000);
    await first.shows(({ requests }) => requests > 0);
    const asked = simulator.requests.length;
    const second = open(2_000);
    await second.shows(({ requests }) => requests === asked);
    assert.equal(simulator.requests.length, asked);
  });
});
