import type { DatabaseSync } from 'node:sqlite';
import { isSummed, kindOf } from '../usage/breakdownId';
import { isVoid, latestCredible } from '../usage/keptTime';
import { type Restatement, restatements } from '../usage/restatement';
import { type EpochMs, MINUTE, startOfDay } from '../usage/time';
import { dropUnusedLists, findBlocks, noteLooks, type PackedBlock, unpackBlocks, writeBlock } from './blocks';
import { dropVoid } from './credible';
import type { Write } from './operations';
import { encodePlain } from './plainCodec';

/** Newest restatements kept per account. */
const MOST_RESTATEMENTS = 10_000;

const COUNTED_MINUTES = 60;

/** The first minute of the hour that ends with this minute. Requests are counted per minute. */
export function firstCountedMinute(now: EpochMs): number {
  return Math.floor(now / MINUTE) - COUNTED_MINUTES + 1;
}

/** Applies a write to an account that has a row; within the caller's transaction. */
export function saveAll(
  database: DatabaseSync,
  id: string,
  { write, blocks, closingMs }: { write: Write; blocks: readonly PackedBlock[]; closingMs: number },
): void {
  if (isAnswer(write)) {
    dropVoid(database, id, write.now, closingMs);
  }
  saveState(database, id, write);
  saveParts(database, id, write);
  saveRequests(database, id, write);
  noteLooks(database, id, write);
  const restated = [
    ...(write.restated ?? []),
    ...blocks.flatMap((block) => saveBlock(database, id, block, { now: write.now, closingMs })),
  ];
  if (blocks.length > 0) {
    dropUnusedLists(database, id);
  }
  if (restated.length > 0) {
    database
      .prepare('INSERT INTO restatement (account, count, list) VALUES (?, ?, ?)')
      .run(id, restated.length, encodePlain(restated));
    forgetOldRestatements(database, id);
  }
}

/** Whether the vendor has answered anything; what is merely kept does not count. */
function isAnswer({ parts = {}, blocks = [] }: Write): boolean {
  return (
    blocks.some(({ part }) => part !== 'monthTotals') ||
    Object.values(parts).some(({ asOf, failure }) => asOf !== undefined && failure === undefined)
  );
}

/** Replaces a void wait instead of extending it. */
function saveState(database: DatabaseSync, id: string, { now, askedAt, waitUntil, failures }: Write): void {
  database
    .prepare(
      `UPDATE account SET
         wait_until = CASE
           WHEN :wait = 0 THEN 0
           WHEN wait_until > :latestWait OR asked_at > :latestAsk THEN coalesce(:wait, 0)
           ELSE max(wait_until, coalesce(:wait, 0))
         END,
         asked_at = coalesce(:asked, asked_at),
         failures = coalesce(:failures, failures)
       WHERE id = :id`,
    )
    .run({
      ...{ id, asked: askedAt ?? null, wait: waitUntil ?? null, failures: failures ?? null },
      ...{ latestWait: latestCredible(now, 'wait'), latestAsk: latestCredible(now, 'past') },
    });
}

/** Keeps the newer value, in any order of writes; the failure is the newest attempt's. */
function saveParts(database: DatabaseSync, id: string, { parts }: Write): void {
  const save = database.prepare(
    `INSERT INTO part (account, name, as_of, value, failure) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (account, name) DO UPDATE SET
       failure = excluded.failure,
       value = CASE WHEN excluded.as_of < as_of OR excluded.as_of IS NULL THEN value ELSE excluded.value END,
       as_of = max(coalesce(excluded.as_of, as_of), coalesce(as_of, excluded.as_of))`,
  );
  for (const [name, { value, asOf, failure }] of Object.entries(parts ?? {})) {
    save.run(id, name, asOf ?? null, packed(value), packed(failure));
  }
}

function packed(value: unknown): Uint8Array | null {
  return value === undefined ? null : encodePlain(value);
}

function saveRequests(database: DatabaseSync, id: string, { now, requests = 0 }: Write): void {
  database.prepare('DELETE FROM request WHERE account = ? AND minute < ?').run(id, firstCountedMinute(now));
  if (requests > 0) {
    database
      .prepare(
        `INSERT INTO request (account, minute, count) VALUES (?, ?, ?)
         ON CONFLICT (account, minute) DO UPDATE SET count = count + excluded.count`,
      )
      .run(id, Math.floor(now / MINUTE), requests);
  }
}

/** Keeps a newer block. Returns what the vendor has restated since the stored one. */
function saveBlock(
  database: DatabaseSync,
  id: string,
  block: PackedBlock,
  { now, closingMs }: { now: EpochMs; closingMs: number },
): Restatement[] {
  const { part, day, asOf } = block;
  const kept = findBlocks(database, id, part, [day]).filter(({ row }) => !isVoid(row.asOf, now));
  if (kept.some(({ row }) => row.asOf > asOf)) {
    return [];
  }
  writeBlock(database, id, block);
  // A derived part would repeat its source's restatements; a block stored without proof of coverage proves nothing.
  const mayBeRestated =
    !isSummed(part) &&
    part !== 'monthTotals' &&
    kept.some(({ row }) => row.lookedAt > 0 && row.asOf - closingMs >= startOfDay(day));
  const kind = kindOf(part);
  return mayBeRestated
    ? unpackBlocks(kept).sound.flatMap((before) => restatements(kind, before, block, closingMs))
    : [];
}

/** Deletes whole replies, so that a few more may stay. */
function forgetOldRestatements(database: DatabaseSync, id: string): void {
  database
    .prepare(
      `DELETE FROM restatement WHERE account = ?1 AND id IN (
         SELECT id FROM (
           SELECT id, sum(count) OVER (ORDER BY id DESC) - count AS newer FROM restatement WHERE account = ?1
         ) WHERE newer >= ?2
       )`,
    )
    .run(id, MOST_RESTATEMENTS);
}
