import assert from 'node:assert/strict';
import { after, afterEach } from 'node:test';
import { MiosaClient } from '../../../src/providers/miosa/client';
import type { Access } from '../../../src/providers/provider';
import type { Amount } from '../../../src/usage/amount';
import type { FetchedBreakdown } from '../../../src/usage/breakdownId';
import type { Quantities } from '../../../src/usage/bucket';
import { dayPeriod, daysOf, monthToDate, type Period } from '../../../src/usage/time';
import type { Grouping } from '../../simulator/miosa/book';
import { type MiosaOptions, type MiosaSimulator, startMiosa } from '../../simulator/miosa/simulator';
import type { Sums } from '../../simulator/miosa/sums';
import { accessTo } from '../../support/access';
import { client } from '../http/helpers';
import { bucketsIn } from '../usage/builders';

/** The client of MIOSA and its simulator, for tests. */

export const NOW = Date.UTC(2026, 10, 20, 14, 20);
export const month = monthToDate(NOW);
const running: MiosaSimulator[] = [];
export const PARTS: readonly [FetchedBreakdown, Grouping][] = [
  ['byUser', 'external_user_id'],
  ['byProject', 'external_project_id'],
  ['byWorkspace', 'workspace_id'],
];
export const FORMS = ['rollup', 'lineItems'] as const;
export const ERROR_FORMS = [1, 2, 3, 4] as const;

export async function start(options: MiosaOptions = {}): Promise<MiosaSimulator> {
  const started = await startMiosa({ now: () => NOW, ...options });
  running.push(started);
  return started;
}

export function access(simulator: MiosaSimulator, more: Partial<Access> = {}): Access {
  const { baseUrl, key } = simulator;
  return accessTo(baseUrl, { http: client().http, key, now: () => simulator.now, ...more });
}

export function source(simulator: MiosaSimulator, more: Partial<Access> = {}): MiosaClient {
  return new MiosaClient(access(simulator, more));
}

export function exact(quantities: Quantities): Record<string, bigint> {
  const known = Object.entries(quantities) as [string, Amount][];
  return Object.fromEntries(known.map(([meter, amount]) => [meter, BigInt(amount)]));
}

export function total(groups: ReadonlyMap<string, Sums>): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const used of groups.values()) {
    for (const [meter, amount] of Object.entries(used)) {
      sums[meter] = (sums[meter] ?? 0n) + amount;
    }
  }
  return sums;
}

/** What the client reads of the month, by group. */
export async function readMonth(from: MiosaClient): Promise<Map<string, Record<string, bigint>>> {
  const { groups } = await from.summary(month);
  return new Map(groups?.groups.map(({ id, quantities }) => [id, exact(quantities)]));
}

/** What the client reads of some days, by day and group. */
export async function readDays(
  from: MiosaClient,
  part: FetchedBreakdown,
  period: Period,
): Promise<Map<string, Map<string, Record<string, bigint>>>> {
  const days = new Map<string, Map<string, Record<string, bigint>>>();
  for (const [day, columns] of await from.rows(part, { period })) {
    const buckets = bucketsIn(new Map([[day, columns]]), 'usage');
    for (const bucket of buckets) {
      assert.deepEqual({ start: bucket.start, end: bucket.end }, dayPeriod(day));
    }
    const groups = buckets.map(
      ({ subjectId: machineId, quantities }) => [machineId, exact(quantities)] as const,
    );
    assert.equal(new Set(groups.map(([id]) => id)).size, groups.length);
    days.set(day, new Map(groups));
  }
  return days;
}

export function trueDays(
  simulator: MiosaSimulator,
  grouping: Grouping,
  period: Period,
): Map<string, ReadonlyMap<string, Sums>> {
  const days = daysOf(period);
  return new Map(
    days.map((day) => [day, simulator.used(grouping, dayPeriod(day).start, dayPeriod(day).end)] as const),
  );
}

afterEach(() => {
  assert.deepEqual(
    running.flatMap(({ violations }) => violations),
    [],
  );
});
after(() => Promise.all(running.map((own) => own.close())));
