import { type Locator, type Page } from 'playwright-core';

/**
 * Rests the mouse on something and gives the tooltip that opens; its `innerText()` is what a person reads.
 * A tooltip that is still open elsewhere is closed first, so that the one given belongs to `target`.
 */
export async function hover(page: Page, target: Locator): Promise<Locator> {
  const tooltip = page
    .locator('.workbench-hover-container .workbench-hover, .monaco-hover.workbench-hover')
    .last();
  await page.mouse.move(0, 0);
  // One that opens only now has not seen the mouse go: it goes on for as long as one is there.
  for (let at = 0; await tooltip.isVisible(); at += 1) await page.mouse.move(at % 2, 0);
  await target.hover();
  await tooltip.waitFor();
  return tooltip;
}
