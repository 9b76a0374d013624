import { UsageError } from '../../usage/failure';
import type { JsonReader } from '../reader';

/** An API that never ends its pages, or goes in a circle, is stopped. */
const MAX_PAGES = 1000;

const CURSOR = 'reply.pagination.cursor';

export interface Page<T> {
  readonly content: T;
  /** The cursor of the next page; undefined on the last one. */
  readonly next: string | undefined;
}

/**
 * All pages, one after the other; `read` gets the cursor that the page before told, undefined for the first page. Throws
 * UsageError `malformed` when there is no end to them.
 */
export async function allPages<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const contents: T[] = [];
  const cursors = new Set<string | undefined>();
  let cursor: string | undefined;
  while (!cursors.has(cursor) && contents.length < MAX_PAGES) {
    cursors.add(cursor);
    const { content, next } = await read(cursor);
    contents.push(content);
    if (next === undefined) {
      return contents;
    }
    cursor = next;
  }
  throw new UsageError({ kind: 'malformed', path: CURSOR, expected: 'lastPage' });
}

/** What a reply says of the next page; one without pagination is the last. Throws UsageError `malformed`. */
export function readNext(reply: JsonReader): string | undefined {
  const pagination = reply.field('pagination');
  if (pagination.isAbsent || !pagination.field('hasNextPage').optional((flag) => flag.flag())) {
    return undefined;
  }
  const cursor = pagination.field('cursor').text();
  if (cursor === '') {
    throw new UsageError({ kind: 'malformed', path: CURSOR, expected: 'text' });
  }
  return cursor;
}
