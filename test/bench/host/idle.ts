import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { COMMANDS, EXTENSION_ID, VIEW } from '../../../src/contributions';
import type { Account } from '../../../src/usage/account';
import type { Inside } from '../../integration/extension';
import type { IdleTimers } from '../results';
import { writeResult } from './result';
import { watchTimers } from './timers';
import { VARIABLES } from './variables';

const PARTS = 6;
const PART_MS = 10_000;

/** For what the last reading sets off. */
const SETTLES_MS = 10_000;

/**
 * Run inside the extension host, before anything else has activated the extension: how often its timers run in a minute in
 * which nothing changes, with tree and dashboard open. Adds an account at a vendor if it is told of one.
 */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<Inside>(EXTENSION_ID);
  if (extension === undefined || extension.isActive) {
    throw new Error('the extension is not there, or it was active before');
  }
  const watched = watchTimers(path.join(extension.extensionPath, 'dist', path.sep));
  const inside = await extension.activate();
  await addVendor(inside);
  await vscode.commands.executeCommand(`${VIEW}.focus`);
  await vscode.commands.executeCommand(COMMANDS.openDashboard);
  await hasRead(inside);
  await pause(SETTLES_MS);
  await hasRead(inside);
  const from = readAt(inside);
  const parts: Record<string, number>[] = [];
  for (let part = 0; part < PARTS; part += 1) {
    watched.reset();
    await pause(PART_MS);
    parts.push(Object.fromEntries(watched.runs));
  }
  if (!isShown(inside) || readAt(inside) !== from) {
    throw new Error('something changed meanwhile');
  }
  writeResult({ parts, seconds: PART_MS / 1000 } satisfies IdleTimers);
}

async function addVendor({ keychain, accounts }: Inside): Promise<void> {
  const url = process.env[VARIABLES.url];
  if (url !== undefined) {
    const account: Account = { id: 'idle', provider: 'dedalus', label: 'Idle' };
    await keychain.keep(account.id, { key: process.env[VARIABLES.key] ?? '', origin: url });
    await accounts.add(account);
  }
}

async function hasRead(inside: Inside): Promise<void> {
  const { accounts, store } = inside;
  const isRead = (): boolean =>
    isShown(inside) &&
    readAt(inside) !== undefined &&
    accounts.all.every(({ id }) => store.known(id)?.isBusy === false);
  while (!isRead()) {
    await pause(100);
  }
}

function isShown({ tree, dashboard }: Inside): boolean {
  return tree.visible && dashboard.visible;
}

function readAt({ accounts, store }: Inside): number | undefined {
  const [account] = accounts.all;
  return account === undefined ? undefined : store.known(account.id)?.readAt;
}
