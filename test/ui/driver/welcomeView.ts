import { type Locator, type Page } from 'playwright-core';
import { exactly, readText } from './locators';

/** What a view without rows says, and the buttons it offers. */
export class WelcomeView {
  private readonly content: Locator;

  constructor(page: Page, view: string) {
    const header = page.locator(`.pane-header[aria-label="${view} Section"]`);
    const pane = page.locator('.part.sidebar .pane').filter({ has: header });
    this.content = pane.locator('.welcome-view-content').filter({ visible: true });
  }

  /** The whole text, buttons included, once it is shown. */
  async text(): Promise<string> {
    await this.content.waitFor();
    return readText(this.content);
  }

  async buttons(): Promise<string[]> {
    await this.content.waitFor();
    return Promise.all((await this.content.locator('.monaco-button').all()).map(readText));
  }

  /** Clicks a button or a link by its title. */
  async click(title: string): Promise<void> {
    await this.content
      .locator('.monaco-button, a')
      .filter({ hasText: exactly(title) })
      .click();
  }

  async hidden(): Promise<void> {
    await this.content.waitFor({ state: 'hidden' });
  }
}
