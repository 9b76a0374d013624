import type { DatabaseSync } from 'node:sqlite';
import type { Failure } from '../usage/failure';
import { isVoid, latestCredible } from '../usage/keptTime';
import type { Restatement } from '../usage/restatement';
import { DAY, type EpochMs, utcDay } from '../usage/time';
import type { KeptAccount, KeptReading } from './operations';
import { decodePlain, encodePlain } from './plainCodec';
import { ifUndamaged } from './trouble';

/* Data that was stored while a clock was ahead is ignored. */

/** The stored account, without data from a clock that was ahead. */
export function credible(kept: KeptAccount, now: EpochMs): KeptAccount {
  const wasAhead = isVoid(kept.askedAt, now);
  const parts = Object.entries(kept.parts).map(([name, part]) => [name, crediblePart(part, now)]);
  return {
    ...kept,
    parts: Object.fromEntries(parts) as KeptAccount['parts'],
    askedAt: wasAhead ? 0 : kept.askedAt,
    waitUntil: wasAhead || isVoid(kept.waitUntil, now, 'wait') ? 0 : kept.waitUntil,
    failures: wasAhead ? 0 : kept.failures,
  };
}

function crediblePart({ failure, ...reading }: KeptReading, now: EpochMs): KeptReading {
  const isKnown = reading.asOf === undefined || !isVoid(reading.asOf, now);
  return {
    ...(isKnown ? reading : {}),
    ...(failure === undefined || isVoid(retryAtOf(failure), now, 'wait') ? {} : { failure }),
  };
}

/** 0 for a failure that does not say. */
function retryAtOf(failure: Failure): EpochMs {
  return 'retryAt' in failure ? (failure.retryAt ?? 0) : 0;
}

/**
 * Drops void data that would look valid once its time comes: days requested before they had closed, and anything not by day.
 * Older days stay, and count again once their time is no longer ahead. Call only after the vendor has replied: a clock that is
 * far behind gets no reply, since certificates are not valid yet, and must not empty the database.
 */
export function dropVoid(database: DatabaseSync, id: string, now: EpochMs, closingMs: number): void {
  const latest = latestCredible(now, 'past');
  const lastClosed = utcDay(now - closingMs - DAY);
  const blocks = database
    .prepare(`DELETE FROM block WHERE account = ? AND as_of > ? AND (day > ? OR part = 'monthTotals')`)
    .run(id, latest, lastClosed);
  const parts = database
    .prepare('UPDATE part SET as_of = NULL, value = NULL WHERE account = ? AND as_of > ?')
    .run(id, latest);
  if (Number(blocks.changes) + Number(parts.changes) > 0) {
    dropRestatements(database, id, now);
  }
}

/** Drops changes to closed buckets recorded while the clock was ahead. */
function dropRestatements(database: DatabaseSync, id: string, now: EpochMs): void {
  const lists = database.prepare('SELECT id, list FROM restatement WHERE account = ?').all(id);
  for (const { id: row, list } of lists as { id: number; list: Uint8Array }[]) {
    const all = ifUndamaged(() => decodePlain(list) as Restatement[]) ?? [];
    const left = all.filter(({ afterAsOf }) => !isVoid(afterAsOf, now));
    if (left.length < all.length) {
      database
        .prepare('UPDATE restatement SET count = ?, list = ? WHERE id = ?')
        .run(left.length, encodePlain(left), row);
    }
  }
}
