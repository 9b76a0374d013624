import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import test, { after, before } from 'node:test';
import fc from 'fast-check';
import { DatabaseError } from '../../../src/database/operations';
import type { RowSink } from '../../../src/http/rows/rowSink';
import { openInlineRowSink } from '../../../src/providers/rowDecoders';
import { DatabaseCache } from '../../../src/store/databaseCache';
import type { DayColumns } from '../../../src/usage/columns/columns';
import { type Failure, UsageError } from '../../../src/usage/failure';
import type { BackgroundWorker } from '../../../src/worker/backgroundWorker';
import { startBackground } from '../../support/backgroundWorker';
import { ANSWERED_AT, computeRowText, rowsReply } from '../providers/dedalusRows';

const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03'];

let background: BackgroundWorker;
let dispose: () => void;
before(async () => {
  ({ background, dispose } = await startBackground());
});
after(() => {
  dispose();
});

/** Reads a text in chunks that end at these places. */
async function sunk(sink: RowSink, text: string, cuts: readonly number[]): Promise<DayColumns | Failure> {
  const bytes = Buffer.from(text);
  const borders = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  try {
    for (let at = 1; at < borders.length; at += 1) {
      await sink.push(bytes.subarray(borders[at - 1], borders[at]));
    }
    return await sink.end(DAYS, ANSWERED_AT);
  } catch (error) {
    sink.cancel();
    assert.ok(error instanceof UsageError, String(error));
    return error.failure;
  }
}

test('a reply is folded there as it is here, in whatever chunks it comes; so is one that is wrong', async () => {
  let good = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(computeRowText, { maxLength: 4 }),
      fc.array(fc.nat(), { maxLength: 5 }),
      fc.boolean(),
      async (rows, cuts, cut) => {
        const whole = rowsReply(rows.join(','), 'hour');
        const text = cut ? whole.slice(0, -1) : whole;
        const there = await sunk(background.openRowSink('dedalus.computeHours'), text, cuts);
        assert.deepEqual(there, await sunk(openInlineRowSink('dedalus.computeHours'), text, cuts));
        good += there instanceof Map && rows.length > 0 ? 1 : 0;
      },
    ),
  );
  assert.ok(good > 0, 'no reply with rows was good');
});

test('replies that come at the same time do not mix', async () => {
  const reply = (machine: string): string =>
    rowsReply(
      `{"machine_id":"${machine}","bucket_start":"2026-11-02T00:00:00Z","bucket_end":"2026-11-02T01:00:00Z",` +
        '"logical_storage_bytes":1,"storage_mib_seconds":2,"org_metering_bucket_id":"b"}',
    );
  const names = ['a', 'b', 'c', 'd'];
  const sinks = names.map(() => background.openRowSink('dedalus.storage'));
  for (let at = 0; at < reply('a').length; at += 20) {
    await Promise.all(
      sinks.map((sink, own) => sink.push(Buffer.from(reply(names[own] ?? '').slice(at, at + 20)))),
    );
  }
  const days = await Promise.all(sinks.map((sink) => sink.end(DAYS, ANSWERED_AT)));
  assert.deepEqual(
    days.map((columns) => columns.get('2026-11-02')?.subjectIds),
    names.map((name) => [name]),
  );
});

test('a row sink that was given up takes nothing more', async () => {
  const sink = background.openRowSink('dedalus.storage');
  await sink.push(Buffer.from('{"rows":['));
  sink.cancel();
  await assert.rejects(
    async () => {
      await sink.push(Buffer.from(']}'));
      await sink.end(DAYS, ANSWERED_AT);
    },
    (error: UsageError) => error.failure.kind === 'cancelled',
  );
});

test('trouble with the database comes back as what it is', async () => {
  await assert.rejects(background.database.open(), DatabaseError);
});

test('when the thread dies, what was under way fails and the next call starts another', async () => {
  const own = await startBackground({ diesAtFirst: true });
  const lost = own.background.openRowSink('dedalus.storage');
  const internal = (error: UsageError): boolean => error.failure.kind === 'internal';
  await assert.rejects(lost.end(DAYS, ANSWERED_AT), internal);
  const next = own.background.openRowSink('dedalus.storage');
  await next.push(Buffer.from(rowsReply('')));
  assert.equal((await next.end(DAYS, ANSWERED_AT)).get('2026-11-01')?.length, 0);
  own.dispose();
});

test('when the thread dies, a lease that another process may hold is not granted, and the next question is answered', async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-died-'));
  const own = await startBackground({ database: path.join(folder, 'usage.sqlite'), diesAtFirst: true });
  t.after(() => {
    own.dispose();
    rmSync(folder, { recursive: true });
  });
  const told: string[] = [];
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const databaseCache = new DatabaseCache({
    ...{ log, database: own.background.database },
    onTrouble: ({ kind }) => told.push(kind),
  });
  const acquire = (): Promise<{ granted: boolean }> => databaseCache.acquire('a', 'here', 1000, 15_000);
  assert.equal((await acquire()).granted, false);
  assert.equal((await acquire()).granted, true);
  assert.equal(databaseCache.works, true);
  assert.deepEqual(told, ['internal']);
});
