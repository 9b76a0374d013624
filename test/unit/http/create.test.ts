import assert from 'node:assert/strict';
import test from 'node:test';
import { httpClient } from '../../../src/http/create';
import { failureOf, request } from './helpers';

const log = { debug() {}, info() {}, warn() {}, error() {} };

test('each request goes through the fetch that VS Code has put in place by then, and is tried again after a pause', async (t) => {
  const http = httpClient(log, () => 1_000_000);
  const statuses = [500, 200, 429];
  t.mock.method(globalThis, 'fetch', () =>
    Promise.resolve(new Response('{"a":1}', { status: statuses.shift() ?? 0 })),
  );
  const started = performance.now();
  assert.deepEqual(await http.getJson(request('https://vendor.example/v1/usage')), { a: 1 });
  assert.ok(performance.now() - started > 350, 'it waits for 375 to 500 ms');
  assert.deepEqual(await failureOf(http.getJson(request('https://vendor.example/v1/usage'))), {
    kind: 'rateLimited',
    retryAt: 1_060_000,
  });
});
