import assert from 'node:assert/strict';
import test from 'node:test';
import { allPages, type Page } from '../../../src/providers/pages';
import { failureOf } from '../http/helpers';

const ENDLESS = { kind: 'malformed', path: 'reply.next', expected: 'lastPage' };

/** Reads pages that `page` makes of their number and their cursor. */
function reading(
  page: (number: number, cursor: string | undefined) => Page<number>,
  most = 1000,
): { pages: Promise<readonly Page<number>[]>; cursors: (string | undefined)[] } {
  const cursors: (string | undefined)[] = [];
  const pages = allPages<number, Page<number>>({
    read: (cursor) => {
      cursors.push(cursor);
      return Promise.resolve(page(cursors.length, cursor));
    },
    keyOf: (item) => item,
    budget: { limit: 0, left: 0, limitMs: 0, until: 0 },
    most,
    path: 'reply.next',
  });
  return { pages, cursors };
}

test('pages are read until one has no next', async () => {
  const { pages, cursors } = reading((number) => ({
    items: [number],
    next: number < 3 ? `after ${number}` : undefined,
  }));
  assert.deepEqual(
    (await pages).flatMap(({ items }) => items),
    [1, 2, 3],
  );
  assert.deepEqual(cursors, [undefined, 'after 1', 'after 2']);
});

test('a circle of cursors ends at the first one that comes twice', async () => {
  const { pages, cursors } = reading((number) => ({ items: [number], next: number % 2 === 1 ? 'a' : 'b' }));
  assert.deepEqual(await failureOf(pages), ENDLESS);
  assert.deepEqual(cursors, [undefined, 'a', 'b']);
});

test('a page that brings nothing new is not followed by another', async () => {
  const again = reading((number) => ({ items: [7], next: `cursor ${number}` }));
  assert.deepEqual(await failureOf(again.pages), ENDLESS);
  assert.equal(again.cursors.length, 2);
  const empty = reading((number) => ({ items: [], next: `cursor ${number}` }));
  assert.deepEqual(await failureOf(empty.pages), ENDLESS);
  assert.equal(empty.cursors.length, 1);
});

test('no more pages are read than there can be items', async () => {
  const { pages, cursors } = reading((number) => ({ items: [number], next: `cursor ${number}` }), 24);
  assert.deepEqual(await failureOf(pages), ENDLESS);
  assert.equal(cursors.length, 25);
});
