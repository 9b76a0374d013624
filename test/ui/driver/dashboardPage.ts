import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type FrameLocator, type Locator, type Page } from 'playwright-core';
import { ChartSection } from './chartSection';
import { exactly } from './locators';
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

/** CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** CSS pixels from the page's top. */
export interface Edges {
  readonly top: number;
  readonly bottom: number;
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

  async chooseAccount(label: string): Promise<void> {
    const list = this.body.getByRole('combobox', { name: 'Account' });
    const option = list.locator('option').filter({ hasText: label }).first();
    await list.selectOption((await option.getAttribute('value')) ?? '');
    await this.body.getByRole('heading', { name: label, level: 1 }).waitFor();
    await this.ready();
  }

  /** What the page shows without scrolling, in CSS pixels. */
  async size(): Promise<Size> {
    const frame = await this.panel.frame();
    return frame.evaluate('({ width: innerWidth, height: innerHeight })');
  }

  /** Waits until the page has a size, and its charts follow it. */
  async hasSize(size: Size): Promise<void> {
    const frame = await this.panel.frame();
    await frame.evaluate(`(async () => {
      const drawn = () => new Promise((next) => requestAnimationFrame(next));
      while (innerWidth !== ${size.width} || innerHeight !== ${size.height}) await drawn();
      await drawn();
      await drawn();
    })()`);
  }

  /** Where the drawing and the legend of the first chart are, from the page's top. */
  async firstChart(): Promise<{ plot: Edges; legend: Edges }> {
    const frame = await this.panel.frame();
    return frame.evaluate(`(() => {
      document.scrollingElement.scrollTo(0, 0);
      const edges = (selector) => {
        const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
        return { top, bottom };
      };
      return { plot: edges('section.chart canvas'), legend: edges('section.chart .legend') };
    })()`);
  }

  /** The texts that are wider or higher than the room that they have. */
  async cutTexts(selector: string): Promise<string[]> {
    const frame = await this.panel.frame();
    return frame.evaluate(`[...document.querySelectorAll(${JSON.stringify(selector)})]
      .filter((own) => own.scrollWidth > own.clientWidth || own.scrollHeight > own.clientHeight + 1)
      .filter((own) => own.clientWidth > 0)
      .map((own) => own.textContent)`);
  }

  /** The role of what has the focus in the page; its tag if it has none of its own. */
  async roleOfFocus(): Promise<string> {
    const frame = await this.panel.frame();
    return frame.evaluate(
      '(document.activeElement.getAttribute("role") ?? document.activeElement.tagName).toLowerCase()',
    );
  }

  /** By how many CSS pixels the page is wider than its frame. */
  async overflow(): Promise<number> {
    const frame = await this.panel.frame();
    return frame.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  }
}
