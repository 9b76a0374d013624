import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { StoredBreakdown } from '../usage/breakdownId';
import { latestCredible } from '../usage/keptTime';
import type { EpochMs, UtcDay } from '../usage/time';
import { decodeColumns, encodeColumns } from './columnsCodec';
import type { KeptBlock, Write } from './operations';
import { decodePlain, encodePlain } from './plainCodec';
import { DamagedValueError, ifUndamaged } from './trouble';

/**
 * How blocks are stored: columns as one value per block, and machine lists separately, since they are mostly the same day after
 * day and would be a third of the file. A list is identified by the hash of its content.
 */

interface Place {
  readonly part: StoredBreakdown;
  readonly day: UtcDay;
}

/** The stored values of a block. */
interface Row {
  readonly asOf: EpochMs;
  readonly lookedAt: EpochMs;
  readonly hash: string;
  readonly columns: Uint8Array;
}

export interface PackedBlock extends KeptBlock {
  readonly row: Row;
}

export interface FoundBlock extends Place {
  readonly row: Row & { readonly list: Uint8Array; readonly spare: Uint8Array | null };
}

/** Packs before the transaction, since packing takes longer than writing. */
export function packBlocks(blocks: readonly KeptBlock[]): PackedBlock[] {
  return blocks.map((block) => {
    const { asOf, columns } = block;
    const hash = hashOf(columns.subjectIds);
    return {
      ...block,
      row: { asOf, lookedAt: asOf, hash, columns: encodeColumns(columns, labelOf(block, { asOf, hash })) },
    };
  });
}

/** Blocks with the same machines share one list. Unreadable blocks are returned separately, as `damaged`. */
export function unpackBlocks(found: readonly FoundBlock[]): {
  readonly sound: KeptBlock[];
  readonly damaged: FoundBlock[];
} {
  const lists = new Map<string, readonly string[]>();
  const sound: KeptBlock[] = [];
  const damaged: FoundBlock[] = [];
  for (const block of found) {
    const { part, day, row } = block;
    const columns = ifUndamaged(() => {
      const subjectIds = lists.get(row.hash) ?? unpackList(row);
      lists.set(row.hash, subjectIds);
      return decodeColumns(row.columns, labelOf(block, row), subjectIds);
    });
    if (columns === undefined) {
      damaged.push(block);
    } else {
      const { asOf, lookedAt } = row;
      sound.push({ part, day, asOf, ...(lookedAt === asOf ? {} : { lookedAt }), columns });
    }
  }
  return { sound, damaged };
}

/** Every look rewrites it, so the label does not cover it. It is stored twice instead, with either sign. */
const LOOKED_AT = 'CASE WHEN looked_check = -looked_at THEN looked_at ELSE 0 END';

export function findBlocks(
  database: DatabaseSync,
  id: string,
  part: StoredBreakdown,
  days: readonly UtcDay[],
): FoundBlock[] {
  const one = database.prepare(
    `SELECT as_of AS asOf, ${LOOKED_AT} AS lookedAt, hash, columns, list, spare
     FROM block JOIN machine_list USING (account, hash) WHERE account = ? AND part = ? AND day = ?`,
  );
  return days.flatMap((day): FoundBlock[] => {
    const row = one.get(id, part, day) as FoundBlock['row'] | undefined;
    return row === undefined ? [] : [{ part, day, row }];
  });
}

/** Writes a block, replacing any that is there. */
export function writeBlock(database: DatabaseSync, id: string, block: PackedBlock): void {
  const { part, day, row, columns } = block;
  const known = database.prepare('SELECT 1 FROM machine_list WHERE account = ? AND hash = ?');
  if (known.get(id, row.hash) === undefined) {
    database
      .prepare('INSERT INTO machine_list (account, hash, list, spare) VALUES (?1, ?2, ?3, ?3)')
      .run(id, row.hash, encodePlain(columns.subjectIds));
  }
  database
    .prepare(
      `INSERT INTO block (account, part, day, as_of, looked_at, looked_check, hash, columns)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (account, part, day) DO UPDATE SET as_of = excluded.as_of, looked_at = excluded.looked_at,
         looked_check = excluded.looked_check, hash = excluded.hash, columns = excluded.columns`,
    )
    .run(id, part, day, row.asOf, row.lookedAt, -row.lookedAt, row.hash, row.columns);
}

/** Records that the vendor's reply does not cover stored days. */
export function noteLooks(database: DatabaseSync, id: string, { looked = [], now }: Write): void {
  const newest = `CASE WHEN looked_at > ?1 THEN ?2 ELSE max(${LOOKED_AT}, ?2) END`;
  const note = database.prepare(
    `UPDATE block SET looked_at = ${newest}, looked_check = -(${newest})
     WHERE account = ?3 AND part = ?4 AND day = ?5`,
  );
  for (const { part, day, lookedAt } of looked) {
    note.run(latestCredible(now, 'past'), lookedAt, id, part, day);
  }
}

/** Drops a block, unless another one has taken its place. */
export function dropBlock(database: DatabaseSync, id: string, { part, day, row }: FoundBlock): void {
  database
    .prepare('DELETE FROM block WHERE account = ? AND part = ? AND day = ? AND as_of = ? AND hash = ?')
    .run(id, part, day, row.asOf, row.hash);
}

/** Replaced blocks may have been the last to use a list. */
export function dropUnusedLists(database: DatabaseSync, id: string): void {
  database
    .prepare(
      'DELETE FROM machine_list WHERE account = ?1 AND hash NOT IN (SELECT hash FROM block WHERE account = ?1)',
    )
    .run(id);
}

/** Kept with the columns so that a damaged index never gives another day's or machine's figures. */
function labelOf({ part, day }: Place, { asOf, hash }: Pick<Row, 'asOf' | 'hash'>): string {
  return `${part} ${day} ${asOf} ${hash}`;
}

/** The list is kept twice, since many blocks depend on it. Throws DamagedValueError. */
function unpackList({ list, spare, hash }: FoundBlock['row']): readonly string[] {
  for (const bytes of [list, spare ?? list]) {
    const subjectIds = ifUndamaged(() => decodePlain(bytes) as readonly string[]);
    if (subjectIds !== undefined && hashOf(subjectIds) === hash) {
      return subjectIds;
    }
  }
  throw new DamagedValueError('a list of other machines');
}

function hashOf(subjectIds: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(subjectIds)).digest('base64');
}
