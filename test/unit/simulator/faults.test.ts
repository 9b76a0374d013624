import assert from 'node:assert/strict';
import test, { type TestContext } from 'node:test';
import { handWrittenFleet, PLAIN_SHAPE } from '../../simulator/dedalus/handWrittenFleet';
import { type FaultEffect } from '../../simulator/faults';
import { faultFromText } from '../../simulator/faultText';
import { type Simulator, startSimulator } from '../../simulator/server';
import { ask, NOW, simulated } from './asking';

const COMPUTE = '/v1/usage/machines/compute';

async function faulty(t: TestContext, fault: FaultEffect): Promise<Simulator> {
  const simulator = await simulated(t);
  simulator.inject(fault);
  return simulator;
}

test("a status comes with the vendor's error and the given headers", async (t) => {
  const simulator = await faulty(t, { status: 429, headers: { 'Retry-After': '3' } });
  const response = await ask(simulator, COMPUTE);
  assert.equal(response.status, 429);
  assert.equal(response.headers.get('retry-after'), '3');
  assert.deepEqual(await response.json(), {
    error_code: 'RATE_LIMITED',
    message: 'read rate limit exceeded',
    retryable: true,
    retry_after_ms: 84,
  });
});

test("the body of a status can be the vendor's with other members, a problem, a page or any text", async (t) => {
  const simulator = await simulated(t);
  const answer = async (fault: FaultEffect): Promise<[string | null, string]> => {
    const undo = simulator.inject(fault);
    const response = await ask(simulator, '/v1/usage');
    undo();
    return [response.headers.get('content-type'), await response.text()];
  };
  const [, waiting] = await answer({ status: 503, body: { retry_after_ms: 7000 } });
  assert.equal((JSON.parse(waiting) as { retry_after_ms: number }).retry_after_ms, 7000);
  assert.equal((await answer({ status: 500, body: 'problem' }))[0], 'application/problem+json');
  assert.match((await answer({ status: 502, body: 'html' }))[1], /<h1>/);
  const raw = { raw: '{"rows":[', contentType: 'application/json' };
  assert.deepEqual(await answer({ status: 200, body: raw }), ['application/json', '{"rows":[']);
});

test('a fault meets the requests it was made for', async (t) => {
  const simulator = await simulated(t);
  simulator.inject({ status: 500, match: { path: /storage$/, after: 1, times: 2 } });
  const statuses: number[] = [];
  for (const path of [COMPUTE, ...new Array<string>(4).fill('/v1/usage/machines/storage')]) {
    statuses.push((await ask(simulator, path)).status);
  }
  assert.deepEqual(statuses, [200, 200, 500, 500, 200]);
});

test('faults can be taken back', async (t) => {
  const simulator = await simulated(t);
  const undo = simulator.inject({ status: 500 });
  simulator.inject({ status: 503 });
  undo();
  undo();
  assert.equal((await ask(simulator, '/v1/usage')).status, 503);
  simulator.clearFaults();
  assert.equal((await ask(simulator, '/v1/usage')).status, 200);
});

test('a delayed reply is the real one', async (t) => {
  const simulator = await faulty(t, { delayMs: 40 });
  const start = performance.now();
  const response = await ask(simulator, '/v1/usage');
  assert.equal(response.status, 200);
  assert.ok(performance.now() - start >= 39);
});

test('a slow body arrives in pieces and is whole', async (t) => {
  const simulator = await simulated(t);
  const real = await (await ask(simulator, '/v1/usage')).text();
  simulator.inject({ slowBody: { bytes: 50, pauseMs: 2 } });
  const response = await ask(simulator, '/v1/usage');
  const pieces: Uint8Array[] = [];
  for await (const piece of response.body ?? []) pieces.push(piece as Uint8Array);
  assert.equal(Buffer.concat(pieces).toString(), real);
  assert.ok(pieces.length > 2);
});

