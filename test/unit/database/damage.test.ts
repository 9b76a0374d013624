import assert from 'node:assert/strict';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { DatabaseError } from '../../../src/database/operations';
import type { SqliteDatabase } from '../../../src/database/sqliteDatabase';
import { runs } from '../../support/runs';
import {
  ACCOUNT,
  assertWorks,
  awakeBlock,
  databaseAt,
  databaseWithLease,
  DAY_ONE,
  FILLED_DAYS,
  filledBlock,
  filledFile,
  newFile,
  NOW,
  openDatabase,
  save,
  SCOPE,
  troubleOf,
} from './databases';
import { bundleChild, tell } from './processes';

/** Files that were set aside, without their journals. */
function asides(file: string): string[] {
  const names = readdirSync(path.dirname(file));
  return names
    .filter((name) => /\.unreadable-\d+$/.test(name))
    .map((name) => path.join(path.dirname(file), name));
}

/** Where the header counts transactions: without a new number, other connections go on with what they have in memory. */
const CHANGE_COUNTER = 24;

/** What can be in the place of a database, each made from a good one. */
const UNREADABLE: Readonly<Record<string, (file: string) => void>> = {
  'a text': (file) => {
    writeFileSync(file, 'Once upon a time there was a file that was no database at all. '.repeat(20));
  },
  'a short text': (file) => {
    writeFileSync(file, '{}');
  },
  'another program’s database': (file) => {
    rmSync(file);
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE a (b); INSERT INTO a VALUES (1)');
    other.close();
  },
  'a folder': (file) => {
    rmSync(file);
    mkdirSync(path.join(file, 'with', 'content'), { recursive: true });
  },
  'the first hundred bytes': cut(() => 100),
  'the first page alone': cut(() => 4096),
  'half of the pages': cut((size) => Math.floor(size / 8192) * 4096),
  'all but the last page': cut((size) => size - 4096),
  'a header that is overwritten': overwrite(0, 16),
  'an impossible page size': overwrite(16, 2),
  'a first page that is overwritten behind the header': overwrite(100, 1000),
  'every page overwritten but the first': overwrite(4096, Number.POSITIVE_INFINITY),
};

function cut(length: (size: number) => number): (file: string) => void {
  return (file) => {
    truncateSync(file, length(statSync(file).size));
  };
}

function overwrite(from: number, length: number): (file: string) => void {
  return (file) => {
    const content = readFileSync(file);
    content.fill(0xa5, from, Math.min(content.length, from + length));
    content.writeUInt32BE(content.readUInt32BE(CHANGE_COUNTER) + 1, CHANGE_COUNTER);
    writeFileSync(file, content);
  };
}

for (const [what, damage] of Object.entries(UNREADABLE)) {
  test(`sets ${what} aside, at the start`, (t) => {
    const file = filledFile(t);
    damage(file);
    const content = statSync(file).isFile() ? readFileSync(file) : undefined;
    const database = databaseAt(t, file);
    let trouble = database.open();
    if (trouble === undefined) {
      // The damage is where opening does not look.
      trouble = troubleOf(() => database.changed());
    }
    assert.equal(trouble.kind, 'corrupt');
    assert.deepEqual([trouble.setAside], asides(file));
    if (content !== undefined) {
      assert.deepEqual(readFileSync(trouble.setAside ?? ''), content);
    }
    assertWorks(database);
    assert.equal(databaseAt(t, file).open(), undefined);
  });

  test(`sets ${what} aside, in the middle of the work, once for all windows`, (t) => {
    const file = filledFile(t);
    const [one, two] = [openDatabase(t, file), openDatabase(t, file)];
    damage(file);
    const trouble = troubleOf(() => {
      one.changed();
      one.blocks(ACCOUNT, 'computeDays', FILLED_DAYS);
      one.changed();
    });
    assert.equal(trouble.kind, 'corrupt');
    assertWorks(one);
    assert.deepEqual(two.changed(), [ACCOUNT], 'another window goes over to the new file');
    assert.equal(two.blocks(ACCOUNT, 'computeDays', [DAY_ONE])[0]?.asOf, NOW + 1);
    assertWorks(two);
    assert.deepEqual(
      asides(file),
      [trouble.setAside].filter((name) => name !== undefined),
    );
  });
}

test('takes an empty file for a new one', (t) => {
  const file = filledFile(t);
  const database = openDatabase(t, file);
  truncateSync(file);
  assertWorks(database);
  truncateSync(file);
  const another = databaseAt(t, file);
  assert.equal(another.open(), undefined);
  assertWorks(another);
  assert.deepEqual(asides(file), []);
});

