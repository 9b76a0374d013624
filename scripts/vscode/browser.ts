import { type BrowserContext, chromium } from 'playwright-core';
import { atInterrupt } from '../processes';
import { findCommand } from './debian';

export interface BrowserOptions {
  /** A folder that keeps the browser's storage between starts; by default a new empty one. */
  userDataDir?: string;
  /** CSS pixels. */
  viewport?: { width: number; height: number };
}

export interface Browser {
  context: BrowserContext;
  close(): Promise<void>;
}

export const DEFAULT_VIEWPORT = { width: 1280, height: 800 };

/** Maximum wait for anything in a test; usual is a second, but a busy machine takes several times that. */
const PATIENCE_MS = 60_000;

const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/**
 * The workbench encrypts SecretStorage with half a key that the page's server keeps. The bare server has no address for
 * it, so secrets would be lost with the page. This answers instead, so that they last as on a desktop.
 */
function answerForKeyServer(): void {
  const page = globalThis as unknown as { self: unknown; top: unknown; fetch: typeof fetch };
  if (page.self !== page.top) return;
  const next = page.fetch;
  page.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    return url.endsWith('/mint-key') ? Promise.resolve(new Response(new Uint8Array(32))) : next(input, init);
  };
}

/** Starts a headless Chromium with one window's storage of its own. It ends with this process. */
export async function openBrowser(options: BrowserOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  const context = await chromium.launchPersistentContext(options.userDataDir ?? '', {
    executablePath,
    headless: true,
    args: FLAGS,
    viewport: options.viewport ?? DEFAULT_VIEWPORT,
    locale: 'en-US',
    permissions: ['clipboard-read', 'clipboard-write'],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript(answerForKeyServer);
  const forget = atInterrupt(() => context.close());
  const close = async (): Promise<void> => {
    forget();
    await context.close();
  };
  return { context, close };
}

function findChromium(): string {
  const file = findCommand('chromium', 'chromium-browser', 'google-chrome');
  if (file === undefined) throw new Error('No Chromium on the PATH; on Debian: apt-get install chromium');
  return file;
}
