import { type Locator, type Page } from 'playwright-core';
import { hover } from './hover';
import { holding, type Name, readText } from './locators';

/** The bar at the window's bottom. */
export class StatusBar {
  constructor(private readonly page: Page) {}

  /** An item by its id (`publisher.name.id`, as VS Code writes it to the page) or by a part of its text. */
  item(idOrText: Name): StatusBarItem {
    const items = this.page.locator('.part.statusbar .statusbar-item');
    const byText = items.filter({ hasText: holding(idOrText) });
    const found = typeof idOrText === 'string' ? byText.or(this.page.locator(`[id="${idOrText}"]`)) : byText;
    return new StatusBarItem(this.page, found);
  }
}

export class StatusBarItem {
  private readonly label: Locator;

  constructor(
    private readonly page: Page,
    private readonly item: Locator,
  ) {
    this.label = item.locator('.statusbar-item-label');
  }

  /** Its text without icons; with a name it waits until the text holds it. */
  text(holds: Name = /.*/): Promise<string> {
    return readText(this.label.filter({ hasText: holding(holds) }));
  }

  async ariaLabel(): Promise<string> {
    return (await this.label.getAttribute('aria-label')) ?? '';
  }

  /** The item's tooltip, open under the mouse; with a text it waits until the tooltip holds it. */
  tooltip(holds?: Name): Promise<Locator> {
    return hover(this.page, this.label, holds);
  }

  async click(): Promise<void> {
    await this.label.click();
  }

  /** Waits until the item is gone. */
  async hidden(): Promise<void> {
    await this.item.waitFor({ state: 'hidden' });
  }

  /** The classes that colour it: `warning-kind`, `error-kind` and the like. */
  async classes(): Promise<string[]> {
    return ((await this.item.getAttribute('class')) ?? '').split(/\s+/);
  }
}