test('goes over to the file that has the name by now', (t) => {
  const file = filledFile(t);
  const [one, two] = [openDatabase(t, file), openDatabase(t, file)];
  renameSync(file, `${file}.elsewhere`);
  assert.deepEqual(one.changed(), [ACCOUNT]);
  assert.equal(one.size().days, 0);
  assertWorks(one);
  assertWorks(two);
  rmSync(path.dirname(file), { recursive: true });
  assertWorks(two);
  assert.equal(one.size().days, 1);
});

test('sets a journal aside with what it belongs to', (t) => {
  const file = newFile(t);
  mkdirSync(file);
  writeFileSync(`${file}-journal`, 'of a transaction that was not finished');
  const trouble = databaseAt(t, file).open();
  assert.equal(
    readFileSync(`${trouble?.setAside ?? ''}-journal`, 'utf8'),
    'of a transaction that was not finished',
  );
});

test('sets a damaged file aside once when many processes meet it at once', async (t) => {
  const file = filledFile(t);
  const script = await bundleChild(path.dirname(file));
  overwrite(4096, Number.POSITIVE_INFINITY)(file);
  const told = await Promise.all(
    Array.from({ length: 6 }, () => tell([process.execPath, script, 'once', file])),
  );
  assert.equal(asides(file).length, 1);
  assert.equal(told.filter(({ setAside }) => setAside).length, 1);
  assert.deepEqual(
    told.filter(({ trouble }) => trouble !== '' && trouble !== 'corrupt'),
    [],
  );
  assertWorks(openDatabase(t, file));
});

test('replaces a damaged block of a day of which nothing had closed, and sets nothing aside', (t) => {
  const file = newFile(t);
  const database = databaseWithLease(t, file);
  const [today, asOf] = ['2026-11-20', Date.UTC(2026, 10, 20, 5)];
  save(database, { blocks: [filledBlock(DAY_ONE), awakeBlock(today, asOf, 5)] });
  const other = new DatabaseSync(file);
  other.prepare('UPDATE block SET columns = ? WHERE day = ?').run(new Uint8Array(100), today);
  other.close();
  const anew = awakeBlock(today, asOf + 1, 6);
  assert.equal(save(database, { blocks: [anew] }), true);
  assert.deepEqual(database.blocks(ACCOUNT, 'computeDays', [DAY_ONE, today]), [filledBlock(DAY_ONE), anew]);
  assert.deepEqual(database.restatements(ACCOUNT), []);
  assert.deepEqual(asides(file), []);
});

/** Anything of some bytes, more often among the tables and indexes, or only the beginning of the file. */
function anyDamage(good: Buffer): fc.Arbitrary<Buffer> {
  const anywhere = fc.oneof(fc.nat({ max: good.length - 1 }), fc.nat({ max: 10 * 4096 }));
  const overwritten = fc
    .tuple(anywhere, fc.uint8Array({ minLength: 1, maxLength: 40 }))
    .map(([at, bytes]) => {
      const content = Buffer.from(good);
      content.set(bytes.subarray(0, content.length - at), at);
      return content;
    });
  const cutShort = fc.nat({ max: good.length }).map((length) => Buffer.from(good.subarray(0, length)));
  return fc.oneof({ weight: 4, arbitrary: overwritten }, { weight: 1, arbitrary: cutShort });
}

test('gives the figures that were kept, or none, wherever the file was damaged', (t) => {
  const good = readFileSync(filledFile(t));
  const file = newFile(t);
  const expected = FILLED_DAYS.map(filledBlock);
  const read = (database: SqliteDatabase): void => {
    const { summary } = database.account(ACCOUNT, SCOPE, NOW).parts;
    assert.ok(summary?.value === undefined || summary.value === 'kept');
    for (const found of database.blocks(ACCOUNT, 'computeDays', FILLED_DAYS)) {
      // When a day was last looked for counts as never where it was damaged: then the day is read again.
      const { lookedAt = 0, ...figures } = found;
      assert.equal(lookedAt, 0, found.day);
      assert.ok(isDeepStrictEqual(figures, expected[FILLED_DAYS.indexOf(found.day)]), found.day);
    }
  };
  fc.assert(
    fc.property(anyDamage(good), (content) => {
      writeFileSync(file, content);
      rmSync(`${file}-journal`, { force: true });
      const database = databaseAt(t, file);
      const readAll = (): void => {
        read(database);
      };
      for (const call of [() => database.open(), () => database.changed(), readAll]) {
        try {
          call();
        } catch (error) {
          assert.ok(error instanceof DatabaseError, String(error));
          assert.ok(['corrupt', 'newer'].includes(error.trouble.kind), error.message);
        }
      }
      database.close();
    }),
    { numRuns: runs(300) },
  );
});
