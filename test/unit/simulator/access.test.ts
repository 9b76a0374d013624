import assert from 'node:assert/strict';
import test from 'node:test';
import { generateFleet } from '../../simulator/dedalus/generatedFleet';
import { ask, computeRows, read, simulated, storageRows } from './asking';

interface MachineList {
  items:
    | {
        machine_id: string;
        storage_gib: number;
        desired_state: string;
        status: { phase: string; last_error?: string };
      }[]
    | null;
  next_cursor?: string;
}

const MISSING = { error_code: 'AUTH_REQUIRED', message: 'missing Dedalus API key', retryable: false };
const WRONG = { error_code: 'AUTH_INVALID', message: 'invalid Dedalus API key', retryable: false };

test('the key is accepted in either header, and its absence and a wrong one are told apart', async (t) => {
  const simulator = await simulated(t, { machines: 1 });
  for (const path of [
    '/v1/usage',
    '/v1/usage/machines/compute',
    '/v1/usage/machines/storage',
    '/v1/machines',
  ]) {
    const answers = [
      [{ 'x-api-key': simulator.key }, 200, undefined],
      [{ authorization: `Bearer ${simulator.key}` }, 200, undefined],
      [{}, 401, MISSING],
      [{ authorization: 'Basic abc' }, 401, MISSING],
      [{ 'x-api-key': `${simulator.key}x` }, 401, WRONG],
      [{ authorization: 'Bearer ' + 'x' }, 401, WRONG],
    ] as const;
    for (const [headers, status, body] of answers) {
      const response = await ask(simulator, path, headers);
      const json: unknown = await response.json();
      assert.equal(response.status, status);
      if (body !== undefined) assert.deepEqual(json, body);
    }
  }
});

test('a revoked key is refused until a new one is set', async (t) => {
  const simulator = await simulated(t, { key: 'first' });
  simulator.revokeKey();
  assert.equal((await ask(simulator, '/v1/usage')).status, 401);
  simulator.setKey('second');
  assert.equal((await ask(simulator, '/v1/usage', { 'x-api-key': 'first' })).status, 401);
  assert.equal((await ask(simulator, '/v1/usage', { 'x-api-key': 'second' })).status, 200);
});

test('a key of another organisation is refused when the organisation is known', async (t) => {
  const simulator = await simulated(t, { organisationId: 'mine' });
  const status = async (organisation: string): Promise<number> => {
    const headers = { 'x-api-key': simulator.key, 'x-dedalus-org-id': organisation };
    return (await ask(simulator, '/v1/usage', headers)).status;
  };
  assert.deepEqual([await status('mine'), await status('theirs')], [200, 403]);
  assert.equal((await ask(simulator, '/v1/usage')).status, 200);
});

test('an unknown path is a problem, and so is another method', async (t) => {
  const simulator = await simulated(t);
  const unknown = await ask(simulator, '/v1/orgs');
  assert.equal(unknown.status, 404);
  assert.equal(unknown.headers.get('content-type'), 'application/problem+json');
  assert.equal(((await unknown.json()) as { status: number }).status, 404);
  const post = await fetch(`${simulator.url}/v1/usage`, {
    method: 'POST',
    headers: { 'x-api-key': simulator.key },
  });
  assert.equal(post.status, 405);
});

test('requests are recorded without their keys', async (t) => {
  const simulator = await simulated(t, { key: 'secret-of-the-test' });
  const waiting = simulator.waitForRequest(({ state, path }) => state === 'answered' && path === '/v1/usage');
  await ask(simulator, '/v1/usage?period_start=2026-11-01');
  await ask(simulator, '/v1/machines', {});
  const record = await waiting;
  assert.deepEqual(
    [record.method, record.query, record.authorised, record.status],
    ['GET', { period_start: '2026-11-01' }, true, 200],
  );
  assert.ok(record.headerNames.includes('x-api-key'));
  assert.equal(simulator.requests[1]?.authorised, false);
  assert.doesNotMatch(JSON.stringify(simulator.requests), /secret-of-the-test/);
});

test('waiting for a request ends with the simulator', async (t) => {
  const simulator = await simulated(t);
  const waiting = assert.rejects(
    simulator.waitForRequest(() => false),
    /closed/,
  );
  await simulator.close();
  await waiting;
  await simulator.close();
});

test('machines come in pages of fifty, or as many as are asked for', async (t) => {
  const simulator = await simulated(t, {
    fleet: generateFleet({ seed: 3, machines: 120, kinds: ['worker'] }),
  });
  const pages: number[] = [];
  const seen = new Set<string>();
  for (let query: string | undefined = ''; query !== undefined;) {
    const page: MachineList = await read(simulator, `/v1/machines${query}`);
    pages.push(page.items?.length ?? 0);
    for (const item of page.items ?? []) seen.add(item.machine_id);
    query = page.next_cursor === undefined ? undefined : `?cursor=${page.next_cursor}`;
  }
  assert.deepEqual(pages, [50, 50, 20]);
  assert.equal(seen.size, 120);
  const three = await read<MachineList>(simulator, '/v1/machines?limit=3');
  assert.equal(three.items?.length, 3);
  assert.equal((await ask(simulator, '/v1/machines?limit=none')).status, 422);
  assert.equal((await ask(simulator, '/v1/machines?cursor=none')).status, 422);
});

test('an organisation without machines has null lists', async (t) => {
  const simulator = await simulated(t, { machines: 0 });
  assert.deepEqual(await read<MachineList>(simulator, '/v1/machines'), { items: null });
  assert.deepEqual(await computeRows(simulator, ''), []);
});

test('the fleet holds every special machine', async (t) => {
  const simulator = await simulated(t);
  const { items } = await read<MachineList>(simulator, '/v1/machines');
  const compute = await computeRows(simulator, '');
  const storage = await storageRows(simulator, '');
  const told = (role: string): unknown => {
    const own = (row: { machine_id: string }): boolean => row.machine_id.startsWith(`dm-${role}-`);
    const [computed, stored] = [compute.filter(own).length, storage.filter(own).length];
    return [items?.find(own)?.status.phase, Math.sign(computed), Math.sign(stored)];
  };
  assert.deepEqual(told('api-server'), ['running', 1, 1]);
  assert.deepEqual(told('worker'), ['running', 1, 1]);
  assert.deepEqual(told('staging'), ['sleeping', 1, 1]);
  assert.deepEqual(told('preview'), [undefined, 1, 1]);
  assert.deepEqual(told('archive'), ['sleeping', 0, 1]);
  assert.deepEqual(told('newcomer'), ['placement_pending', 0, 0]);
  assert.deepEqual(told('batch'), ['failed', 1, 1]);
  assert.ok(compute.every((row) => /^dm-[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(row.machine_id)));
});

test('machine ids of a big fleet are all different', () => {
  const { machines } = generateFleet({ seed: 1, machines: 2000 });
  assert.equal(new Set(machines.map(({ id }) => id)).size, 2000);
});
