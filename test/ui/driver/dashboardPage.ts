import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type FrameLocator, type Locator, type Page } from 'playwright-core';
import { exactly, readText } from './locators';
import { ReportSection } from './reportSection';
import { type Theme, THEMES } from './theme';
import type { WebviewPanel } from './webviewPanel';

const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** What the details show of one meter of the period. */
export interface FigureCard {
  /** The exact text of each line, by the line's name. */
  readonly exact: ReadonlyMap<string, string>;
  /** What each line was compared with, by the line's name. */
  readonly compared: ReadonlyMap<string, string>;
}

/** What is looked at of a drawing; these tests know no DOM. */
interface Canvas {
  readonly width: number;
  readonly clientWidth: number;
  toDataURL(): string;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
}

/** The dashboard as a person uses it. */
export class DashboardPage {
  readonly body: FrameLocator;

  constructor(
    private readonly page: Page,
    private readonly panel: WebviewPanel,
  ) {
    this.body = panel.body;
  }

  /** Waits until the charts are there and nothing is being read any more. */
  async ready(): Promise<void> {
    await this.panel.opened();
    await this.body.locator('section.chart').first().waitFor();
    await this.body.locator('progress').waitFor({ state: 'hidden' });
  }

  /** Waits until the page wears this theme, and has drawn its charts in it. */
  async wears(theme: Theme): Promise<void> {
    const body = this.body.locator(`body[data-vscode-theme-kind="${THEMES[theme].kind}"]`);
    await body.evaluate(async () => {
      const page = globalThis as unknown as { requestAnimationFrame(drawn: () => void): void };
      // The page draws in the frame after the one in which it was told.
      for (let frame = 0; frame < 3; frame += 1) {
        await new Promise<void>((resolve) => {
          page.requestAnimationFrame(resolve);
        });
      }
    });
  }

  /** Brings what was chosen back to what a new dashboard has. */
  async reset(): Promise<void> {
    const undo = [
      this.body.getByRole('button', { name: /^Zoom Out/ }),
      this.body.getByRole('button', { name: 'Clear Selection' }),
      this.duty().getByRole('button', { name: 'Hide' }),
      this.compute.root.locator('details[open] > summary'),
    ];
    for (const each of undo) {
      if (await each.isVisible()) await each.click();
    }
    await this.body.getByLabel('Compare').uncheck();
    await this.choosePeriod('This month');
    await this.choose('Per', 'Day');
    await this.select('Show the largest', 'Top 7');
    await this.select('Stack by', 'By machine');
    await this.select('Draw', 'Bars');
    await this.tile('Awake time').click();
    await this.choose('Meter', 'Over time');
    await this.report('Details').close();
    await this.ready();
  }

  chart(name: RegExp): ChartSection {
    const section = this.body
      .locator('section.chart')
      .filter({ has: this.body.getByRole('heading', { name }) });
    return new ChartSection(this.page, section);
  }

  get compute(): ChartSection {
    return this.chart(/^(Awake time|vCPU-time|Memory)$/);
  }

  get storage(): ChartSection {
    return this.chart(/^(Storage|Stored)$/);
  }

  /** One of the questions with an answer below the figures and the charts. */
  report(title: string): ReportSection {
    return new ReportSection(this.page, this.body, title);
  }

  duty(): Locator {
    return this.body.locator('section').filter({ has: this.body.getByRole('heading', { name: /^Duty/ }) });
  }

  async choosePeriod(label: string): Promise<void> {
    await this.select('Period', label);
  }

  /** Chooses from one of the toolbar's lists. */
  async select(list: string, label: string): Promise<void> {
    await this.body.getByRole('combobox', { name: list }).selectOption({ label });
  }

  /** The tile of a meter. */
  tile(name: string): Locator {
    return this.body
      .locator('.tile')
      .filter({ has: this.page.locator('.tile-name').filter({ hasText: exactly(name) }) });
  }

  async chooseDates(first: string, last: string): Promise<void> {
    await this.choosePeriod('Dates…');
    await this.body.getByLabel('First day (UTC)').fill(first);
    await this.body.getByLabel('Last day (UTC)').fill(last);
    await this.body.getByRole('button', { name: 'Apply' }).click();
  }

