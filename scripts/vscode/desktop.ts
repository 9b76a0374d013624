import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, startGroup } from '../processes';
import { findCommand } from './debian';

export interface DesktopOptions {
  /** The profile: made if missing. */
  profile: string;
  vsix: string;
  /** Added to the environment of the window. */
  env: NodeJS.ProcessEnv;
  /** Written to the profile's user settings. */
  settings: Readonly<Record<string, unknown>>;
}

/** A window of the VS Code that is installed on this computer. */
export interface Desktop {
  /** Settles when the window is closed. */
  exited: Promise<number | null>;
  stop(): Promise<void>;
}

/** The `code` command; undefined without one, or without a display for it. */
export function findDesktop(): string | undefined {
  const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '';
  if (process.platform === 'linux' && display === '') return undefined;
  return findCommand('code', 'code.cmd');
}

/** Where an extension's `globalStorageUri` lies in a desktop profile. */
export function desktopGlobalStorage(profile: string, extensionId: string): string {
  return path.join(profile, 'user-data', 'User', 'globalStorage', extensionId);
}

/** Opens a new window with the packaged extension, on a profile of its own. */
export async function startDesktop(code: string, options: DesktopOptions): Promise<Desktop> {
  const userData = path.join(options.profile, 'user-data');
  const folders = ['--user-data-dir', userData, '--extensions-dir', path.join(options.profile, 'extensions')];
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(path.join(userData, 'User', 'settings.json'), JSON.stringify(options.settings, undefined, 2));
  const installed = await run(code, [...folders, '--install-extension', options.vsix, '--force']);
  if (installed !== 0) throw new Error(`${code} could not install ${options.vsix}`);
  const group = startGroup(code, [...folders, '--new-window', '--wait'], { env: options.env }, 'inherit');
  const stop = async (): Promise<void> => {
    endMainProcess(userData);
    await group.stop();
  };
  return { exited: group.exited, stop };
}

/** The command only starts a process in its own session, which writes its id to the profile. */
function endMainProcess(userData: string): void {
  try {
    process.kill(Number(readFileSync(path.join(userData, 'code.lock'), 'utf8')), 'SIGTERM');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
  }
}
