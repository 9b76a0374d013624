import assert from 'node:assert/strict';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import test from 'node:test';
import { underScope } from '../../../src/database/scopes';
import type { SqliteDatabase } from '../../../src/database/sqliteDatabase';
import { toColumns } from '../../../src/usage/columns/columns';
import { DAY, daysOf, HOUR, MINUTE } from '../../../src/usage/time';
import { computeDay, storageHour } from '../usage/builders';
import {
  ACCOUNT,
  awakeBlock,
  block,
  CLOSING_MS,
  databaseAt,
  databaseWithLease,
  DAY_ONE,
  LEASE_MS,
  newFile,
  NOW,
  openDatabase,
  OWNER,
  save,
  SCOPE,
} from './databases';

const NOTHING = { parts: {}, askedAt: 0, waitUntil: 0, failures: 0, requests: 0 };

test('knows nothing of an account at first', (t) => {
  const database = openDatabase(t);
  assert.deepEqual(database.account(ACCOUNT, SCOPE, NOW), NOTHING);
  assert.deepEqual(database.days(ACCOUNT, 'computeDays'), new Map());
  assert.deepEqual(database.blocks(ACCOUNT, 'computeDays', [DAY_ONE]), []);
  assert.deepEqual(database.restatements(ACCOUNT), []);
  assert.deepEqual(database.changed(), []);
});

test('a file that others may read is for its owner alone once it is opened, and so is what stands beside it', (t) => {
  const file = newFile(t);
  const beside = ['-journal', '-wal', '-shm'].map((ending) => file + ending);
  openDatabase(t, file).close();
  for (const each of beside) writeFileSync(each, '');
  for (const each of [file, ...beside]) chmodSync(each, 0o664);
  openDatabase(t, file);
  for (const each of [file, ...beside].filter(existsSync)) {
    assert.equal(statSync(each).mode & 0o777, process.platform === 'win32' ? 0o666 : 0o600, each);
  }
});

test('makes the folder, and a file that others may not read', (t) => {
  const file = newFile(t).replace('usage.sqlite', 'a/b/usage.sqlite');
  openDatabase(t, file);
  assert.equal(statSync(file).mode & 0o077, process.platform === 'win32' ? 0o066 : 0);
});

test('keeps a reply for another window and for later', (t) => {
  const file = newFile(t);
  const first = databaseWithLease(t, file);
  const columns = toColumns([computeDay('m', DAY_ONE, 2n ** 60n), computeDay('__proto__', DAY_ONE, 0)]);
  const summary = { plan: 'pro', billed: { awake_seconds: 2n ** 63n - 1n }, levels: {} };
  const failure = { kind: 'rateLimited', retryAt: NOW + 1 } as const;
  const saved = save(first, {
    parts: { summary: { value: summary, asOf: NOW }, machines: { failure } },
    blocks: [{ part: 'computeHours', day: DAY_ONE, asOf: NOW, columns }],
    askedAt: NOW,
    waitUntil: NOW + 5,
    failures: 2,
    requests: 3,
  });
  assert.equal(saved, true);
  first.close();

  const second = openDatabase(t, file);
  assert.deepEqual(second.account(ACCOUNT, SCOPE, NOW), {
    parts: { summary: { value: summary, asOf: NOW }, machines: { failure } },
    askedAt: NOW,
    waitUntil: NOW + 5,
    failures: 2,
    requests: 3,
  });
  assert.deepEqual(second.blocks(ACCOUNT, 'computeHours', ['2026-10-31', DAY_ONE]), [
    { part: 'computeHours', day: DAY_ONE, asOf: NOW, columns },
  ]);
  assert.deepEqual(second.blocks(ACCOUNT, 'computeDays', [DAY_ONE]), []);
  assert.deepEqual(second.blocks('b', 'computeHours', [DAY_ONE]), []);
  assert.deepEqual(second.days(ACCOUNT, 'computeHours'), new Map([[DAY_ONE, NOW]]));
});

