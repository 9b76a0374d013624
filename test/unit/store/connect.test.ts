import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import type { Provider } from '../../../src/providers/provider';
import { PROVIDERS } from '../../../src/providers/registry';
import { openInlineRowSink } from '../../../src/providers/rowDecoders';
import { checkKey, connect, type ConnectOptions } from '../../../src/store/connect';
import { UsageError } from '../../../src/usage/failure';
import { monthToDate } from '../../../src/usage/time';
import { type Simulator, startSimulator } from '../../simulator/server';
import { client, failureOf } from '../http/helpers';

let simulator: Simulator;
let other: Simulator;
before(async () => {
  simulator = await startSimulator();
  other = await startSimulator();
});
after(() => Promise.all([simulator.close(), other.close()]));

const options = (address: string): ConnectOptions => ({
  http: () => Promise.resolve(client().http),
  now: Date.now,
  openRowSink: openInlineRowSink,
  baseUrl: () => address,
  moneyRule: () => 'auto',
});
const UNTOLD = { onRequest: () => {}, onQuotaExhausted: () => {} };
const signal = new AbortController().signal;
const draft = (key: string, baseUrl = simulator.url): Parameters<typeof checkKey>[0] => ({
  provider: PROVIDERS.dedalus,
  baseUrl,
  key,
  organisationId: undefined,
});

test('a key that is accepted is bound to the address at which it was tried', async () => {
  const bound = await checkKey(draft(simulator.key), options(simulator.url), signal);
  assert.deepEqual(bound, { key: simulator.key, origin: simulator.url });
});

test('a key goes to the address that the person was told, whatever the settings became meanwhile', async () => {
  const bound = await checkKey(draft(simulator.key), options(other.url), signal);
  assert.deepEqual(bound, { key: simulator.key, origin: simulator.url });
  assert.deepEqual(other.requests, []);
});

test('a key that is refused says so', async () => {
  assert.equal(
    (await failureOf(checkKey(draft('wrong'), options(simulator.url), signal))).kind,
    'keyRejected',
  );
});

test('a key is sent to no address but its own, whatever the settings say', async () => {
  const key = { key: simulator.key, origin: simulator.url };
  const claim = { provider: PROVIDERS.dedalus, organisationId: undefined, grouping: undefined, key };
  let sent = 0;
  const source = await connect(claim, options(simulator.url), {
    ...UNTOLD,
    onRequest: () => {
      sent += 1;
    },
  });
  await source.check();
  assert.equal(sent, 1, 'each request is counted');
  const failure = await failureOf(connect(claim, options(other.url), UNTOLD));
  assert.deepEqual(failure, { kind: 'keyForOtherAddress', origin: simulator.url });
  assert.equal(other.requests.length, 0);
});

test('an address that is not safe for keys is refused before a key is tried', async () => {
  for (const address of ['http://dcs.example', 'https://u:p@dcs.example', 'nonsense']) {
    assert.equal(
      (await failureOf(checkKey(draft('k', address), options(address), signal))).kind,
      'badAddress',
    );
  }
});

test('what a vendor brings, and what it fails with, is without the key', async () => {
  const key = { key: 'dsk_9fQ2x7LmVz0TbW4Hc8', origin: simulator.url };
  const reply = (detail: string): never => {
    throw new UsageError({ kind: 'malformed', path: `reply.${detail}`, expected: 'text' });
  };
  const machine = { vcpu: 1, memoryMib: 1, storageGib: 1, state: 'running', createdAt: 0 };
  const provider: Provider = {
    ...PROVIDERS.dedalus,
    connect: () =>
      Promise.resolve({
        check: () => Promise.resolve(),
        rows: () => Promise.resolve().then(() => reply(key.key)),
        machines: () => Promise.resolve([{ ...machine, id: `vm of ${key.key}` }]),
      }),
  };
  const claim = { provider, organisationId: undefined, grouping: undefined, key };
  const source = await connect(claim, options(simulator.url), UNTOLD);
  assert.deepEqual(await source.machines?.(), [{ ...machine, id: 'vm of •••' }]);
  assert.deepEqual(await failureOf(source.rows('computeDays', { period: { start: 0, end: 1 } })), {
    kind: 'malformed',
    path: 'reply.•••',
    expected: 'text',
  });
  assert.ok(!('summary' in source), 'what a vendor does not have stays absent');
});

test('no key is a failure of its own; the sample needs none', async () => {
  const claim = {
    provider: PROVIDERS.dedalus,
    organisationId: undefined,
    grouping: undefined,
    key: undefined,
  };
  assert.deepEqual(await failureOf(connect(claim, options(simulator.url), UNTOLD)), { kind: 'keyMissing' });
  const sample = await connect({ ...claim, provider: PROVIDERS.sample }, options(''), UNTOLD);
  assert.equal((await sample.summary?.(monthToDate(Date.now())))?.plan, 'sample');
});
