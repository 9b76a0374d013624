import assert from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { BAIT } from '../../support/hostileWords';

/** What a bait becomes where it is taken for more than text. */
const CAUGHT = [
  `a[href*="${BAIT}" i], a[data-href*="${BAIT}" i]`,
  '[href^="command:workbench.action.openSettings"], [data-href^="command:workbench.action.openSettings"]',
  'img[src*="bait"], script:text("dataset.bait"), iframe[srcdoc]',
  '.codicon-trash',
  ...['strong', 'em', 'b', 'code', 'h1', 'li', 'pre'].map((mark) => `${mark}:text-is("${BAIT}")`),
].join(', ');

/** That no bait acts there, is drawn as markup, or became one of the icons that a stranger named. */
export async function takesNoBait(place: Page | FrameLocator | Locator, name: string): Promise<void> {
  const caught = await place.locator(CAUGHT).all();
  const seen = await Promise.all(
    caught.map((element) => element.evaluate((own: { readonly outerHTML: string }) => own.outerHTML)),
  );
  assert.deepEqual(seen, [], name);
}

/** That a text is one line, and is read in the direction in which it is written. */
export function isOneLine(text: string, name: string): void {
  assert.doesNotMatch(text, /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u, name);
}
