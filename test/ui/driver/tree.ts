import { type Locator, type Page } from 'playwright-core';
import { hover } from './hover';
import { exactly, holding, type Name, readText, titled } from './locators';

export interface TreeRow {
  /** In full, also where the row has room for a part of it. */
  label: string;
  description: string | undefined;
  /** 1 for a root. */
  level: number;
  /** Undefined for a row that cannot be opened. */
  expanded: boolean | undefined;
  /** What a screen reader says: the item's accessibility label, else its tooltip's text. */
  ariaLabel: string;
}

/** What the row of a Dedalus account holds once it has been loaded: its awake time this month. */
export const LOADED = /\d h$/;

/** Names a row by its label, or by its place, counted from 0, where the label leaves no room for itself. */
type RowName = Name | number;

/** A tree in the sidebar, by the name in its header. */
export class Tree {
  private readonly list: Locator;

  constructor(
    private readonly page: Page,
    name: string,
  ) {
    this.list = page.locator(`.part.sidebar .monaco-list[role="tree"][aria-label^="${name}"]`);
  }

  /** The rows in sight, once there is one: the list draws no others. */
  async rows(): Promise<TreeRow[]> {
    const rows = this.list.locator('.monaco-list-row');
    await rows.first().waitFor();
    const read = await rows.evaluateAll(readDrawn);
    return read.sort((a, b) => a.index - b.index).map(toRow);
  }

  /** The row with this label, as it is now. */
  async row(label: Name): Promise<TreeRow> {
    return (await readRow(this.find(label))).row;
  }

  /** Waits for a row with this label whose description holds the text. */
  async shows(label: Name, description: Name = /.*/): Promise<TreeRow> {
    const described = this.page.locator('.monaco-icon-label-container');
    const row = this.find(label).filter({ has: described.filter({ hasText: holding(description) }) });
    await row.first().waitFor();
    return (await readRow(row.first())).row;
  }

  /** Waits until what a screen reader says of a row holds the text. */
  async says(label: Name, text: RegExp): Promise<void> {
    await this.find(label)
      .and(this.page.getByRole('treeitem', { name: text }))
      .waitFor();
  }

  /** Waits until the row whose name, which may be cut on screen, begins like this is selected. */
  async selected(name: string): Promise<void> {
    await this.list.locator(`.monaco-list-row.selected[aria-label^=${JSON.stringify(name)}]`).waitFor();
  }

  /** Waits until no row in sight has this label. */
  async lacks(label: Name): Promise<void> {
    await this.find(label).waitFor({ state: 'detached' });
  }

  /** Waits until the bar above the rows does not run: nothing is being read. */
  async idle(): Promise<void> {
    await this.page.locator('.part.sidebar .monaco-progress-container.active').waitFor({ state: 'detached' });
  }

  /** Waits until a row is the first below another one. */
  async firstBelow(parent: Name, label: Name): Promise<void> {
    const { index } = await readRow(this.find(parent));
    const first = this.list.locator(`.monaco-list-row[data-index="${index + 1}"]`);
    await this.find(label).and(first).waitFor();
  }

  /** Opens all rows of the second level, and the first below each row that is open. All rows must have room in the window. */
  async openEachKind(): Promise<void> {
    for (;;) {
      const rows = await this.rows();
      const hasOpen = new Set<number>();
      const next = rows.findIndex(({ level, expanded }, index) => {
        if (level === 1 || expanded === undefined) return false;
        const parent = rows.findLastIndex((above, at) => at < index && above.level < level);
        const isWanted = !expanded && (level === 2 || !hasOpen.has(parent));
        hasOpen.add(parent);
        return isWanted;
      });
      if (next === -1) return;
      await this.expand(next);
    }
  }

  /** The texts of the rows in sight that are wider than the room that they have. */
  async cutRows(): Promise<string[]> {
    const texts = this.list.locator('.monaco-icon-label-container');
    return texts.evaluateAll((all) =>
      (all as unknown as { scrollWidth: number; clientWidth: number; textContent: string }[])
        .filter((text) => text.scrollWidth > text.clientWidth)
        .map((text) => text.textContent),
    );
  }

  /** Scrolls by keyboard from the top until a row with this label is drawn. */
  async reveal(label: Name): Promise<void> {
    await this.list.locator('.monaco-list-row').first().waitFor();
    await this.list.focus();
    await this.page.keyboard.press('Home');
    const focused = this.list.locator('.monaco-list-row.focused');
    while (!(await this.find(label).first().isVisible())) {
      const at = (await focused.getAttribute('data-index')) ?? '';
      if ((await focused.getAttribute('data-last-element')) === 'true') {
        throw new Error(`The tree has no row ${String(label)}`);
      }
      await this.page.keyboard.press('PageDown');
      await this.list.locator(`.monaco-list-row.focused:not([data-index="${at}"])`).waitFor();
    }
  }

