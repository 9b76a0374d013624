import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { VSIX } from '../../scripts/checkout';
import { throwAwayFolder } from '../../scripts/throwAway';
import { installedExtension } from '../../scripts/vscode/installed';
import { THEMES } from '../ui/driver/theme';
import { Workbench } from '../ui/driver/workbench';
import { onServer } from './onServer';

export interface WindowOptions {
  /** Whether the packaged extension is installed. */
  readonly installed: boolean;
  readonly env?: NodeJS.ProcessEnv;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** By the clock of the server and the extension host when the window opens; epoch milliseconds. */
  readonly at: number;
  /** Called with the profile's folder before the server starts. */
  readonly prepare?: (dataDir: string) => void;
}

const SETTINGS = {
  'workbench.colorTheme': THEMES.dark.setting,
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
};

/** A month of a large fleet takes a minute to make and to read, and several times as long on a busy machine. */
const PATIENCE_MS = 10 * 60_000;

/** Opens a window with a server, a browser and a profile of its own, and closes all of it after `use`. */
export async function inWindow<T>(
  { installed, env = {}, settings, at, prepare }: WindowOptions,
  use: (workbench: Workbench, dataDir: string) => Promise<T>,
): Promise<T> {
  const profile = throwAwayFolder('bench');
  const dataDir = path.join(profile, 'server');
  try {
    if (installed) {
      cpSync(await installedExtension(VSIX), dataDir, { recursive: true });
    }
    prepare?.(dataDir);
    const options = { dataDir, env, settings: { ...SETTINGS, ...settings }, clockAheadMs: at - Date.now() };
    return await onServer({ server: options }, async (page, server) => {
      page.context().setDefaultTimeout(PATIENCE_MS);
      const workbench = new Workbench(page, 'dark');
      await workbench.open(server.workbenchUrl());
      return await use(workbench, dataDir);
    });
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}