for (const bytes of [0, 100, 100_000]) {
  test(`a connection is cut after ${String(bytes)} bytes of the body`, async (t) => {
    const response = await ask(await faulty(t, { cutAfterBytes: bytes }), COMPUTE);
    assert.equal(response.status, 200);
    let received = 0;
    await assert.rejects(async () => {
      for await (const piece of response.body ?? []) received += (piece as Uint8Array).length;
    });
    assert.equal(received, bytes);
  });
}

test('broken JSON is complete as a transfer and useless as JSON', async (t) => {
  const text = await (await ask(await faulty(t, { brokenJson: true }), COMPUTE)).text();
  assert.ok(text.length > 100_000);
  assert.throws(() => JSON.parse(text), SyntaxError);
  JSON.parse(`${text}}`);
});

test('an oversize body is still JSON', async (t) => {
  const text = await (await ask(await faulty(t, { oversizeBytes: 300_000 }), '/v1/usage')).text();
  assert.ok(text.length > 300_000);
  assert.ok('plan_slug' in (JSON.parse(text) as object));
});

test('a redirect names its target', async (t) => {
  const simulator = await faulty(t, { redirectTo: 'https://elsewhere.example/', redirectStatus: 302 });
  const response = await ask(simulator, '/v1/usage');
  assert.deepEqual([response.status, response.headers.get('location')], [302, 'https://elsewhere.example/']);
});

test('a hanging request ends with the client or with the simulator', async (t) => {
  const simulator = await faulty(t, { hang: true });
  const impatient = new AbortController();
  const first = assert.rejects(fetch(`${simulator.url}/v1/usage`, { signal: impatient.signal }), /abort/);
  await simulator.waitForRequest((_request, index) => index === 0);
  impatient.abort();
  await first;
  const record = await simulator.waitForRequest(({ state }) => state === 'aborted');
  assert.equal(record.status, undefined);
  const second = assert.rejects(fetch(`${simulator.url}/v1/usage`));
  await simulator.waitForRequest((_request, index) => index === 1);
  await simulator.close();
  await second;
});

test('a dropped request gets no answer', async (t) => {
  await assert.rejects(ask(await faulty(t, { drop: true }), '/v1/usage'), TypeError);
});

test('a client that goes away in the middle of a big reply is noticed', async (t) => {
  const simulator = await simulated(t, { machines: 60 });
  const response = await ask(simulator, COMPUTE);
  await response.body?.cancel();
  assert.equal((await simulator.waitForRequest(({ state }) => state === 'aborted')).status, 200);
  assert.equal((await ask(simulator, '/v1/usage')).status, 200);
});

test('replies are compressed only where both sides want it', async (t) => {
  const plain = await ask(await simulated(t), COMPUTE);
  const zipped = await ask(await simulated(t, { gzip: true }), COMPUTE);
  assert.equal(plain.headers.get('content-encoding'), null);
  assert.equal(zipped.headers.get('content-encoding'), 'gzip');
  assert.equal(await zipped.text(), await plain.text());
});

test("a reply that breaks the vendor's contract is not sent", async () => {
  const shape = { ...PLAIN_SHAPE, memoryMib: 0.5 };
  const compute = [{ hour: '2026-11-01T00:00:00Z', awakeSeconds: 1 }];
  const fleet = handWrittenFleet([{ id: 'A', shape, compute }]);
  const simulator = await startSimulator({ now: () => NOW, fleet });
  const response = await ask(simulator, COMPUTE);
  await simulator.close();
  assert.equal(response.status, 500);
  assert.match(simulator.violations.join(), /requested_memory_mib must be integer/);
});

test('faults can be written as text', () => {
  assert.deepEqual(faultFromText('429@/v1/usage'), { status: 429, match: { path: '/v1/usage' } });
  assert.deepEqual(faultFromText('502=html'), { status: 502, body: 'html' });
  assert.deepEqual(faultFromText('slow=10/5'), { slowBody: { bytes: 10, pauseMs: 5 } });
  assert.deepEqual(faultFromText('redirect=http://localhost:1/a'), { redirectTo: 'http://localhost:1/a' });
  for (const text of ['', 'nonsense', 'cut', 'slow=10', '502=poem', '999']) {
    assert.throws(() => faultFromText(text), RangeError, text);
  }
});
