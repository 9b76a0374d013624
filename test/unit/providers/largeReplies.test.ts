import assert from 'node:assert/strict';
import test from 'node:test';
import { DedalusClient } from '../../../src/providers/dedalus/client';
import type { MiosaClient } from '../../../src/providers/miosa/client';
import { openInlineRowSink } from '../../../src/providers/rowDecoders';
import type { UsageError } from '../../../src/usage/failure';
import { dayPeriod } from '../../../src/usage/time';
import { accessTo } from '../../support/access';
import { client } from '../http/helpers';
import { exact, month, source, start } from './miosaReading';

/* Replies as long as they may be: each takes seconds. */

test('a page of 150,000 machines is read', async () => {
  const machine = {
    ...{ vcpu: 1, memory_mib: 1024, storage_gib: 10, desired_state: 'running' },
    ...{ status: { phase: 'running' }, created_at: '2026-11-01T00:00:00Z' },
  };
  const items = Array.from({ length: 150_000 }, (_, at) => ({ machine_id: `dm-${at}`, ...machine }));
  const body = new Blob([JSON.stringify({ items })]);
  const { http } = client({
    fetch: () => Promise.resolve(new Response(body)),
    limits: { bodyBytes: body.size },
  });
  const machines = await new DedalusClient(accessTo('http://127.0.0.1', { http, key: 'key' })).machines();
  assert.equal(machines.length, 150_000);
  assert.equal(machines.at(-1)?.id, 'dm-149999');
});

test('150,000 groups in one reply are read, of a month and of a day', async () => {
  const simulator = await start();
  const groups = 150_000;
  const answer = (day: string, end: string): Blob => {
    const used = { sandbox_seconds: 1, computer_seconds: 0, storage_gb_hours: 0, credit_cents: 2 };
    const results = Array.from({ length: groups }, (_, at) => ({ external_user_id: `u${at}`, ...used }));
    return new Blob([JSON.stringify({ results, period_start: day, period_end: end })]);
  };
  const reading = (body: Blob): MiosaClient => {
    const fetch = (): Promise<Response> => Promise.resolve(new Response(body));
    return source(simulator, { http: client({ fetch, limits: { bodyBytes: body.size } }).http });
  };
  const summary = await reading(answer('2026-11-01T00:00:00Z', '2026-11-20T14:20:00Z')).summary(month);
  assert.equal(summary.groups?.groups.length, groups);
  assert.deepEqual(exact(summary.used ?? {})['credit_cents'], 2n * BigInt(groups) * 10n ** 8n);
  const day = reading(answer('2026-11-02T00:00:00Z', '2026-11-03T00:00:00Z'));
  const columns = await day.rows('byUser', { period: dayPeriod('2026-11-02') });
  assert.equal(columns.get('2026-11-02')?.length, groups);
});

test('a reply that would fill the memory is refused before it does', async () => {
  const own = openInlineRowSink('dedalus.storage');
  await own.push(Buffer.from('{"rows":['));
  const push = async (): Promise<void> => {
    for (let row = 0; row < 1000; row += 1) {
      const id = String(row).padEnd(1_000_000, 'x');
      const text =
        `{"machine_id":"${id}","bucket_start":"2026-11-02T00:00:00Z","bucket_end":"2026-11-02T01:00:00Z",` +
        '"logical_storage_bytes":1,"storage_mib_seconds":1,"org_metering_bucket_id":"b"},';
      await own.push(Buffer.from(text));
    }
  };
  await assert.rejects(push, (error: UsageError) => {
    assert.deepEqual(error.failure, { kind: 'tooLarge', limitBytes: 512 * 1024 ** 2, of: 'memory' });
    return true;
  });
});
