import assert from 'node:assert/strict';
import { toDays, toHourSpend } from '../../../src/providers/northflank/normalise';
import { readUsageHour, readUsageList } from '../../../src/providers/northflank/wire';
import type { Quantities, SpendNode, UsageBucket } from '../../../src/usage/bucket';
import { type Failure, UsageError } from '../../../src/usage/failure';
import type { MoneyRule } from '../../../src/usage/meter';
import { dayPeriod, HOUR } from '../../../src/usage/time';
import { bucketsIn } from '../usage/builders';

/** Replies of Northflank, made by hand, and what is read from them. */

export const DAY = dayPeriod('2026-11-03');
export const SECONDS = DAY.start / 1000;
export const CENT = 10 ** 8;
export const RULES: readonly MoneyRule[] = ['auto', 'cents', 'major'];
const NO_FILTERS = { teamId: undefined, projectId: undefined, resourceType: undefined };

export const PAGE = 100;
/** The day has long closed. */
export const ANSWERED_AT = DAY.end + 10 * HOUR;

export function list(...usage: object[]): object {
  return { data: { usage }, pagination: { hasNextPage: false, count: usage.length } };
}

export function entry(more: object): object {
  return { timestamp: SECONDS, ...more };
}

/** Undefined where the pages do not cover the day. */
export function bucketsOf(replies: readonly unknown[], rule: MoneyRule = 'auto'): UsageBucket[] | undefined {
  const pages = replies.map((reply) => ({
    ...readUsageList(reply, rule, PAGE),
    answeredAt: ANSWERED_AT,
  }));
  const days = toDays(pages, DAY);
  return days.size === 0 ? undefined : bucketsIn(days, 'usage');
}

/** What a reply's rows are, by category. */
export function rowsOf(reply: unknown, rule: MoneyRule = 'auto'): Record<string, Quantities> {
  const buckets = bucketsOf([reply], rule) ?? [];
  return Object.fromEntries(buckets.map(({ subjectId: machineId, quantities }) => [machineId, quantities]));
}

export function nodesOf(...pages: object[][]): readonly SpendNode[] {
  const hours = pages.flatMap((teams) => readUsageHour(hour({ paasUsage: { teams } }), 'auto').items);
  return toHourSpend(hours, DAY.start, NO_FILTERS).nodes;
}

export function hour(more: object): object {
  return { data: { timestamp: SECONDS, ...more } };
}

export function thrown(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.failure;
  }
  return assert.fail('it did not fail');
}
