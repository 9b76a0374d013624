import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { SETTINGS_SECTION } from '../../src/contributions';
import { clockAhead } from '../clock/ahead';
import { capture, type ProcessGroup, startGroup } from '../processes';
import { prepareVscode } from './prepare';
import { portWhenReady } from './ready';
import { randomSecret, writePrivate } from './secret';

export interface ServerOptions {
  /** The profile: extensions, settings and what extensions store. Made if missing. */
  dataDir: string;
  /** Added to the environment of the server, and so of the extension host. */
  env?: NodeJS.ProcessEnv;
  /** Written to the profile's settings, see {@link writeProfileSettings}. */
  settings?: Readonly<Record<string, unknown>>;
  /**
   * Lets the page's address name extensions under development and the tests to run. A window then shows no
   * notifications, so leave it out where a person or a UI test looks.
   */
  testHost?: boolean;
  /** How far the clock of the server and the extension host is ahead of this process's, in ms; 0 by default. */
  clockAheadMs?: number;
  /** 0, the default, takes any free port. A browser keeps its storage by address, port included. */
  port?: number;
}

export interface WorkbenchAddress {
  /** Absolute folders of extensions under development; like `testsPath`, only for a `testHost`. */
  developmentPaths?: readonly string[];
  /** A module that exports `run()`, absolute; the extension host calls it once and the window then closes. */
  testsPath?: string;
  /** The folder to open, absolute; an empty window without it. */
  folder?: string;
}

export interface Server {
  /** Refuses anyone who does not come by a {@link workbenchUrl}. */
  url: string;
  port: number;
  /** What the server prints goes here. */
  log: string;
  /** Rejects when the server ends before `stop` was called. */
  died: Promise<never>;
  /** With the token that the server asks for; the browser then keeps it as a cookie. */
  workbenchUrl(address?: WorkbenchAddress): string;
  stop(): Promise<void>;
}

/** The line that VS Code itself waits for when it starts a server on a remote machine. */
const READY = /^Extension host agent listening on (\d+)/;

/**
 * Starts VS Code Server on the loopback interface and waits until it takes connections. It ends with this process.
 *
 * @throws {Error} when it ends or is not ready after a minute; names its log
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { node, serverRoot } = await prepareVscode();
  mkdirSync(options.dataDir, { recursive: true });
  if (options.settings !== undefined) writeProfileSettings(options.dataDir, options.settings);
  const log = path.join(options.dataDir, 'server.log');
  const token = randomSecret();
  const tokenFile = path.join(options.dataDir, 'token');
  writePrivate(tokenFile, token);
  const clock = clockAhead(options.clockAheadMs ?? 0);
  const args = [
    ...clock.args,
    ...[
      path.join(serverRoot, 'out', 'server-main.js'),
      '--host',
      '127.0.0.1',
      '--port',
      String(options.port ?? 0),
    ],
    ...['--connection-token-file', tokenFile, '--accept-server-license-terms', '--telemetry-level', 'off'],
    ...(options.testHost === true ? ['--enable-smoke-test-driver'] : []),
    ...['--server-data-dir', options.dataDir],
  ];
  const group = startGroup(node, args, {
    env: { ...clock.env, ...options.env, NODE_OPTIONS: undefined },
  });
  const port = await portWhenReady(group, READY, log);
  return describe(group, port, token, log);
}

/**
 * When the newest server on a profile began, by its own clock: the name of its log folder, which must be in UTC. Epoch
 * milliseconds, whole seconds.
 */
export function startOfUtcServer(dataDir: string): number {
  const [newest = ''] = readdirSync(path.join(dataDir, 'data', 'logs'))
    .sort()
    .reverse();
  return Date.parse(newest.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\d)$/, '$1-$2-$3:$4:$5Z'));
}

/** Installs a packaged extension into a profile; the server may be running or not. */
export async function installExtension(vsix: string, dataDir: string): Promise<void> {
  const { node, serverRoot } = await prepareVscode();
  const args = [
    '--install-extension',
    vsix,
    '--force',
    '--server-data-dir',
    dataDir,
    '--accept-server-license-terms',
  ];
  const { code, text } = await capture(node, [path.join(serverRoot, 'out', 'server-main.js'), ...args]);
  if (code !== 0) throw new Error(`${vsix} could not be installed:\n${text}`);
}

/**
 * Writes a profile's settings. The extension's own are user settings, since VS Code accepts no others for it; those that are
 * there already stay. The others are machine settings; a running window takes them over.
 */
export function writeProfileSettings(dataDir: string, settings: Readonly<Record<string, unknown>>): void {
  const isOwn = ([name]: [string, unknown]): boolean => name.startsWith(`${SETTINGS_SECTION}.`);
  const all = Object.entries(settings);
  writeSettings(
    path.join(dataDir, 'data', 'Machine'),
    Object.fromEntries(all.filter((entry) => !isOwn(entry))),
  );
  writeUserSettings(dataDir, { ...Object.fromEntries(all.filter(isOwn)), ...readUserSettings(dataDir) });
}

function readUserSettings(dataDir: string): Readonly<Record<string, unknown>> {
  const file = path.join(dataDir, 'data', 'User', 'settings.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : {};
}

/** Replaces the user settings in a profile. */
export function writeUserSettings(dataDir: string, settings: Readonly<Record<string, unknown>>): void {
  writeSettings(path.join(dataDir, 'data', 'User'), settings);
}

function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

/** Where an extension's `globalStorageUri` lies in a server's profile. */
export function globalStorage(dataDir: string, extensionId: string): string {
  return path.join(dataDir, 'data', 'User', 'globalStorage', extensionId);
}

function describe(group: ProcessGroup, port: number, token: string, log: string): Server {
  const url = `http://127.0.0.1:${port}/`;
  let stopping = false;
  const died = group.exited.then((code) => {
    if (stopping) return new Promise<never>(() => undefined);
    throw new Error(`VS Code Server ended with ${code ?? 'a signal'}; its log is ${log}`);
  });
  died.catch(() => undefined);
  return {
    url,
    port,
    log,
    died,
    workbenchUrl: (address = {}) => workbenchUrl(url, token, address),
    stop: () => {
      stopping = true;
      return group.stop();
    },
  };
}

function workbenchUrl(server: string, token: string, address: WorkbenchAddress): string {
  const url = new URL(server);
  const remote = (file: string): string => `vscode-remote://${url.host}${file}`;
  const payload = [
    ...(address.developmentPaths ?? []).map((folder) => ['extensionDevelopmentPath', remote(folder)]),
    ...(address.testsPath === undefined ? [] : [['extensionTestsPath', remote(address.testsPath)]]),
    ['skipWelcome', 'true'],
  ];
  if (address.folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', address.folder);
  url.searchParams.set('tkn', token);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}
