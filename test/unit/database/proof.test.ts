import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { DAY, startOfDay } from '../../../src/usage/time';
import { storageHour } from '../usage/builders';
import { ACCOUNT, block, databaseWithLease, DAY_ONE, filledFile, newFile, NOW, save } from './databases';

test('days that a version before kept have no proof that they were covered; what is written has', (t) => {
  const file = filledFile(t);
  const before = new DatabaseSync(file);
  before.exec(
    'ALTER TABLE block DROP COLUMN looked_at; ALTER TABLE block DROP COLUMN looked_check; PRAGMA user_version = 3',
  );
  before.close();
  const database = databaseWithLease(t, file);
  const [kept] = database.blocks(ACCOUNT, 'computeDays', [DAY_ONE]);
  assert.deepEqual([kept?.asOf, kept?.lookedAt, kept?.columns.length], [NOW, 0, 1000]);
  save(database, { blocks: [block(DAY_ONE, NOW + 1, [])] });
  const [read] = database.blocks(ACCOUNT, 'computeDays', [DAY_ONE]);
  assert.deepEqual([read?.asOf, read?.lookedAt], [NOW + 1, undefined]);
});

test('when days were last looked for is taken over from the version before, so that they are not read again', (t) => {
  const file = filledFile(t);
  const before = new DatabaseSync(file);
  before.exec('UPDATE block SET looked_at = as_of + 1000; ALTER TABLE block DROP COLUMN looked_check');
  before.exec('PRAGMA user_version = 4');
  before.close();
  const [kept] = databaseWithLease(t, file).blocks(ACCOUNT, 'computeDays', [DAY_ONE]);
  assert.deepEqual([kept?.asOf, kept?.lookedAt], [NOW, NOW + 1000]);
});

test('whichever bit flips in when a day was last looked for, it is read again, and another look puts that right', (t) => {
  const file = filledFile(t);
  const database = databaseWithLease(t, file);
  const raw = new DatabaseSync(file);
  const lookedAt = (): unknown => database.blocks(ACCOUNT, 'computeDays', [DAY_ONE])[0]?.lookedAt;
  for (const column of ['looked_at', 'looked_check']) {
    for (let bit = 0; bit < 64; bit += 1) {
      save(database, { looked: [{ part: 'computeDays', day: DAY_ONE, lookedAt: NOW + 1000 }] });
      assert.equal(lookedAt(), NOW + 1000);
      const { value } = raw.prepare(`SELECT ${column} AS value FROM block WHERE day = ?`).get(DAY_ONE) as {
        value: number;
      };
      raw.prepare(`UPDATE block SET ${column} = ? WHERE day = ?`).run(withFlipped(value, bit), DAY_ONE);
      assert.equal(lookedAt(), 0, `${column}, bit ${bit}`);
    }
  }
  raw.close();
});

function withFlipped(value: number, bit: number): number {
  const words = new BigUint64Array(new Float64Array([value]).buffer);
  words[0] = (words[0] ?? 0n) ^ (1n << BigInt(bit));
  return new Float64Array(words.buffer)[0] ?? 0;
}

test('that the vendor tells of a day no more is kept beside it, and changes nothing in it', (t) => {
  const database = databaseWithLease(t, filledFile(t));
  const [before] = database.blocks(ACCOUNT, 'computeDays', [DAY_ONE]);
  const look = (lookedAt: number): unknown => {
    save(database, { looked: [{ part: 'computeDays', day: DAY_ONE, lookedAt }] });
    const [after] = database.blocks(ACCOUNT, 'computeDays', [DAY_ONE]);
    assert.deepEqual(after?.columns, before?.columns);
    assert.equal(after?.asOf, before?.asOf);
    return after?.lookedAt;
  };
  assert.equal(look(NOW + 1000), NOW + 1000);
  assert.equal(look(NOW), NOW + 1000);
  assert.equal(look(NOW + 9 * DAY), NOW + 9 * DAY);
  assert.equal(look(NOW + 1), NOW + 1, 'the clock had been ahead');
});

test('what was kept without a proof, and is other now, is no restatement', (t) => {
  const file = newFile(t);
  const closed = startOfDay(DAY_ONE) + 3 * DAY;
  const empty = databaseWithLease(t, file);
  save(empty, { blocks: [block(DAY_ONE, closed, [], 'storage')] });
  empty.close();
  const raw = new DatabaseSync(file);
  raw.exec('UPDATE block SET looked_at = 0, looked_check = 0');
  raw.close();
  const database = databaseWithLease(t, file);
  save(database, { blocks: [block(DAY_ONE, closed + 1, [storageHour('m', DAY_ONE, 3, 30)], 'storage')] });
  assert.deepEqual(database.restatements(ACCOUNT), []);
  save(database, { blocks: [block(DAY_ONE, closed + 2, [storageHour('m', DAY_ONE, 3, 31)], 'storage')] });
  assert.deepEqual(
    database.restatements(ACCOUNT).map(({ meter, before, after }) => [meter, before, after]),
    [
      ['storage_mib_seconds', 30, 31],
      ['logical_storage_bytes', 30_000, 31_000],
    ],
  );
});
