import type { DatabaseSync } from 'node:sqlite';
import { latestCredible } from '../usage/keptTime';
import type { EpochMs } from '../usage/time';
import type { PassedThreshold } from './operations';

/**
 * Budget alerts already shown, so that only one window shows each. Of each budget the highest threshold is kept: lower ones no
 * longer matter after it.
 */

/** True for the first call with this or a higher threshold, in this or a later period. Runs within the caller's transaction. */
export function claimAlert(
  database: DatabaseSync,
  id: string,
  passed: PassedThreshold,
  now: EpochMs,
): boolean {
  const { period, budget, basis, threshold } = passed;
  const quiet = database.prepare(
    'SELECT 1 FROM quiet WHERE account = ? AND budget = ? AND until > ? AND until <= ?',
  );
  if (quiet.get(id, budget, now, latestCredible(now, 'quiet')) !== undefined) {
    return false;
  }
  const { changes } = database
    .prepare(
      `INSERT INTO told (account, budget, basis, period, threshold, told_at) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (account, budget, basis) DO UPDATE SET
         period = excluded.period, threshold = excluded.threshold, told_at = excluded.told_at
       WHERE period < excluded.period OR (period = excluded.period AND threshold < excluded.threshold) OR told_at > ?`,
    )
    .run(id, budget, basis, period, threshold, now, latestCredible(now, 'past'));
  return Number(changes) === 1;
}

/** Only extends the stored time, unless that is void: a window never shortens another window's mute. */
export function muteUntil(
  database: DatabaseSync,
  id: string,
  budget: string,
  { until, now }: { until: EpochMs; now: EpochMs },
): void {
  database
    .prepare(
      `INSERT INTO quiet (account, budget, until) VALUES (?, ?, ?)
       ON CONFLICT (account, budget) DO UPDATE SET
         until = CASE WHEN until > ? THEN excluded.until ELSE max(until, excluded.until) END`,
    )
    .run(id, budget, until, latestCredible(now, 'quiet'));
}
