import type { Page } from 'playwright-core';
import { type BrowserOptions, openBrowser } from '../../scripts/vscode/browser';
import { type Server, type ServerOptions, startServer } from '../../scripts/vscode/server';

/** Starts a server and a browser, gives `use` the browser's page, and ends both after it. */
export async function onServer<T>(
  options: { readonly server: ServerOptions; readonly browser?: BrowserOptions },
  use: (page: Page, server: Server) => Promise<T>,
): Promise<T> {
  const server = await startServer(options.server);
  try {
    const browser = await openBrowser(options.browser);
    try {
      return await use(browser.context.pages()[0] ?? (await browser.context.newPage()), server);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}
