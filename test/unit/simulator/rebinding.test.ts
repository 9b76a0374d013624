import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import test from 'node:test';
import { startMiosa } from '../../simulator/miosa/simulator';
import { startNorthflank } from '../../simulator/northflank/simulator';
import { startSimulator } from '../../simulator/server';
import type { VendorServer } from '../../simulator/vendorServer';

const VENDORS: Readonly<Record<string, () => Promise<VendorServer>>> = {
  dedalus: startSimulator,
  miosa: startMiosa,
  northflank: startNorthflank,
};

/** The status that a page's request gets, which has the right key. */
async function statusOf(server: VendorServer, headers: Readonly<Record<string, string>>): Promise<number> {
  const { key, baseUrl } = server;
  const authorised = { authorization: `Bearer ${key}`, 'x-api-key': key, ...headers };
  const asked = request(`${baseUrl}/not-there`, { headers: authorised }).end();
  const [reply] = (await once(asked, 'response')) as [IncomingMessage];
  reply.resume();
  return reply.statusCode ?? 0;
}

for (const [vendor, start] of Object.entries(VENDORS)) {
  test(`the simulated ${vendor} answers to names of this computer alone, and to no page`, async (t) => {
    const server = await start();
    t.after(() => server.close());
    const { port } = new URL(server.url);
    for (const headers of [
      { host: `rebound.example:${port}` },
      { host: `127.0.0.1.rebound.example:${port}` },
      { origin: 'http://rebound.example' },
      { origin: server.url },
      { origin: 'null' },
    ]) {
      assert.equal(await statusOf(server, headers), 403, JSON.stringify(headers));
    }
    assert.deepEqual(server.requests, []);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`]) {
      assert.notEqual(await statusOf(server, { host }), 403, host);
    }
    assert.equal(server.requests.length, 3);
  });
}
