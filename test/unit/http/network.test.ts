import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import test, { after, afterEach, before } from 'node:test';
import { type Simulator, startSimulator } from '../../simulator/server';
import { startUntrustedServer } from '../../support/untrustedServer';
import { client, failureOf, KEY, request } from './helpers';

let simulator: Simulator;
before(async () => {
  simulator = await startSimulator({ key: KEY });
});
afterEach(() => {
  simulator.clearFaults();
});
after(() => simulator.close());

const usage = (): ReturnType<typeof request> => request(`${simulator.url}/v1/usage`);

test('a server that never answers is given up after the longest silence', async () => {
  simulator.inject({ hang: true });
  const { http } = client({ limits: { quietMs: 200 } });
  assert.deepEqual(await failureOf(http.getJson(usage())), { kind: 'timeout', seconds: 0.2 });
});

test('a reply that drips for longer than the longest time is given up', async () => {
  simulator.inject({ slowBody: { bytes: 1, pauseMs: 50 } });
  const { http } = client({ limits: { quietMs: 2000, totalMs: 300 } });
  assert.deepEqual(await failureOf(http.getJson(usage())), { kind: 'timeout', seconds: 0.3 });
});

test('a connection cut in the middle is tried again, and told when it stays so', async () => {
  simulator.inject({ cutAfterBytes: 20 });
  const { http, pauses } = client();
  assert.deepEqual(await failureOf(http.getJson(usage())), { kind: 'cut' });
  assert.equal(pauses.length, 2);
});

test('a reply beyond the limit is not read to its end', async () => {
  simulator.inject({ oversizeBytes: 5_000_000 });
  const { http } = client({ limits: { bodyBytes: 100_000 } });
  assert.deepEqual(await failureOf(http.getJson(usage())), { kind: 'tooLarge', limitBytes: 100_000 });
});

test('JSON that ends too early is not taken for JSON', async () => {
  simulator.inject({ brokenJson: true });
  assert.equal((await failureOf(client().http.getJson(usage()))).kind, 'notJson');
});

test('leaving stops the request at once', async () => {
  simulator.inject({ hang: true });
  const leaving = new AbortController();
  const work = failureOf(client().http.getJson({ ...usage(), signal: leaving.signal }));
  await simulator.waitForRequest((asked) => asked.path === '/v1/usage' && asked.state === 'open');
  leaving.abort();
  assert.deepEqual(await work, { kind: 'cancelled' });
});

test('leaving during the pause before another try ends it too', async () => {
  simulator.inject({ status: 503 });
  const leaving = new AbortController();
  const { http, pauses } = client({ realPauses: true });
  const seen = simulator.requests.length;
  const work = failureOf(http.getJson({ ...usage(), signal: leaving.signal }));
  await simulator.waitForRequest((asked, index) => index >= seen && asked.state === 'answered');
  leaving.abort();
  assert.deepEqual(await work, { kind: 'cancelled' });
  assert.ok(pauses.length <= 1);
});

test('a port where nobody listens is told with its code', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  const { http } = client({ limits: { retries: 0 } });
  assert.deepEqual(await failureOf(http.getJson(request(`http://127.0.0.1:${port}/v1/usage`))), {
    kind: 'unreachable',
    host: `127.0.0.1:${port}`,
    code: 'ECONNREFUSED',
  });
});

test('a server whose certificate is not trusted is told as such, once, and gets no request', async (t) => {
  const server = await startUntrustedServer();
  t.after(() => {
    server.close();
  });
  const { http, pauses } = client();
  assert.deepEqual(await failureOf(http.getJson(request(`${server.url}/v1/usage`))), {
    kind: 'certificate',
    host: new URL(server.url).host,
    code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  });
  assert.deepEqual(pauses, []);
  assert.equal(server.requests(), 0);
});

test('characters cut by the borders of chunks stay whole', async () => {
  const text = JSON.stringify({ name: 'Łódź 東京 🚀'.repeat(50) });
  const server = createServer((_request, response) => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 7) {
      response.write(bytes.subarray(at, at + 7));
    }
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const reply = await client().http.getJson(request(`http://127.0.0.1:${port}/`));
  server.closeAllConnections();
  server.close();
  assert.deepEqual(reply, JSON.parse(text));
});
