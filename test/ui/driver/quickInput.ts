import assert from 'node:assert/strict';
import { type Locator, type Page } from 'playwright-core';
import { exactly, type Name, readText, readTextIfAny } from './locators';

export interface QuickItem {
  label: string;
  description: string | undefined;
  detail: string | undefined;
}

/** The box at the top of the window: a list to pick from, or a line to fill in. One is open at a time. */
export class QuickInput {
  private readonly widget: Locator;
  private readonly input: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget');
    this.input = this.widget.locator('.quick-input-box input');
  }

  /** Waits until the box with this title is open, and not the one before it. */
  async opened(title: Name): Promise<void> {
    await this.widget
      .locator('.quick-input-title')
      .filter({ hasText: exactly(title) })
      .waitFor();
  }

  async closed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  title(): Promise<string> {
    return readText(this.widget.locator('.quick-input-title'));
  }

  async placeholder(): Promise<string> {
    return (await this.input.getAttribute('placeholder')) ?? '';
  }

  /** What stands in the line. */
  value(): Promise<string> {
    return this.input.inputValue();
  }

  /** True when the line hides what is typed. */
  async isPassword(): Promise<boolean> {
    return (await this.input.getAttribute('type')) === 'password';
  }

  /** Waits until what stands in the line matches: a dialog writes there what it suggests. */
  async suggests(pattern: RegExp): Promise<void> {
    const input = await this.input.elementHandle();
    await this.page.waitForFunction(
      ([line, source]) => new RegExp(source as string).test((line as unknown as { value: string }).value),
      [input, pattern.source] as const,
    );
  }

  /** The rows in sight, once there is one. */
  async items(): Promise<QuickItem[]> {
    await this.rows().first().waitFor();
    return Promise.all((await this.rows().all()).map(readItem));
  }

  /** Waits for a row with this label. */
  async has(label: Name): Promise<void> {
    await this.row(label).waitFor();
  }

  /** Chooses a row by its label. */
  async pick(label: Name): Promise<void> {
    await this.row(label).click();
  }

  /** Ticks a row of which several can be chosen. A ticked one stays as it is. */
  async tick(label: Name): Promise<void> {
    const row = this.row(label);
    if ((await row.getAttribute('aria-checked')) !== 'true') await row.click();
  }

  /** Moves to a row with the arrow keys and takes it with Enter. */
  async pickByKeyboard(label: Name): Promise<void> {
    const row = this.row(label);
    await row.waitFor();
    const focused = this.widget.locator('.quick-input-list .monaco-list-row.focused');
    const steps = (await indexOf(row)) - (await indexOf(focused));
    for (let step = 0; step < Math.abs(steps); step += 1) {
      await this.page.keyboard.press(steps > 0 ? 'ArrowDown' : 'ArrowUp');
    }
    await focused.filter({ has: this.label(label) }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Replaces what stands in the line, once there is one. `timeout` is in milliseconds. */
  async type(text: string, options: { timeout?: number } = {}): Promise<void> {
    await this.input.fill(text, options);
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.input.press('Escape');
  }

  /** Clicks a button beside the title, by what it says under the mouse. */
  async clickButton(title: string): Promise<void> {
    await this.widget.getByRole('button', { name: title }).click();
  }

  /** The text under the line: its prompt, or why the value is refused. With a name it waits for that text. */
  async message(text: Name = /\S/): Promise<string> {
    const message = this.widget.locator('.quick-input-message');
    return readText(message.filter({ hasText: exactly(text) }));
  }

  /** Waits until the line is marked as wrong and gives the reason that is shown. */
  async validationMessage(): Promise<string> {
    await this.widget.locator('.monaco-inputbox.error').waitFor();
    return this.message();
  }

  /** That nothing in the box became a link or one of the icons that a stranger may have named. */
  async staysText(): Promise<void> {
    assert.equal(await this.widget.locator('a[href], .codicon-trash').count(), 0);
  }

  private rows(): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row');
  }

  private row(label: Name): Locator {
    return this.rows().filter({ has: this.label(label) });
  }

  private label(label: Name): Locator {
    const names = this.page.locator('.quick-input-list-row:first-child .label-name');
    return names.filter({ hasText: exactly(label) });
  }
}

async function readItem(row: Locator): Promise<QuickItem> {
  const first = row.locator('.quick-input-list-row').first();
  return {
    label: await readText(first.locator('.label-name')),
    description: await readTextIfAny(first.locator('.label-description')),
    detail: await readTextIfAny(row.locator('.quick-input-list-label-meta .label-name')),
  };
}

async function indexOf(row: Locator): Promise<number> {
  return Number(await row.getAttribute('data-index'));
}
