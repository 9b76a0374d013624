import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { globalStorage } from '../../scripts/vscode/server';
import { EXTENSION_ID } from '../../src/contributions';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { beginAccount, takeKeyOfEnvironment } from './driver/addAccount';
import { LOADED } from './driver/tree';
import type { Workbench } from './driver/workbench';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';

/* Two windows on one profile, and one after a restart. */

const ITEM = 'usage-explorer.usage-explorer.usageExplorer.monthToDate';
const HOUR = 3_600_000;

let now = NOW;
let simulator: Simulator;
let session: Session;
let second: Workbench | undefined;

openBefore(async (closeLater) => {
  simulator = await startSimulator({ seed: 5, now: () => now });
  closeLater(simulator);
  session = await startSession({
    settings: { 'usageExplorer.providers.dedalus.baseUrl': simulator.url },
    env: { DEDALUS_API_KEY: simulator.key },
  });
  closeLater(session);
  await beginAccount(session.workbench);
  await takeKeyOfEnvironment(session.workbench);
});

function step(title: string, body: () => Promise<void>): void {
  pictured(() => session, title, body);
}

const billed = (): bigint => simulator.totals().billed.awake_seconds;

/** Waits until a window's tooltip has what the vendor billed. */
async function showsBilled(workbench: Workbench): Promise<string> {
  const tooltip = await workbench.statusBar.item(ITEM).tooltip(billed().toLocaleString('en'));
  return tooltip.innerText();
}

async function secondWindow(): Promise<Workbench> {
  if (second?.page.isClosed() !== false) {
    second = await session.openWindow();
    await second.activityBar.open('Usage Explorer');
    await second.tree('Accounts').shows('Dedalus Cloud Services', LOADED);
  }
  return second;
}

step('a second window shows the same figures and asks the vendor for nothing', async () => {
  const asked = simulator.requests.length;
  const second = await secondWindow();
  const [one, two] = [await showsBilled(session.workbench), await showsBilled(second)];
  assert.equal(two, one);
  assert.equal(simulator.requests.length, asked);
  await second.screenshot('second-window-dark');
});

step('what one window reads, the other one shows', async () => {
  const rounds = (): number => simulator.requests.filter(({ path: asked }) => asked === '/v1/usage').length;
  const second = await secondWindow();
  const before = rounds();
  now += 2 * HOUR;
  await session.workbench.runCommand('Usage Explorer: Refresh');
  await showsBilled(session.workbench);
  await showsBilled(second);
  assert.equal(rounds(), before + 1, 'one of them asked');
  await second.tree('Accounts').idle(); // a row that is drawn anew closes its tooltip
  const tooltip = await second.tree('Accounts').tooltip('Dedalus Cloud Services');
  const counted = simulator.requests.length - 1; // the key was tried before there was an account
  assert.match(await tooltip.innerText(), new RegExp(`${counted} requests in the last hour`));
});

step('a refresh that takes long can be given up, which ends its request and changes nothing', async () => {
  const { workbench } = session;
  const before = await showsBilled(workbench);
  const takeAway = simulator.inject({ match: { path: '/v1/usage' }, hang: true });
  const first = simulator.requests.length;
  await workbench.runCommand('Usage Explorer: Refresh');
  await workbench.notifications.shows('Loading usage of “Dedalus Cloud Services”');
  await workbench.screenshot('refresh-progress-dark');
  await workbench.notifications.click('Loading usage of “Dedalus Cloud Services”', 'Cancel');
  const { state } = await simulator.waitForRequest((request, at) => at >= first && request.state !== 'open');
  assert.equal(state, 'aborted');
  takeAway();
  assert.equal(await showsBilled(workbench), before);
});

step('a start shows the figures of before at once, while the vendor does not answer', async () => {
  await second?.page.close();
  const old = billed().toLocaleString('en');
  simulator.inject({ hang: true });
  await session.restart();
  await session.workbench.statusBar.item(ITEM).tooltip(old);
  simulator.clearFaults();
});

step('usage that cannot be read any more is set aside, said once, and read anew', async () => {
  const file = path.join(globalStorage(session.dataDir, EXTENSION_ID), 'usage.sqlite');
  await session.restart(() => {
    writeFileSync(file, 'not a database '.repeat(1000));
  });
  const said = await session.workbench.notifications.shows('The stored usage could not be read');
  assert.match(said, /set aside as .*usage\.sqlite\.unreadable-/);
  await session.workbench.screenshot('unreadable-dark');
  await session.workbench.notifications.dismiss('The stored usage could not be read');
  await showsBilled(session.workbench);
});

step('what is kept is said, and deleted on demand', async () => {
  const { workbench } = session;
  await workbench.runCommand('Usage Explorer: Show Stored Usage…');
  const dialog = workbench.page.locator('.monaco-dialog-box');
  await dialog.filter({ hasText: /stores [\d.,]+ [kM]B of usage on this computer/ }).waitFor();
  await workbench.screenshot('kept-usage-dark');
  const asked = simulator.requests.length;
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await simulator.waitForRequest(({ path: own }, index) => index >= asked && own === '/v1/usage');
  await showsBilled(workbench);
  assert.ok(simulator.requests.length > asked);
});
