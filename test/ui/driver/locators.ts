import { type Locator } from 'playwright-core';

/** Names a row, an item or a button: its exact text, or a pattern that the text matches. */
export type Name = string | RegExp;

/** A pattern for exactly this name; Playwright's own text filters look for a part. */
export function exactly(name: Name): RegExp {
  return name instanceof RegExp ? name : new RegExp(`^\\s*${escape(name)}\\s*$`);
}

/** A pattern for a text that holds this name. */
export function holding(name: Name): RegExp {
  return name instanceof RegExp ? name : new RegExp(escape(name));
}

/** The text that a person reads there: white space runs are one blank. Waits for the element. */
export async function readText(locator: Locator): Promise<string> {
  return (await locator.innerText()).replace(/\s+/g, ' ').trim();
}

/** As `readText`, but nothing where there is no such element. */
export async function readTextIfAny(locator: Locator): Promise<string | undefined> {
  return (await locator.count()) === 0 ? undefined : await readText(locator.first());
}

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** Selects a button of VS Code by its title, which may name its key: `Refresh (F5)`. */
export function titled(title: string): string {
  return `:is([aria-label="${title}"], [aria-label^="${title} ("])`;
}
