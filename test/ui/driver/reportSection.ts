import { type FrameLocator, type Locator, type Page } from 'playwright-core';
import { exactly, readText } from './locators';

/** One of the dashboard's reports: a question, its answer in a line, and tables once it is open. */
export class ReportSection {
  readonly root: Locator;
  private readonly button: Locator;

  constructor(
    private readonly page: Page,
    private readonly body: FrameLocator,
    title: string,
  ) {
    this.root = body
      .locator('li.report')
      .filter({ has: body.getByRole('button', { name: title, exact: true }) });
    this.button = this.root.getByRole('button', { name: title, exact: true });
  }

  /** The answer in one line, once it holds the text. */
  async answer(holds: RegExp = /\S/): Promise<string> {
    const line = this.root.locator('.report-summary').filter({ hasText: holds });
    await line.waitFor();
    return readText(line);
  }

  /** An open one stays as it is. */
  async open(): Promise<void> {
    if ((await this.button.getAttribute('aria-expanded')) !== 'true') await this.button.click();
    await this.root.locator('.report-body:not([hidden])').waitFor();
  }

  async close(): Promise<void> {
    await this.button.click();
    await this.root.locator('.report-body').waitFor({ state: 'hidden' });
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