  /** Chooses one of joined buttons, such as Hour in the group Per. */
  async choose(group: string, option: string): Promise<void> {
    const radio = this.body
      .getByRole('radiogroup', { name: group })
      .getByRole('radio', { name: option, exact: true });
    await radio.check();
  }

  /**
   * Chooses a period, joined buttons and from lists before the page hears from the host, which no hand is fast enough to do
   * each time. Tells, for each message that comes until all of it is drawn, whether everything is still chosen.
   */
  async chooseAtOnce(period: string, buttons: Readonly<Record<string, string>>): Promise<boolean[]> {
    const frame = await this.panel.frame();
    return frame.evaluate(`(async () => {
      const options = Object.entries(${JSON.stringify(buttons)});
      const periods = document.querySelector('.toolbar select');
      const chosen = [...periods.options].find((option) => option.text === ${JSON.stringify(period)});
      const choices = options.map(([name, text]) => {
        const group = document.querySelector('.toolbar [aria-label="' + name + '"]');
        const choice = [...group.querySelectorAll('label, option')].find((each) => each.textContent === text);
        return choice.querySelector('input') ?? choice;
      });
      const kept = [];
      const heard = new Promise((resolve) => {
        window.addEventListener('message', function listen() {
          kept.push(chosen.selected && choices.every((choice) => choice.checked ?? choice.selected));
          if (kept.length > options.length) {
            window.removeEventListener('message', listen);
            resolve();
          }
        });
      });
      periods.value = chosen.value;
      periods.dispatchEvent(new Event('change'));
      for (const choice of choices) {
        if (choice.parentElement.tagName === 'SELECT') {
          choice.selected = true;
          choice.parentElement.dispatchEvent(new Event('change'));
        } else {
          choice.click();
        }
      }
      await heard;
      return kept;
    })()`);
  }

  /** The sentences above the charts, with their buttons. */
  notice(text: RegExp): Locator {
    return this.body.locator('.notice').filter({ hasText: text });
  }

  async figure(name: string): Promise<FigureCard> {
    const details = this.report('Details');
    await details.open();
    const exact = new Map<string, string>();
    const compared = new Map<string, string>();
    const rows = details.row(name);
    await rows.first().waitFor();
    for (const row of await rows.all()) {
      const [, label = '', , own = '', change = ''] = await details.cells(row);
      exact.set(label, own);
      if (change !== '') {
        compared.set(label, await details.detail(row.locator('td').last().locator('bdi')));
      }
    }
    return { exact, compared };
  }

  /** What a screen reader was told last. */
  async spoken(text: RegExp): Promise<string> {
    const region = this.body.getByRole('status').filter({ hasText: text });
    await region.waitFor({ state: 'attached' });
    return (await region.textContent()) ?? '';
  }

  /**
   * What axe-core finds of impact "serious" or worse.
   *
   * @param rules the names of the rules to go by; all without it
   */
  async seriousProblems(rules?: readonly string[]): Promise<string[]> {
    const frame = await this.panel.frame();
    if (await frame.evaluate<boolean>('globalThis.axe === undefined')) await frame.evaluate(AXE);
    const options = { resultTypes: ['violations'], ...(rules === undefined ? {} : { runOnly: rules }) };
    const found = await frame.evaluate<{
      violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
    }>(`axe.run(document, ${JSON.stringify(options)})`);
    return found.violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  }

  /** By how many CSS pixels the page is wider than its frame. */
  async overflow(): Promise<number> {
    const frame = await this.panel.frame();
    return frame.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  }
}

/** One chart with its legend and its table. */
export class ChartSection {
  readonly plot: Locator;
  readonly legend: Locator;
  readonly table: Locator;

  constructor(
    private readonly page: Page,
    readonly root: Locator,
  ) {
    this.plot = root.getByRole('application');
    this.legend = root.locator('.legend .legend-item');
    this.table = root.locator('table.twin');
  }

  /** Waits until the chart's total, exact and in the vendor's unit, is this one: `5,612,345 s`. */
  async totals(exact: string): Promise<void> {
    await this.root.locator(`.chart-figures dd[title="${exact}"]`).waitFor();
  }

