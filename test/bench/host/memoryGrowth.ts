import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { COMMANDS, EXTENSION_ID, VIEW } from '../../../src/contributions';
import type { Account } from '../../../src/usage/account';
import { DAY, HOUR } from '../../../src/usage/time';
import type { Inside } from '../../integration/extension';
import type { DayOfGrowth } from '../results';
import { writeResult } from './result';
import { moveVendor, VARIABLES } from './variables';

/** As often as it takes to read each hour while it is open and when it has closed, in a bearable time. */
const EVERY_MS = 3 * HOUR;

/** For what a refresh sets off: drawing, checks, further days. */
const SETTLES_MS = 1_000;

const ACCOUNT: Account = { id: 'growth', provider: 'dedalus', label: 'Growth' };

/** Run inside the extension host: refreshes an account for days by a clock of its own, tree and dashboard open. */
export async function run(): Promise<void> {
  const found = vscode.extensions.getExtension<Inside>(EXTENSION_ID);
  if (found === undefined) {
    throw new Error('the extension is not there');
  }
  const inside = await found.activate();
  let now = Number(process.env[VARIABLES.from]);
  inside.clock.now = () => now;
  const url = process.env[VARIABLES.url] ?? '';
  await inside.keychain.keep(ACCOUNT.id, { key: process.env[VARIABLES.key] ?? '', origin: url });
  await inside.accounts.add(ACCOUNT);
  await vscode.commands.executeCommand(`${VIEW}.focus`);
  await vscode.commands.executeCommand(COMMANDS.openDashboard);
  const days: DayOfGrowth[] = [];
  for (let day = 1; day <= Number(process.env[VARIABLES.days]); day += 1) {
    for (const end = now + DAY; now < end;) {
      now += EVERY_MS;
      await moveVendor(now);
      await inside.store.of(ACCOUNT).refresh();
    }
    days.push(await dayOfGrowth(inside));
  }
  writeResult(days);
}

async function dayOfGrowth({ store }: Inside): Promise<DayOfGrowth> {
  await pause(SETTLES_MS);
  while (store.known(ACCOUNT.id)?.isBusy === true) {
    await pause(SETTLES_MS);
  }
  collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return {
    rss: rss / 1e6,
    heap: heapUsed / 1e6,
    external: external / 1e6,
    asOf: store.known(ACCOUNT.id)?.readAt ?? 0,
  };
}

/** Of this thread; that of the other one goes at its own times. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
}
