import assert from 'node:assert/strict';
import { after, afterEach } from 'node:test';
import { NorthflankClient } from '../../../src/providers/northflank/client';
import type { Access } from '../../../src/providers/provider';
import type { SpendNode } from '../../../src/usage/bucket';
import type { Spent } from '../../simulator/northflank/book';
import {
  type NorthflankOptions,
  type NorthflankSimulator,
  startNorthflank,
} from '../../simulator/northflank/simulator';
import { totalOf } from '../../simulator/northflank/sums';
import { accessTo } from '../../support/access';
import { client } from '../http/helpers';

/** The client of Northflank and its simulator, for tests. */

export const NOW = Date.UTC(2026, 10, 20, 14, 20);
/** An hour that has ended. */
export const AT_NOON = Date.UTC(2026, 10, 20, 12);
export const JSON_TYPE = 'application/json';

const running: NorthflankSimulator[] = [];

/** It is closed after the last test of the file; a reply that breaks the contract fails the test that asked for it. */
export async function start(options: NorthflankOptions = {}): Promise<NorthflankSimulator> {
  const started = await startNorthflank({ now: () => NOW, ...options });
  running.push(started);
  return started;
}

afterEach(() => {
  assert.deepEqual(
    running.flatMap(({ violations }) => violations),
    [],
  );
});
after(() => Promise.all(running.map((own) => own.close())));

export function access(simulator: NorthflankSimulator, more: Partial<Access> = {}): Access {
  const { baseUrl, key } = simulator;
  return accessTo(baseUrl, { http: client().http, key, now: () => simulator.now, ...more });
}

export function source(simulator: NorthflankSimulator, more: Partial<Access> = {}): NorthflankClient {
  return new NorthflankClient(access(simulator, more));
}

/** A tree as texts, in its order: kind, id, name, total, and whether that is only a part. */
export function outline(nodes: readonly SpendNode[], depth = ''): string[] {
  return nodes.flatMap(({ kind, id, name, price, isSlice, children }) => [
    `${depth}${kind} ${id} "${name}" ${String(price?.total)} ${isSlice ? 'slice' : 'whole'}`,
    ...(children === undefined ? [] : outline(children, `${depth}  `)),
  ]);
}

/** The same of the simulator's tree, so many levels deep. */
export function trueOutline(
  nodes: readonly Spent[],
  levels: number,
  slices: readonly Spent['kind'][] = [],
  depth = '',
): string[] {
  const dearestFirst = [...nodes].sort((a, b) => Number(totalOf(b.price) - totalOf(a.price)));
  return dearestFirst.flatMap(({ kind, id, name, price, children }) => [
    `${depth}${kind} ${id} "${name}" ${String(totalOf(price))} ${slices.includes(kind) ? 'slice' : 'whole'}`,
    ...(levels > 1 ? trueOutline(children, levels - 1, slices, `${depth}  `) : []),
  ]);
}
