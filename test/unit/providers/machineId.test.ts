import assert from 'node:assert/strict';
import test from 'node:test';
import { machineIdOf } from '../../../src/providers/dedalus/machineId';
import { readMachinePage } from '../../../src/providers/dedalus/wire';
import { openInlineRowSink } from '../../../src/providers/rowDecoders';
import { aliasOf } from '../../../src/usage/account';
import { ANSWERED_AT, rowsReply } from './dedalusRows';

const UUID = '0b6c1f4e-0000-4000-8000-000000000001';

test('a UUID with and without its prefix is one machine, in rows of either way of reading and in the list', async () => {
  const row = (id: string, amount: string): string =>
    `{"machine_id":"${id}","bucket_start":"2026-11-02T00:00:00Z","bucket_end":"2026-11-02T01:00:00Z",` +
    `"logical_storage_bytes":1,"storage_mib_seconds":${amount},"org_metering_bucket_id":"b"}`;
  const sink = openInlineRowSink('dedalus.storage');
  // The last amount is too large for the short way.
  const rows = [row(UUID, '1'), row(`dm-${UUID}`, '2'), row(`dm-${UUID}`, '9007199254740993')];
  await sink.push(Buffer.from(rowsReply(rows.join(','))));
  const days = await sink.end(['2026-11-02'], ANSWERED_AT);
  assert.deepEqual(days.get('2026-11-02')?.subjectIds, [UUID]);
  assert.equal(days.get('2026-11-02')?.length, 3);
  const machine = {
    vcpu: 1,
    memory_mib: 1,
    storage_gib: 1,
    phase: 'running',
    created_at: '2026-11-01T00:00:00Z',
  };
  const page = readMachinePage({ items: [{ machine_id: `dm-${UUID}`, ...machine }] });
  assert.equal(page.items[0]?.machineId, UUID);
});

test('any other id is as it is given', () => {
  for (const id of ['dm-web-1', UUID, `dm-${UUID}x`, `dm-dm-${UUID}`, 'dm-', '', `DM-${UUID}`]) {
    assert.equal(machineIdOf(id), id);
  }
});

test('a name that was given to a machine under the other form is still its name', () => {
  assert.equal(aliasOf({ aliases: { [`dm-${UUID}`]: 'web' } }, UUID), 'web');
  assert.equal(aliasOf({ aliases: { [UUID]: 'new', [`dm-${UUID}`]: 'old' } }, UUID), 'new');
});