test('changes only what a write names', (t) => {
  const database = databaseWithLease(t);
  save(database, {
    parts: { summary: { value: 1, asOf: NOW } },
    askedAt: NOW,
    waitUntil: NOW + 9,
    failures: 4,
  });
  save(database, { parts: { machines: { value: 2, asOf: NOW } } });
  assert.deepEqual(database.account(ACCOUNT, SCOPE, NOW), {
    parts: { summary: { value: 1, asOf: NOW }, machines: { value: 2, asOf: NOW } },
    ...{ askedAt: NOW, waitUntil: NOW + 9, failures: 4, requests: 0 },
  });
});

test('keeps the last good value of a part beside the failure after it', (t) => {
  const database = databaseWithLease(t);
  const parts = (): unknown => database.account(ACCOUNT, SCOPE, NOW).parts;
  save(database, { parts: { summary: { value: 'good', asOf: NOW } } });
  save(database, { parts: { summary: { failure: { kind: 'cut' } } } });
  assert.deepEqual(parts(), { summary: { value: 'good', asOf: NOW, failure: { kind: 'cut' } } });
  save(database, { parts: { summary: { value: 'late', asOf: NOW - 1 } } });
  assert.deepEqual(parts(), { summary: { value: 'good', asOf: NOW } });
  save(database, { parts: { summary: { value: 'new', asOf: NOW + 1 } } });
  assert.deepEqual(parts(), { summary: { value: 'new', asOf: NOW + 1 } });
});

test('puts a wait off, never forward, and lifts it', (t) => {
  const database = databaseWithLease(t);
  const waits = [NOW + 10, NOW + 5, undefined, NOW + 20, 0].map((waitUntil) => {
    save(database, waitUntil === undefined ? {} : { waitUntil });
    return database.account(ACCOUNT, SCOPE, NOW).waitUntil;
  });
  assert.deepEqual(waits, [NOW + 10, NOW + 10, NOW + 10, NOW + 20, 0]);
});

test('leaves a block out that is older than the one that is kept, and keeps the rest of the reply', (t) => {
  const database = databaseWithLease(t);
  const [newer, older] = [awakeBlock(DAY_ONE, NOW, 7), awakeBlock(DAY_ONE, NOW - 1, 5)];
  const other = awakeBlock('2026-11-02', NOW - 1, 9);
  save(database, { blocks: [newer] });
  assert.equal(save(database, { blocks: [older, other] }), true);
  assert.deepEqual(database.blocks(ACCOUNT, 'computeDays', ['2026-11-02', DAY_ONE]), [other, newer]);
});

test('counts the requests of an hour, minute by minute', (t) => {
  const database = databaseWithLease(t);
  database.acquire(ACCOUNT, OWNER, NOW, DAY);
  const requestsAt = (now: number): number => database.account(ACCOUNT, SCOPE, now).requests;
  database.save(ACCOUNT, { owner: OWNER, now: NOW, requests: 2 });
  database.save(ACCOUNT, { owner: OWNER, now: NOW + 30_000, requests: 1 });
  database.save(ACCOUNT, { owner: OWNER, now: NOW + 10 * MINUTE, requests: 4 });
  assert.equal(requestsAt(NOW + 59 * MINUTE), 7);
  assert.equal(requestsAt(NOW + 60 * MINUTE), 4);
  database.save(ACCOUNT, { owner: OWNER, now: NOW + 2 * HOUR, requests: 1 });
  assert.equal(requestsAt(NOW + 59 * MINUTE), 1, 'what was counted more than an hour ago is gone');
});

test('gives a lease to one at a time', (t) => {
  const file = newFile(t);
  const [one, two] = [openDatabase(t, file), openDatabase(t, file)];
  assert.deepEqual(one.acquire(ACCOUNT, 'one', NOW, LEASE_MS), { granted: true, until: NOW + LEASE_MS });
  assert.deepEqual(two.acquire(ACCOUNT, 'two', NOW + 1, LEASE_MS), { granted: false, until: NOW + LEASE_MS });
  assert.equal(two.acquire('b', 'two', NOW, LEASE_MS).granted, true, 'each account has its own');
  assert.deepEqual(one.acquire(ACCOUNT, 'one', NOW + 5, LEASE_MS), {
    granted: true,
    until: NOW + 5 + LEASE_MS,
  });
  two.release(ACCOUNT, 'two');
  assert.equal(
    two.acquire(ACCOUNT, 'two', NOW + 6, LEASE_MS).granted,
    false,
    'nobody gives back what is not theirs',
  );
  assert.equal(two.acquire(ACCOUNT, 'two', NOW + 4 + LEASE_MS, LEASE_MS).granted, false);
  assert.equal(two.acquire(ACCOUNT, 'two', NOW + 5 + LEASE_MS, LEASE_MS).granted, true);
  assert.equal(one.acquire(ACCOUNT, 'one', NOW + 6 + LEASE_MS, LEASE_MS).granted, false);
  two.release(ACCOUNT, 'two');
  assert.equal(one.acquire(ACCOUNT, 'one', NOW + 6 + LEASE_MS, LEASE_MS).granted, true);
});

