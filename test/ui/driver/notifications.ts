import assert from 'node:assert/strict';
import { type Locator, type Page } from 'playwright-core';
import { exactly, holding, type Name, readText } from './locators';

/** The messages at the window's lower right. */
export class Notifications {
  private readonly toasts: Locator;

  constructor(private readonly page: Page) {
    this.toasts = page.locator('.notifications-toasts .notification-list-item');
  }

  /** What is shown now, the newest first. */
  async texts(): Promise<string[]> {
    const messages = this.toasts.locator('.notification-list-item-message');
    return Promise.all((await messages.all()).map(readText));
  }

  /** Waits for a message that holds this text and gives it in full. */
  shows(text: Name): Promise<string> {
    return readText(this.toast(text).locator('.notification-list-item-message'));
  }

  /** Waits for a message that holds this text and gives the titles of its buttons. */
  async buttons(text: Name): Promise<string[]> {
    const toast = this.toast(text);
    await toast.waitFor();
    return Promise.all((await toast.locator('.monaco-button').all()).map(readText));
  }

  /** Clicks a button of the message that holds this text. */
  async click(text: Name, button: string): Promise<void> {
    const buttons = this.toast(text).locator('.monaco-button');
    await buttons.filter({ hasText: exactly(button) }).click();
  }

  /** Closes the message that holds this text without an answer. */
  async dismiss(text: Name): Promise<void> {
    const toast = this.toast(text);
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
  }

  /** That nothing in the messages became a link or one of the icons that a stranger may have named. */
  async stayText(): Promise<void> {
    const messages = this.toasts.locator('.notification-list-item-message');
    assert.ok((await messages.count()) > 0);
    assert.equal(await messages.locator('a, .codicon').count(), 0);
  }

  private toast(text: Name): Locator {
    const message = this.page.locator('.notification-list-item-message').filter({ hasText: holding(text) });
    return this.toasts.filter({ has: message });
  }
}
