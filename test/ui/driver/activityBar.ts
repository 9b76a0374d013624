import { type Locator, type Page } from 'playwright-core';
import { readTextIfAny } from './locators';

/** The column of icons at the window's left. */
export class ActivityBar {
  constructor(private readonly page: Page) {}

  /** Shows a view container by its title; one that is shown stays. */
  async open(title: string): Promise<void> {
    const tab = this.tab(title);
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    const heading = this.page.locator('.part.sidebar .title-label h2');
    await heading.filter({ hasText: title }).waitFor();
    // Away from the icon, whose tooltip would cover the sidebar.
    await this.page.mouse.move(0, 0);
  }

  /** Waits until the window knows this view container. */
  async has(title: string): Promise<void> {
    await this.tab(title).waitFor();
  }

  /** The text on a container's icon. */
  badge(title: string): Promise<string | undefined> {
    return readTextIfAny(this.tab(title).locator('.badge-content').filter({ visible: true }));
  }

  private tab(title: string): Locator {
    // The tab's own label is empty until it has been chosen once.
    const label = this.page.locator(`.action-label[aria-label^="${title}"]`);
    return this.page.locator('.part.activitybar [role="tab"]').filter({ has: label });
  }
}
