import { type Locator, type Page } from 'playwright-core';
import { holding, type Name } from './locators';

/** How long one look at a tooltip lasts: longer than it takes to open on a busy machine. */
const LOOK_MS = 3_000;

const LOOKS = 20;

/**
 * Rests the mouse on something and gives the tooltip that opens, once it holds a text; its `innerText()` is what a person
 * reads. A tooltip that is still open elsewhere is closed first, so that the one given belongs to `target`.
 *
 * VS Code closes the tooltip of what changes, and opens none before the mouse has moved. So the mouse goes away and comes
 * back, as a person's does.
 */
export async function hover(page: Page, target: Locator, holds: Name = /\S/): Promise<Locator> {
  const tooltip = page
    .locator('.workbench-hover-container .workbench-hover, .monaco-hover.workbench-hover')
    .last();
  const wanted = tooltip.filter({ hasText: holding(holds) });
  for (let look = 1; ; look += 1) {
    await page.mouse.move(0, 0);
    // One that opens only now has not seen the mouse go: it goes on for as long as one is there.
    for (let at = 0; await tooltip.isVisible(); at += 1) await page.mouse.move(at % 2, 0);
    await target.hover();
    try {
      await wanted.waitFor({ timeout: LOOK_MS });
      return wanted;
    } catch (error) {
      if (look === LOOKS) throw error;
    }
  }
}