test('writes nothing for whoever does not hold the lease', (t) => {
  const database = databaseWithLease(t);
  const write = { askedAt: NOW, blocks: [awakeBlock(DAY_ONE, NOW, 7)] };
  assert.equal(save(database, { ...write, owner: 'another' }), false);
  assert.equal(save(database, { ...write, now: NOW + LEASE_MS }), false);
  database.release(ACCOUNT, OWNER);
  assert.equal(save(database, write), false);
  assert.deepEqual(database.account(ACCOUNT, SCOPE, NOW), NOTHING);
  assert.equal(database.size().days, 0);
});

test('keeps what is of another scope apart, and has it again when the account comes back', (t) => {
  const file = newFile(t);
  const [before, after] = [databaseWithLease(t, file), openDatabase(t, file)];
  const kept = awakeBlock(DAY_ONE, NOW, 7);
  save(before, { askedAt: NOW, blocks: [kept] });
  assert.deepEqual(after.account(ACCOUNT, 'another organisation', NOW), NOTHING);
  assert.deepEqual(after.days(ACCOUNT, 'computeDays'), new Map());
  assert.equal(after.acquire(ACCOUNT, 'window 2', NOW, LEASE_MS).granted, false, 'one asks at a time');
  assert.equal(save(before, { failures: 2 }), true);
  before.release(ACCOUNT, OWNER);

  const other = awakeBlock(DAY_ONE, NOW, 1);
  after.acquire(ACCOUNT, 'window 2', NOW, LEASE_MS);
  assert.equal(after.save(ACCOUNT, { owner: 'window 2', now: NOW, blocks: [other], failures: 1 }), true);
  assert.deepEqual(after.blocks(ACCOUNT, 'computeDays', [DAY_ONE]), [other]);
  assert.deepEqual(before.blocks(ACCOUNT, 'computeDays', [DAY_ONE]), [kept]);
  assert.deepEqual(after.restatements(ACCOUNT), [], 'it is no change of a value');
  assert.equal(after.account(ACCOUNT, SCOPE, NOW).failures, 2);
  assert.deepEqual(after.blocks(ACCOUNT, 'computeDays', [DAY_ONE]), [kept]);

  const late = { owner: 'window 2', now: NOW, failures: 9 };
  assert.equal(after.save(underScope(ACCOUNT, 'another organisation'), late), true);
  assert.equal(after.account(ACCOUNT, SCOPE, NOW).failures, 2, 'a late reply stays where it belongs');
  assert.equal(after.account(ACCOUNT, 'another organisation', NOW).failures, 9);
  after.drop([ACCOUNT]);
  assert.equal(after.size().days, 0);
});

test('a thread that was started anew touches nothing of an account with several scopes', (t) => {
  const file = newFile(t);
  const before = databaseWithLease(t, file);
  for (const scope of [SCOPE, 'another organisation']) {
    before.account(ACCOUNT, scope, NOW);
    save(before, { blocks: [awakeBlock(DAY_ONE, NOW, 7)] });
  }
  const anew = databaseAt(t, file);
  assert.deepEqual(anew.days(ACCOUNT, 'computeDays'), new Map());
  assert.equal(save(anew, { failures: 2 }), false);
  const named = underScope(ACCOUNT, SCOPE);
  assert.equal(anew.save(named, { owner: OWNER, now: NOW, failures: 2 }), true);
  assert.deepEqual([...anew.days(named, 'computeDays').keys()], [DAY_ONE]);
  assert.equal(anew.account(ACCOUNT, 'another organisation', NOW).failures, 0);
});

