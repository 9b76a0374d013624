import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { type Page } from 'playwright-core';
import { CHECKOUT, VSIX } from '../../scripts/checkout';
import { seedSampleAccount } from '../../scripts/sampleAccount';
import { throwAwayFolder } from '../../scripts/throwAway';
import { globalStorage, installExtension } from '../../scripts/vscode/server';
import { EXTENSION_ID } from '../../src/contributions';
import { THEMES } from '../ui/driver/theme';
import { Workbench } from '../ui/driver/workbench';
import { held, type Measure } from './measure';
import { onServer } from './onServer';
import { tell } from './reading';
import { spread } from './spread';

const SESSIONS = 5;

const PRODUCT = 'Usage Explorer';
const EMPTY = 'Empty Extension';

/** Tall enough for "Running Extensions" to draw all of its rows. */
const VIEWPORT = { width: 1200, height: 2000 };

/**
 * Measures how long VS Code says that the packaged extension took to activate, with the sample account, beside an
 * extension that does nothing, both in one window: server, extension host and browser are new each time.
 */
export async function activation(): Promise<Measure[]> {
  const profile = throwAwayFolder('bench');
  try {
    const dataDir = path.join(profile, 'server');
    await installExtension(VSIX, dataDir);
    await installExtension(await packEmptyExtension(profile), dataDir);
    seedSampleAccount(globalStorage(dataDir, EXTENSION_ID));
    const sessions: { product: number; empty: number }[] = [];
    for (let session = 1; session <= SESSIONS; session += 1) {
      const times = await measureSession(dataDir);
      console.log(`session ${session}: ${PRODUCT} ${times.product} ms, ${EMPTY} ${times.empty} ms`);
      sessions.push(times);
    }
    return measures(sessions);
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

async function measureSession(dataDir: string): Promise<{ product: number; empty: number }> {
  const settings = {
    'workbench.colorTheme': THEMES.dark.setting,
    'workbench.startupEditor': 'none',
    'workbench.editor.useModal': 'off',
    'chat.disableAIFeatures': true,
  };
  const options = { server: { dataDir, settings }, browser: { viewport: VIEWPORT } };
  return onServer(options, async (page, server) => {
    const workbench = new Workbench(page, 'dark');
    await workbench.open(server.workbenchUrl());
    await workbench.runCommand('Developer: Show Running Extensions');
    return { product: await activationTime(page, PRODUCT), empty: await activationTime(page, EMPTY) };
  });
}

/** Waits until the extension has been activated; milliseconds. */
async function activationTime(page: Page, name: string): Promise<number> {
  const rows = page.locator('.runtime-extensions-editor .monaco-list-row');
  const row = rows.filter({ has: page.locator('.name').getByText(name, { exact: true }) });
  const time = row.locator('.activation-time').filter({ hasText: /\d+ms/ });
  return Number(/(\d+)ms/.exec(await time.innerText())?.[1]);
}

/** Packs an extension with our activation events whose `activate` does nothing. */
async function packEmptyExtension(profile: string): Promise<string> {
  const ours = JSON.parse(readFileSync(path.join(CHECKOUT, 'package.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const { activationEvents, engines, extensionKind } = ours;
  const folder = path.join(profile, 'empty');
  mkdirSync(folder, { recursive: true });
  const manifest = {
    ...{ name: 'empty', publisher: 'usage-explorer-bench', displayName: EMPTY, version: '1.0.0' },
    ...{ main: './extension.js', activationEvents, engines, extensionKind },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'extension.js'), 'exports.activate = () => {};\n');
  const packagePath = path.join(profile, 'empty.vsix');
  await createVSIX({
    cwd: folder,
    packagePath,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return packagePath;
}

function measures(sessions: readonly { product: number; empty: number }[]): Measure[] {
  const product = spread(sessions.map((times) => times.product));
  const empty = spread(sessions.map((times) => times.empty));
  tell(PRODUCT, product, 'ms');
  tell(EMPTY, empty, 'ms');
  return [
    held(
      'activation against an extension that does nothing',
      {
        ...{ value: product.median / empty.median, unit: '×' },
        ...{ peer: 'the empty extension, ms', peerValue: empty.median },
      },
      { must: '≤ 1.5', aim: '≤ 1.2' },
    ),
  ];
}
