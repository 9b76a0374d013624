import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { EpochMs, UtcDay } from '../../usage/time';
import type { KeptPart } from '../../usage/part';
import { decodeColumns, encodeColumns } from './columnsCodec';
import type { KeptBlock } from './operations';
import { decodePlain, encodePlain } from './plainCodec';
import { DamageError } from './trouble';

/**
 * Blocks as they are kept: columns as one value a block, and apart from them the list of their machines, which is mostly
 * the same day after day and would be a third of the file. A list goes by the hash of its content.
 */

interface Place {
  readonly part: KeptPart;
  readonly day: UtcDay;
}

/** What the table has of a block. */
interface Row {
  readonly asOf: EpochMs;
  readonly hash: string;
  readonly columns: Uint8Array;
}

export interface PackedBlock extends KeptBlock {
  readonly row: Row;
}

export interface FoundBlock extends Place {
  readonly row: Row & { readonly list: Uint8Array };
}

/** Packing takes longer than writing, so it is done before the transaction. */
export function packBlocks(blocks: readonly KeptBlock[]): PackedBlock[] {
  return blocks.map((block) => {
    const { asOf, columns } = block;
    const hash = hashOf(columns.machineIds);
    return { ...block, row: { asOf, hash, columns: encodeColumns(columns, labelOf(block, { asOf, hash })) } };
  });
}

/** Throws DamageError. Blocks with the same machines share the list. */
export function unpackBlocks(found: readonly FoundBlock[]): KeptBlock[] {
  const lists = new Map<string, readonly string[]>();
  return found.map(({ part, day, row }) => {
    const { asOf, hash, columns, list } = row;
    const machineIds = lists.get(hash) ?? unpackList(list, hash);
    lists.set(hash, machineIds);
    return { part, day, asOf, columns: decodeColumns(columns, labelOf({ part, day }, row), machineIds) };
  });
}

export function findBlocks(
  database: DatabaseSync,
  id: string,
  part: KeptPart,
  days: readonly UtcDay[],
): FoundBlock[] {
  const one = database.prepare(
    `SELECT as_of AS asOf, hash, columns, list FROM block JOIN machine_list USING (account, hash)
     WHERE account = ? AND part = ? AND day = ?`,
  );
  return days.flatMap((day): FoundBlock[] => {
    const row = one.get(id, part, day) as FoundBlock['row'] | undefined;
    return row === undefined ? [] : [{ part, day, row }];
  });
}

/** Puts a block into its place, whatever is there. */
export function writeBlock(database: DatabaseSync, id: string, block: PackedBlock): void {
  const { part, day, row, columns } = block;
  const known = database.prepare('SELECT 1 FROM machine_list WHERE account = ? AND hash = ?');
  if (known.get(id, row.hash) === undefined) {
    database
      .prepare('INSERT INTO machine_list (account, hash, list) VALUES (?, ?, ?)')
      .run(id, row.hash, encodePlain(columns.machineIds));
  }
  database
    .prepare(
      `INSERT INTO block (account, part, day, as_of, hash, columns) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (account, part, day) DO UPDATE SET
         as_of = excluded.as_of, hash = excluded.hash, columns = excluded.columns`,
    )
    .run(id, part, day, row.asOf, row.hash, row.columns);
}

/** Blocks that were replaced may have been the last with their machines. */
export function dropUnusedLists(database: DatabaseSync, id: string): void {
  database
    .prepare(
      'DELETE FROM machine_list WHERE account = ?1 AND hash NOT IN (SELECT hash FROM block WHERE account = ?1)',
    )
    .run(id);
}

/** Kept with the columns, so that a damaged index gives no figures of another day or other machines. */
function labelOf({ part, day }: Place, { asOf, hash }: Pick<Row, 'asOf' | 'hash'>): string {
  return `${part} ${day} ${asOf} ${hash}`;
}

function unpackList(bytes: Uint8Array, hash: string): readonly string[] {
  const list = decodePlain(bytes) as readonly string[];
  if (hashOf(list) !== hash) {
    throw new DamageError('a list of other machines');
  }
  return list;
}

function hashOf(machineIds: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(machineIds)).digest('base64');
}