test('finds what a version before kept, which had one scope at a time', (t) => {
  const file = newFile(t);
  const now = databaseWithLease(t, file);
  save(now, { failures: 3 });
  now.close();
  const raw = new DatabaseSync(file);
  raw.exec(`UPDATE account SET id = '${ACCOUNT}'`);
  raw.close();
  const later = openDatabase(t, file);
  assert.equal(later.account(ACCOUNT, 'another organisation', NOW).failures, 0);
  assert.equal(later.account(ACCOUNT, SCOPE, NOW).failures, 3);
  assert.equal(save(later, { failures: 4 }), true);
  assert.equal(later.account(ACCOUNT, SCOPE, NOW).failures, 4);
});

test('goes on under the lease when its thread was started anew and knows no scopes', (t) => {
  const file = newFile(t);
  save(databaseWithLease(t, file), { failures: 1 });
  const anew = databaseAt(t, file);
  assert.equal(save(anew, { failures: 2 }), true);
  assert.equal(anew.account(ACCOUNT, SCOPE, NOW).failures, 2);
});

test('tells which accounts another window wrote, once', (t) => {
  const file = newFile(t);
  const [one, two] = [databaseWithLease(t, file), openDatabase(t, file)];
  assert.deepEqual(two.changed(), []);
  save(one, { failures: 1 });
  one.acquire('b', OWNER, NOW, LEASE_MS);
  one.save('b', { owner: OWNER, now: NOW, failures: 1 });
  assert.deepEqual(two.changed().sort(), [ACCOUNT, 'b']);
  assert.deepEqual(two.changed(), []);
  assert.deepEqual(one.changed(), [], 'what oneself wrote is no news');
  one.release(ACCOUNT, OWNER);
  assert.deepEqual(two.changed(), [ACCOUNT], 'a lease that was given back');
  one.acquire(ACCOUNT, OWNER, NOW, LEASE_MS);
  one.acquire(ACCOUNT, OWNER, NOW + 1, LEASE_MS);
  assert.deepEqual(two.changed(), [], 'nothing to see in a lease that was taken or renewed');
});

test('tells what another window wrote before or after a write of one’s own', (t) => {
  const file = newFile(t);
  const [one, two] = [databaseWithLease(t, file), openDatabase(t, file)];
  two.account(ACCOUNT, SCOPE, NOW);
  const saveTwo = (): void => {
    one.release(ACCOUNT, OWNER);
    two.acquire(ACCOUNT, 'window 2', NOW, LEASE_MS);
    assert.equal(two.save(ACCOUNT, { owner: 'window 2', now: NOW, failures: 2 }), true);
    two.release(ACCOUNT, 'window 2');
    one.acquire(ACCOUNT, OWNER, NOW, LEASE_MS);
  };
  one.changed();
  saveTwo();
  save(one, { failures: 3 });
  assert.deepEqual(one.changed(), [ACCOUNT]);
  save(one, { failures: 4 });
  saveTwo();
  assert.deepEqual(one.changed(), [ACCOUNT]);
  assert.deepEqual(one.changed(), []);
});

test('tells that rows were dropped, and that the account was made again', (t) => {
  const file = newFile(t);
  const [one, two] = [databaseWithLease(t, file), openDatabase(t, file)];
  save(one, { failures: 1 });
  two.changed();
  one.clear();
  assert.deepEqual(two.changed(), [ACCOUNT]);
  save(one, { failures: 1 });
  two.changed();
  one.clear();
  save(one, { failures: 1 });
  assert.deepEqual(two.changed(), [ACCOUNT]);
  one.drop([ACCOUNT]);
  assert.deepEqual(two.changed(), [ACCOUNT]);
  assert.deepEqual(one.changed(), []);
});

