import { cpSync, existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { VSIX } from '../../scripts/checkout';
import { throwAwayFolder } from '../../scripts/throwAway';
import { type Browser, type BrowserOptions, openBrowser } from '../../scripts/vscode/browser';
import { installedExtension } from '../../scripts/vscode/installed';
import { type Server, startServer, writeProfileSettings } from '../../scripts/vscode/server';
import { NOW } from '../support/knownDay';
import { type Theme, THEMES } from './driver/theme';
import { Workbench } from './driver/workbench';

export interface SessionOptions {
  /** Settings on top of the theme and of what keeps the window quiet. */
  settings?: Readonly<Record<string, unknown>>;
  /**
   * The time by the extension's clock when the session begins, epoch milliseconds; `NOW` without it. It goes on from there,
   * also over a restart. `today` leaves the machine's own clock.
   */
  at?: number | 'today';
  /** Added to the extension host's environment. */
  env?: NodeJS.ProcessEnv;
  /** Dark without it. */
  theme?: Theme;
  /** CSS pixels. */
  viewport?: { width: number; height: number };
  /** Called with the browser before its first page is opened. */
  beforeOpening?: (context: BrowserContext) => Promise<unknown>;
  /** Called with the profile's folder before the server starts, to put files into it. */
  prepare?: (dataDir: string) => void;
}

/** VS Code with the packaged extension, in a profile of its own. */
export interface Session {
  /** The window; another one after `restart`. */
  readonly workbench: Workbench;
  readonly server: Server;
  /** The server's profile. */
  readonly dataDir: string;
  /** What the window and its extension host wrote to the console, one line each. */
  readonly console: readonly string[];
  /** Gives the window another theme. */
  wear(theme: Theme): Promise<void>;
  /** Opens another window on the same profile, with an extension host of its own. */
  openWindow(): Promise<Workbench>;
  /** Takes a screenshot `failed-…` of a failure, and prints where it is and the end of the console. */
  picture(of: string): Promise<void>;
  /**
   * Ends browser and server and starts them again on the same profile and browser storage; `meanwhile` is called when
   * nothing runs.
   */
  restart(meanwhile?: () => void): Promise<void>;
  /** Ends everything and removes the profile. Calling it twice is harmless. */
  close(): Promise<void>;
}

/** For a test that hangs: one takes a minute at most, and several times as long on a busy machine. */
export const LIMIT_MS = 300_000;

/** How much of the console is printed for a failure. */
const CONSOLE_LINES = 30;

/** Keeps anything but the extension from moving, asking, covering the window or working. */
const QUIET = {
  'telemetry.telemetryLevel': 'off',
  'remote.autoForwardPorts': false,
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'extensions.autoCheckUpdates': false,
  'window.menuBarVisibility': 'compact',
};

/** The title in the activity bar that shows that the window knows the extension. */
const CONTAINER = 'Usage Explorer';

/**
 * Installs the package that `USAGE_EXPLORER_VSIX` names, else `usage-explorer.vsix` in the checkout, into a new
 * profile and opens a window on it.
 *
 * @throws {Error} when there is no package, or when the window does not come up; nothing is left running then
 */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
  const vsix = packageToTest();
  const session = new RunningSession(throwAwayFolder('session'), options);
  try {
    cpSync(await installedExtension(vsix), session.dataDir, { recursive: true });
    options.prepare?.(session.dataDir);
    await session.start();
    return session;
  } catch (error) {
    await session.picture('start').catch(() => undefined);
    await session.close();
    throw error;
  }
}

/** A test with a session of its own, which ends with it. A failing one leaves a screenshot `failed-…`. */
export function uiTest(
  title: string,
  options: SessionOptions,
  body: (session: Session) => Promise<void>,
): void {
  test(title, { timeout: LIMIT_MS }, async () => {
    const session = await startSession(options);
    try {
      await body(session);
    } catch (error) {
      await session.picture(title);
      throw error;
    } finally {
      await session.close();
    }
  });
}

class RunningSession implements Session {
  readonly dataDir: string;
  readonly console: string[] = [];
  private running: { server: Server; browser?: Browser; workbench?: Workbench } | undefined;
  private port = 0;
  private theme: Theme;
  private readonly clockAheadMs: number;

  constructor(
    private readonly profile: string,
    private readonly options: SessionOptions,
  ) {
    this.dataDir = path.join(profile, 'server');
    const { at = NOW, theme = 'dark' } = options;
    this.theme = theme;
    this.clockAheadMs = at === 'today' ? 0 : at - Date.now();
  }

  get workbench(): Workbench {
    if (this.running?.workbench === undefined) throw new Error('The session is not open');
    return this.running.workbench;
  }

  get server(): Server {
    if (this.running === undefined) throw new Error('The session is not open');
    return this.running.server;
  }

  async start(): Promise<void> {
    const settings = this.settings();
    // The same port each time: a browser keeps storage by address.
    const { dataDir, clockAheadMs, port, theme } = this;
    const env = this.options.env ?? {};
    this.running = { server: await startServer({ dataDir, settings, env, clockAheadMs, port }) };
    this.port = this.running.server.port;
    const browser: BrowserOptions = { userDataDir: path.join(this.profile, 'browser') };
    if (this.options.viewport !== undefined) browser.viewport = this.options.viewport;
    this.running.browser = await openBrowser(browser);
    await this.options.beforeOpening?.(this.running.browser.context);
    const page = this.running.browser.context.pages()[0] ?? (await this.running.browser.context.newPage());
    page.on('console', (message) => this.console.push(`${message.type()}: ${message.text()}`));
    this.running.workbench = new Workbench(page, theme);
    await this.running.workbench.open(this.running.server.workbenchUrl());
    await this.running.workbench.activityBar.has(CONTAINER);
  }

  async wear(theme: Theme): Promise<void> {
    this.theme = theme;
    writeProfileSettings(this.dataDir, this.settings());
    await this.workbench.wears(theme);
  }

  async openWindow(): Promise<Workbench> {
    const page = await this.running?.browser?.context.newPage();
    if (page === undefined) throw new Error('The session is not open');
    page.on('console', (message) => this.console.push(`${message.type()}: ${message.text()}`));
    const workbench = new Workbench(page, this.theme);
    await workbench.open(this.server.workbenchUrl());
    await workbench.activityBar.has(CONTAINER);
    return workbench;
  }

  async picture(of: string): Promise<void> {
    const file = await this.workbench.screenshot(`failed-${of.replace(/\W+/g, '-')}`);
    console.error(`The window at the time of the failure: ${file}`);
    console.error(['The end of its console:', ...this.console.slice(-CONSOLE_LINES)].join('\n  '));
  }

  async restart(meanwhile?: () => void): Promise<void> {
    await this.workbench.leave();
    await this.stop();
    meanwhile?.();
    await this.start();
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.profile, { recursive: true, force: true });
  }

  private settings(): Readonly<Record<string, unknown>> {
    return { ...QUIET, 'workbench.colorTheme': THEMES[this.theme].setting, ...this.options.settings };
  }

  private async stop(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    try {
      await running?.browser?.close();
    } finally {
      await running?.server.stop();
    }
  }
}

function packageToTest(): string {
  const vsix = path.resolve(process.env['USAGE_EXPLORER_VSIX'] ?? VSIX);
  if (!existsSync(vsix)) throw new Error(`${vsix} is not there; \`npm run package\` writes it.`);
  return vsix;
}
