import type { PagesBudget } from '../http/body';
import { UsageError } from '../usage/failure';

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The cursor of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

export interface Pages<T, P extends Page<T>> {
  /** Reads a page; `cursor` is from the previous page, undefined for the first. All pages share the budget. */
  readonly read: (cursor: string | undefined, budget: PagesBudget) => Promise<P>;
  /** An item's identity across pages, such as an hour or an id. */
  readonly keyOf: (item: T) => string | number;
  readonly budget: PagesBudget;
  /** Maximum number of different items. */
  readonly most: number;
  /** Where a reply has the next page's cursor. */
  readonly path: string;
}

/**
 * All pages, one after the other. Pages may shift while they are read, so items may repeat. But a list has no end if a cursor
 * repeats, or if it goes on after a page without new items or after more than `most` items: throws UsageError `malformed`.
 * Throws `tooLarge` or `timeout` if all pages together are too large or take too long.
 */
export async function allPages<T, P extends Page<T>>(pages: Pages<T, P>): Promise<P[]> {
  const { read, keyOf, budget, most, path } = pages;
  const all: P[] = [];
  const keys = new Set<string | number>();
  const cursors = new Set<string>();
  for (let cursor: string | undefined; ;) {
    const page = await read(cursor, budget);
    const known = keys.size;
    for (const item of page.items) {
      keys.add(keyOf(item));
    }
    all.push(page);
    const { next } = page;
    if (next === undefined) {
      return all;
    }
    if (cursors.has(next) || keys.size === known || keys.size > most) {
      throw new UsageError({ kind: 'malformed', path, expected: 'lastPage' });
    }
    cursors.add(next);
    cursor = next;
  }
}