  /** Opens a row and waits for the first of its children. An open one stays as it is. */
  async expand(label: RowName): Promise<void> {
    const row = this.find(label);
    if ((await row.getAttribute('aria-expanded')) === 'false') await twistie(row).click();
    const { index, row: parent } = await readRow(row);
    const child = `[data-index="${index + 1}"][aria-level="${parent.level + 1}"]`;
    await this.list.locator(`.monaco-list-row${child}`).waitFor();
  }

  async collapse(label: Name): Promise<void> {
    const row = this.find(label);
    if ((await row.getAttribute('aria-expanded')) === 'true') await twistie(row).click();
    await this.find(label).and(this.list.locator('[aria-expanded="false"]')).waitFor();
  }

  async click(label: Name): Promise<void> {
    await this.find(label).locator('.label-name').click();
  }

  /** Clicks a button that shows while the mouse is on the row, by its title. */
  async clickInline(label: Name, action: string): Promise<void> {
    const row = this.find(label);
    await row.hover();
    await row.locator(`.actions ${titled(action)}`).click();
  }

  /** The titles in the row's context menu; the menu is closed again. */
  async menuTitles(label: Name): Promise<string[]> {
    const menu = await this.openMenu(label);
    const titles = await Promise.all(
      (await menu.locator('.action-label:not(.separator)').all()).map(readText),
    );
    await this.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    return titles;
  }

  /** Takes an item of the row's context menu, by its title. */
  async contextMenu(label: RowName, item: string): Promise<void> {
    const menu = await this.openMenu(label);
    const entry = menu.locator('.action-item').filter({ hasText: exactly(item) });
    await entry.hover();
    await entry.and(this.page.locator('.focused')).waitFor();
    // A menu does not take clicks in its first 100 ms, but it takes keys.
    await this.page.keyboard.press('Enter');
    await menu.waitFor({ state: 'hidden' });
  }

  /** The tooltip of a row, open under the mouse. */
  tooltip(label: RowName): Promise<Locator> {
    return hover(this.page, this.find(label).locator('.monaco-icon-label'));
  }

  private async openMenu(label: RowName): Promise<Locator> {
    await this.find(label).locator('.monaco-icon-label').click({ button: 'right' });
    await this.page.locator('.context-view .monaco-menu:focus-within').waitFor();
    return this.page.locator('.context-view .monaco-menu');
  }

  private find(label: RowName): Locator {
    if (typeof label === 'number') return this.list.locator(`.monaco-list-row[data-index="${label}"]`);
    const shown = this.page.locator('.label-name').filter({ hasText: exactly(label) });
    const rows = this.list.locator('.monaco-list-row').filter({ has: shown });
    // A name that is cut is still read in full, with more behind it.
    return typeof label === 'string'
      ? rows.or(this.list.locator(`.monaco-list-row[aria-label^=${JSON.stringify(`${label} · `)}]`))
      : rows;
  }
}

function twistie(row: Locator): Locator {
  return row.locator('.monaco-tl-twistie');
}

/** What the page has of a row. */
interface DrawnRow {
  readonly index: number;
  readonly level: number;
  readonly expanded: string | null;
  readonly ariaLabel: string;
  readonly label: string;
  readonly description: string | undefined;
}

/** As far as it is used: the tests are compiled without the types of a browser. */
interface PageElement {
  readonly innerText: string;
  readonly dataset: Readonly<Record<string, string>>;
  getAttribute(name: string): string | null;
  querySelector(selector: string): PageElement | null;
}

/** Runs in the page: rows are read in one go, so that none is drawn anew meanwhile. */
function readDrawn(rows: unknown): DrawnRow[] {
  return (rows as PageElement[]).map((row) => ({
    index: Number(row.dataset['index']),
    level: Number(row.getAttribute('aria-level')),
    expanded: row.getAttribute('aria-expanded'),
    ariaLabel: row.getAttribute('aria-label') ?? '',
    label: row.querySelector('.label-name')?.innerText.replace(/\s+/g, ' ').trim() ?? '',
    description: row.querySelector('.label-description')?.innerText.replace(/\s+/g, ' ').trim(),
  }));
}

async function readRow(row: Locator): Promise<{ index: number; row: TreeRow }> {
  await row.waitFor({ state: 'attached' });
  const [drawn] = await row.evaluateAll(readDrawn);
  if (drawn === undefined) throw new Error(`The row ${String(row)} is gone`);
  return { index: drawn.index, row: toRow(drawn) };
}

function toRow({ label, description, level, expanded, ariaLabel }: DrawnRow): TreeRow {
  return {
    ...{ description, level, ariaLabel },
    label: label.includes('…') ? (ariaLabel.split(` · ${description}`)[0] ?? label) : label,
    expanded: expanded === null ? undefined : expanded === 'true',
  };
}
