import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { CHECKOUT } from '../../scripts/checkout';
import { throwAwayFolder } from '../../scripts/throwAway';
import { globalStorage } from '../../scripts/vscode/server';
import { EXTENSION_ID } from '../../src/contributions';
import { HOST_RESULT } from './host/result';
import { onServer } from './onServer';

/** By then a window that was closed has given the processor back. */
const CLOSING_MS = 8_000;

const LIMIT_MS = 15 * 60_000;

export interface HostOptions {
  /** Of `host/`, without its ending: it exports `run()`. */
  readonly script: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** How often a window is opened in the profile, one after the other; the last one's result counts. Once by default. */
  readonly windows?: number;
  /** Called with the folder in which the extension keeps its files, before VS Code starts. */
  readonly prepare?: (storage: string) => void;
  /** How long the script may take; five minutes without it. */
  readonly limitMs?: number;
}

/** Runs a script inside a real extension host, in a fresh profile and with the built extension, and gives what it measured. */
export async function inHost<T>({
  script,
  env = {},
  settings,
  windows = 1,
  prepare,
  limitMs = LIMIT_MS,
}: HostOptions): Promise<T> {
  const profile = throwAwayFolder('bench');
  const dataDir = path.join(profile, 'server');
  const resultFile = path.join(profile, 'result.json');
  try {
    const storage = globalStorage(dataDir, EXTENSION_ID);
    mkdirSync(storage, { recursive: true });
    prepare?.(storage);
    const testsPath = await bundle(script, profile);
    const options = {
      ...{ dataDir, testHost: true, env: { ...env, [HOST_RESULT]: resultFile } },
      ...(settings === undefined ? {} : { settings }),
    };
    return await onServer({ server: options }, async (page, server) => {
      const url = server.workbenchUrl({ developmentPaths: [CHECKOUT], testsPath });
      const result = async (): Promise<void> => {
        await page.goto(url);
        await Promise.race([written(resultFile, limitMs), server.died]);
      };
      for (let window = 1; window < windows; window += 1) {
        await result();
        rmSync(resultFile);
        await page.goto('about:blank');
        await pause(CLOSING_MS);
      }
      await result();
      return JSON.parse(readFileSync(resultFile, 'utf8')) as T;
    });
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

async function bundle(script: string, folder: string): Promise<string> {
  const outfile = path.join(folder, 'suite.js');
  await build({
    entryPoints: [path.join(__dirname, 'host', `${script}.ts`)],
    ...{ bundle: true, platform: 'node', format: 'cjs', outfile },
    external: ['vscode'],
  });
  return outfile;
}

async function written(file: string, limitMs: number): Promise<void> {
  const end = Date.now() + limitMs;
  while (!existsSync(file)) {
    if (Date.now() > end) {
      throw new Error('the extension host has not written a result in time');
    }
    await pause(200);
  }
}