test('records values of closed buckets that the vendor changed', (t) => {
  const database = databaseWithLease(t);
  const closed = Date.UTC(2026, 10, 2) + CLOSING_MS;
  save(database, { blocks: [awakeBlock(DAY_ONE, closed - 1, 1)] });
  save(database, { blocks: [awakeBlock(DAY_ONE, closed, 2n ** 60n)] });
  assert.deepEqual(database.restatements(ACCOUNT), [], 'it had not closed when it was read first');
  const bucket = computeDay('machine-0', DAY_ONE, 2n ** 60n);
  const changed = { ...bucket, quantities: { ...bucket.quantities, awake_seconds: 2n ** 60n + 1n } };
  save(database, { blocks: [block(DAY_ONE, closed + 1, [changed])] });
  save(database, { blocks: [block(DAY_ONE, closed + 2, [])] });
  const [start, end] = [Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 2)];
  const common = { kind: 'compute', machineId: 'machine-0', fingerprint: 'a', start, end } as const;
  const found = database.restatements(ACCOUNT).filter(({ meter }) => meter === 'awake_seconds');
  assert.deepEqual(found, [
    {
      ...{ ...common, meter: 'awake_seconds', before: 2n ** 60n + 1n, after: undefined },
      ...{ beforeAsOf: closed + 1, afterAsOf: closed + 2 },
    },
    {
      ...{ ...common, meter: 'awake_seconds', before: 2n ** 60n, after: 2n ** 60n + 1n },
      ...{ beforeAsOf: closed, afterAsOf: closed + 1 },
    },
  ]);
  assert.deepEqual(database.restatements('b'), []);
});

test('of a day that is still open only hours that had closed can be restated', (t) => {
  const database = databaseWithLease(t);
  const today = '2026-11-20';
  const first = Date.UTC(2026, 10, 20);
  const read = (asOf: number, awake: number): void => {
    const hours = Array.from({ length: 12 }, (_, hour) => {
      const start = first + hour * HOUR;
      return computeDay('m', today, awake, { start, end: start + HOUR });
    });
    const stored = hours.map((_, hour) => storageHour('m', today, hour, awake));
    save(database, {
      blocks: [
        block(today, asOf, hours, 'computeHours'),
        block(today, asOf, [computeDay('m', today, 12 * awake)]),
        block(today, asOf, stored, 'storage'),
      ],
    });
  };
  const restated = (): unknown[] =>
    database.restatements(ACCOUNT).map(({ meter, start, before, after }) => [meter, start, before, after]);
  read(first + 5 * HOUR, 1);
  read(first + 6 * HOUR, 2);
  read(first + 8 * HOUR, 3);
  assert.deepEqual(restated(), [], 'nothing had closed by 6 o’clock');
  read(first + 9 * HOUR, 4);
  const [one, two] = [first, first + HOUR];
  assert.deepEqual(restated(), [
    ['awake_seconds', one, 3, 4],
    ['cpu_millicore_seconds', one, 300, 400],
    ['memory_mib_seconds', one, 12_288, 16_384],
    ['awake_seconds', two, 3, 4],
    ['cpu_millicore_seconds', two, 300, 400],
    ['memory_mib_seconds', two, 12_288, 16_384],
    ['storage_mib_seconds', one, 3, 4],
    ['logical_storage_bytes', one, 3000, 4000],
    ['storage_mib_seconds', two, 3, 4],
    ['logical_storage_bytes', two, 3000, 4000],
  ]);
});

test('records restated storage once, though it is kept by bucket and by day', (t) => {
  const database = databaseWithLease(t);
  for (const mib of [5, 6]) {
    const buckets = [storageHour('m', DAY_ONE, 0, mib)];
    const parts = (['storage', 'storageDays'] as const).map((part) =>
      block(DAY_ONE, NOW + mib, buckets, part),
    );
    save(database, { blocks: parts });
  }
  const found = database
    .restatements(ACCOUNT)
    .map(({ kind, meter, before, after }) => [kind, meter, before, after]);
  assert.deepEqual(found, [
    ['storage', 'storage_mib_seconds', 5, 6],
    ['storage', 'logical_storage_bytes', 5000, 6000],
  ]);
});

test('keeps the newest restatements when a vendor restates without end', (t) => {
  const database = databaseWithLease(t);
  for (let time = 0; time < 14; time += 1) {
    save(database, { blocks: [awakeBlock(DAY_ONE, NOW + time, time, 400)] });
  }
  const found = database.restatements(ACCOUNT);
  assert.equal(found[0]?.afterAsOf, NOW + 13);
  assert.ok(found.length >= 10_000 && found.length < 12_000, `${found.length}`);
});

