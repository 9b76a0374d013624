import { type Frame, type FrameLocator, type Page } from 'playwright-core';
import { exactly, type Name } from './locators';

/** The webview in the active editor. */
export class WebviewPanel {
  /** The page of the extension: `body.getByRole(…)` and the like find what it shows. */
  readonly body: FrameLocator;

  constructor(
    private readonly page: Page,
    private readonly title: Name,
  ) {
    const outer = page.locator('iframe.webview.ready').filter({ visible: true }).contentFrame();
    this.body = outer.frameLocator('iframe#active-frame');
  }

  /** Waits until the panel is the active editor and its page is loaded. */
  async opened(): Promise<void> {
    await this.tab().waitFor();
    await this.body.locator('body').waitFor();
  }

  /** The page's frame, for what a locator cannot do, such as running a script in it. */
  async frame(): Promise<Frame> {
    const element = await this.body.locator('body').elementHandle();
    const frame = await element.ownerFrame();
    if (!frame) throw new Error(`The panel ${String(this.title)} has no page`);
    return frame;
  }

  async close(): Promise<void> {
    await this.tab().hover();
    await this.tab().locator('.tab-actions [aria-label^="Close"]').click();
    await this.tab().waitFor({ state: 'detached' });
  }

  private tab() {
    const label = this.page.locator('.label-name').filter({ hasText: exactly(this.title) });
    return this.page.locator('.part.editor .tab.active').filter({ has: label });
  }
}