  /** Waits until the chart counts in this unit. */
  async counts(unit: string): Promise<void> {
    await this.root
      .locator('.unit')
      .filter({ hasText: exactly(unit) })
      .waitFor();
  }

  async names(): Promise<string[]> {
    return Promise.all((await this.legend.all()).map((item) => readText(item.locator('.name'))));
  }

  /** The drawing itself, to see whether it changed. */
  async drawing(): Promise<string> {
    return this.plot.locator('> canvas').evaluate((canvas: Canvas) => canvas.toDataURL());
  }

  /** Waits, frame by frame, until the drawing is another one. */
  async redrawn(before: string): Promise<void> {
    await this.plot.locator('> canvas').evaluate(async (canvas: Canvas, old) => {
      const page = globalThis as unknown as { requestAnimationFrame(drawn: () => void): void };
      while (canvas.toDataURL() === old) {
        await new Promise<void>((resolve) => {
          page.requestAnimationFrame(resolve);
        });
      }
    }, before);
  }

  /** How many colours the middle of the lowest series has in a slot; a slot is counted from the axis's left end, from 0. */
  async coloursAt(slot: number): Promise<number> {
    await this.plot.scrollIntoViewIfNeeded();
    await this.plot.focus();
    await this.page.keyboard.press('Home');
    for (let at = 0; at < slot; at += 1) await this.page.keyboard.press('ArrowRight');
    const band = await this.plot.locator('.band').first().boundingBox();
    await this.plot.blur();
    const canvas = this.plot.locator('> canvas');
    const whole = await canvas.boundingBox();
    if (band === null || whole === null) throw new Error('The chart is not on the screen');
    const line = { left: band.x - whole.x + band.width / 4, width: band.width / 2 };
    const middle = { ...line, top: band.y - whole.y + band.height - 6 };
    return canvas.evaluate((drawn: Canvas, { left, width, top }) => {
      const sharpness = drawn.width / drawn.clientWidth;
      const [x, y, w] = [left, top, width].map((length) => Math.round(length * sharpness));
      const { data } = drawn.getContext('2d').getImageData(x ?? 0, y ?? 0, w ?? 0, 1);
      return new Set(new Uint32Array(data.buffer)).size;
    }, middle);
  }

  async openTable(): Promise<void> {
    await this.root.getByText('Show as table').click();
    await this.table.waitFor();
  }

  async filter(text: string): Promise<void> {
    await this.root.getByRole('searchbox').fill(text);
  }

  async sumOfRows(): Promise<string> {
    return readText(this.table.locator('tfoot'));
  }

  /** Drags over a part of the plot, from a share of its axis to another; 0 is its left end. */
  async drag(from: number, to: number): Promise<void> {
    const { x, y, width, height } = await this.area();
    await this.page.mouse.move(x + from * width, y + height / 2);
    await this.page.mouse.down();
    await this.page.mouse.move(x + ((from + to) / 2) * width, y + height / 2, { steps: 4 });
    await this.page.mouse.move(x + to * width, y + height / 2, { steps: 4 });
    await this.page.mouse.up();
  }

  async doubleClick(): Promise<void> {
    const { x, y, width, height } = await this.area();
    await this.page.mouse.dblclick(x + width / 2, y + height / 4);
  }

  /** Clicks on the lowest series at a share of the axis. */
  async clickSeries(at: number): Promise<void> {
    const { x, y, width, height } = await this.area();
    await this.page.mouse.click(x + at * width, y + height - 6);
  }

  /** The part of the plot in which series are drawn, on the window: the band of a slot tells where that is. */
  private async area(): Promise<{ x: number; y: number; width: number; height: number }> {
    await this.plot.scrollIntoViewIfNeeded();
    await this.plot.focus();
    await this.page.keyboard.press('Home');
    const first = await this.plot.locator('.band').first().boundingBox();
    const plot = await this.plot.locator('> canvas').boundingBox();
    await this.plot.blur();
    if (first === null || plot === null) throw new Error('The chart is not on the screen');
    return { x: first.x, y: first.y, width: plot.x + plot.width - first.x - 2, height: first.height };
  }
}
