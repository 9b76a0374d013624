import type { Locator, Page } from 'playwright-core';
import { exactly, readText } from './locators';

/** What is looked at of a drawing; these tests know no DOM. */
interface Canvas {
  readonly width: number;
  readonly clientWidth: number;
  toDataURL(): string;
  getContext(kind: '2d'): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
}

/** What is looked at of an item of the legend. */
interface LegendItem {
  querySelector(part: 'canvas.swatch'): Canvas;
  querySelector(part: '.name'): { readonly innerText: string };
}

/** What is looked at of the frame that a table is scrolled in. */
interface Frame {
  scrollTop: number;
  addEventListener(event: 'scrollend', heard: () => void, options: { readonly once: true }): void;
}

/** CSS pixels on the window. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One chart with its legend and its table. */
export class ChartSection {
  readonly plot: Locator;
  readonly legend: Locator;
  readonly table: Locator;
  /** The lines that exist, from the first one that is drawn. */
  readonly rows: Locator;

  constructor(
    private readonly page: Page,
    readonly root: Locator,
  ) {
    this.plot = root.getByRole('application');
    this.legend = root.locator('.legend .legend-item');
    this.table = root.locator('table.data-table');
    this.rows = this.table.locator('tbody.rows tr');
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
    return this.legend.locator('.name').allInnerTexts();
  }

  /** The colour in the middle of each swatch of the legend, by name. */
  async colours(): Promise<ReadonlyMap<string, string>> {
    // At once: the legend may be drawn anew between two looks.
    const read = await this.legend.evaluateAll((items: LegendItem[]) =>
      items.map((item): [string, string] => {
        const swatch = item.querySelector('canvas.swatch');
        const middle = swatch.width / 2;
        const colour = swatch.getContext('2d').getImageData(middle, middle, 1, 1).data;
        return [item.querySelector('.name').innerText.trim(), String(colour)];
      }),
    );
    return new Map(read);
  }

  /** Waits, frame by frame, until the drawing has so many pixels to a CSS pixel. */
  async hasSharpness(sharpness: number): Promise<void> {
    await this.plot.locator('> canvas').evaluate(async (canvas: Canvas, pixels) => {
      const page = globalThis as unknown as { requestAnimationFrame(drawn: () => void): void };
      while (canvas.width !== Math.floor(pixels * canvas.clientWidth)) {
        await new Promise<void>((resolve) => {
          page.requestAnimationFrame(resolve);
        });
      }
    }, sharpness);
  }

  /** Points at a share of the axis; where the column and its tooltip then are on the window. */
  async pointAt(share: number): Promise<{ column: Box; tooltip: Box }> {
    const { x, y, width, height } = await this.area();
    await this.page.mouse.move(x + share * width, y + height / 2);
    const boxes = [this.plot.locator('.band').first(), this.plot.locator('.tooltip')];
    const [column, tooltip] = await Promise.all(boxes.map((own) => own.boundingBox()));
    if (!column || !tooltip) throw new Error('Nothing is pointed at');
    return { column, tooltip };
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

  /** How many rows pass the filter, and how many there are: `Rows: 31 / 620`. */
  async countsRows(text: RegExp): Promise<void> {
    await this.root.locator('.row-count').filter({ hasText: text }).waitFor();
  }

  async scrollTable(to: number): Promise<void> {
    await this.root.locator('.table-frame').evaluate(async (frame: Frame, top) => {
      await new Promise<void>((resolve) => {
        frame.addEventListener('scrollend', resolve, { once: true });
        frame.scrollTop = top;
      });
    }, to);
  }

  /** Filter, order and place of the table, once it has rows. */
  async left(): Promise<{ filter: string; sorted: string; order: string | null; scroll: number }> {
    await this.rows.first().waitFor();
    const heading = this.table.locator('th[aria-sort$="scending"]');
    return {
      filter: await this.root.getByRole('searchbox').inputValue(),
      sorted: await readText(heading),
      order: await heading.getAttribute('aria-sort'),
      scroll: await this.root.locator('.table-frame').evaluate((frame: Frame) => frame.scrollTop),
    };
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
  private async area(): Promise<Box> {
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