test('drops an account with its lease, and no other', (t) => {
  const database = databaseWithLease(t);
  save(database, { blocks: [awakeBlock(DAY_ONE, NOW, 7)] });
  database.acquire('b', OWNER, NOW, LEASE_MS);
  database.save('b', { owner: OWNER, now: NOW, blocks: [awakeBlock(DAY_ONE, NOW, 7)] });
  database.drop([ACCOUNT, 'c']);
  assert.equal(database.size().days, 1);
  assert.deepEqual(database.days(ACCOUNT, 'computeDays'), new Map());
  assert.equal(save(database, { failures: 1 }), false, 'an account that was removed does not come back');
  assert.equal(database.acquire('b', 'another', NOW, LEASE_MS).granted, false);
});

test('keeps no machines of blocks that were replaced', (t) => {
  const database = databaseWithLease(t);
  const bytes = Array.from({ length: 30 }, (_, asOf) => {
    const buckets = Array.from({ length: 500 }, (_, machine) =>
      computeDay(`machine ${Math.sin(asOf * 1000 + machine)}`, DAY_ONE, 1),
    );
    save(database, { blocks: [block(DAY_ONE, asOf, buckets), block('2026-11-02', 0, buckets)] });
    return database.size().bytes;
  });
  assert.ok((bytes.at(-1) ?? 0) < 2 * (bytes[0] ?? 0), bytes.join(' '));
});

test('tells its size, and gives the space back', (t) => {
  const file = newFile(t);
  const database = databaseWithLease(t, file);
  const empty = database.size();
  assert.deepEqual(empty, { bytes: statSync(file).size, days: 0 });
  const days = daysOf({ start: Date.UTC(2026, 9, 1), end: Date.UTC(2026, 9, 11) });
  save(database, {
    blocks: days.flatMap((day) => [
      awakeBlock(day, NOW, 7, 1000),
      block(day, NOW, [storageHour('m', day, 1, 1)], 'storage'),
    ]),
  });
  const full = database.size();
  assert.deepEqual(full, { bytes: statSync(file).size, days: 10 });
  assert.ok(full.bytes > empty.bytes);
  database.clear();
  assert.deepEqual(database.size(), empty);
  assert.equal(
    database.acquire(ACCOUNT, 'another', NOW, LEASE_MS).granted,
    false,
    'a lease that is held stays',
  );
  assert.equal(save(database, { failures: 1 }), true);
});

const FORGOTTEN = 'account-to-be-forgotten';

/** The files of a folder that hold a text. */
function filesWith(text: string, folder: string): string[] {
  return readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(text));
}

for (const [how, forget] of [
  [
    'an account is removed',
    (database: SqliteDatabase) => {
      database.drop([FORGOTTEN]);
    },
  ],
  [
    'what is kept is deleted',
    (database: SqliteDatabase) => {
      database.clear();
    },
  ],
] as const) {
  test(`when ${how}, no file holds its id any more, not even one that was set aside`, (t) => {
    const file = newFile(t);
    const database = databaseWithLease(t, file);
    const keep = (id: string): void => {
      database.account(id, SCOPE, NOW);
      database.acquire(id, OWNER, NOW, LEASE_MS);
      const blocks = Array.from({ length: 60 }, (_, at) => awakeBlock(`2026-10-${10 + (at % 20)}`, NOW, at));
      database.save(id, { owner: OWNER, now: NOW, blocks, failures: 1 });
      database.release(id, OWNER);
    };
    keep(FORGOTTEN);
    keep('another');
    writeFileSync(`${file}.unreadable-1`, `what was ${FORGOTTEN}`);
    writeFileSync(`${file}.unreadable-1-journal`, FORGOTTEN);
    assert.equal(filesWith(FORGOTTEN, dirname(file)).length, 3);
    forget(database);
    assert.deepEqual(filesWith(FORGOTTEN, dirname(file)), []);
    assert.equal(database.days('another', 'computeDays').size, how === 'an account is removed' ? 20 : 0);
  });
}

test('a row that is deleted is overwritten at once', (t) => {
  const file = newFile(t);
  const database = databaseWithLease(t, file);
  const owner = 'window-to-be-forgotten';
  database.acquire('another', owner, NOW, LEASE_MS);
  assert.deepEqual(filesWith(owner, dirname(file)), ['usage.sqlite']);
  database.release('another', owner);
  assert.deepEqual(filesWith(owner, dirname(file)), []);
});
