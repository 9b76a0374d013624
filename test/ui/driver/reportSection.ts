import { type FrameLocator, type Locator, type Page } from 'playwright-core';
import { exactly, readText } from './locators';

/** One of the dashboard's reports: a question, its answer in the line of answers, and tables below it once it is open. */
export class ReportSection {
  readonly root: Locator;
  private readonly button: Locator;

  constructor(
    private readonly page: Page,
    private readonly body: FrameLocator,
    title: string,
  ) {
    this.root = body
      .locator('section.report-body')
      .filter({ has: body.locator('h3').filter({ hasText: exactly(title) }) });
    this.button = body.locator('button.answer').filter({ hasText: `${title} ` });
  }

  /** The answer, as a screen reader hears it, once it holds the text. */
  async answer(holds: RegExp = /\S/): Promise<string> {
    const answer = this.button.filter({ hasText: holds });
    await answer.waitFor();
    return readText(answer);
  }

  /** An open one stays as it is. */
  async open(): Promise<void> {
    if ((await this.button.getAttribute('aria-expanded')) !== 'true') await this.button.click();
    await this.root.waitFor();
  }

  /** A closed one stays as it is. */
  async close(): Promise<void> {
    if ((await this.button.getAttribute('aria-expanded')) === 'true') await this.button.click();
    await this.root.waitFor({ state: 'hidden' });
  }

  /** Scrolls the page so that the report begins at its top. */
  async toTop(): Promise<void> {
    await this.root.evaluate((report: { scrollIntoView(options: object): void }) => {
      report.scrollIntoView({ block: 'start', behavior: 'instant' });
    });
  }

  /** A row by the text of its first cell. */
  row(name: string | RegExp): Locator {
    return this.root.locator('tbody tr').filter({
      has: this.page.locator('th bdi').filter({ hasText: exactly(name) }),
    });
  }

  /** The texts of a row's cells, in their order. */
  async cells(row: Locator): Promise<string[]> {
    await row.first().waitFor();
    const cells = await row.first().locator('th bdi, td bdi').all();
    return Promise.all(cells.map((cell) => readText(cell)));
  }

  /** What stands beside a cell while the mouse rests on it. */
  async detail(cell: Locator): Promise<string> {
    await cell.hover();
    const hint = this.body.locator('.tooltip.hint');
    await hint.waitFor();
    return readText(hint);
  }
}
