import type { KeptBlock, KeptReading } from '../../../src/database/operations';
import { toColumns } from '../../../src/usage/columns/columns';
import { DAY, daysOf } from '../../../src/usage/time';
import { computeDay } from '../usage/builders';

/** Replies of several blocks, as the processes of the tests save them. */

export const ACCOUNT = 'account';
export const SCOPE = 'scope';
export const REPLY_DAYS = daysOf({ start: Date.UTC(2026, 10, 1), end: Date.UTC(2026, 10, 1) + 5 * DAY });

const MACHINES = 200;

/** One that says the same number everywhere, in some dozens of pages. */
export function reply(
  number: number,
  asOf: number,
): { parts: { summary: KeptReading }; blocks: KeptBlock[]; failures: number } {
  const blocks = REPLY_DAYS.map((day): KeptBlock => {
    const buckets = Array.from({ length: MACHINES }, (_, machine) =>
      computeDay(`machine ${Math.sin(number + machine)}`, day, number),
    );
    return { part: 'computeDays', day, asOf, columns: toColumns(buckets) };
  });
  return { parts: { summary: { value: number, asOf } }, blocks, failures: number };
}
