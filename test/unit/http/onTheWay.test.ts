import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { type TestContext } from 'node:test';
import { fetch as fetchThrough, ProxyAgent } from 'undici';
import { networkFailure } from '../../../src/http/networkFailure';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { client, failureOf, request } from './helpers';

/* What refuses a request on the way to the vendor says nothing of the key. */

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What becomes of such a reply, and how often it was asked for. */
async function ask(t: TestContext, reply: Reply): Promise<{ failure: Failure; requests: number }> {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(reply.status, reply.headers ?? {}).end(reply.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const failure = await failureOf(client().http.getJson(request(`http://127.0.0.1:${port}/v1/usage`)));
  return { failure, requests };
}

const HTML = { 'content-type': 'text/html; charset=UTF-8' };
const PAGE = '<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>';
const JSON_TYPE = { 'content-type': 'application/json' };

const PAGES: readonly [string, Reply][] = [
  ['a challenge', { status: 403, body: PAGE, headers: { ...HTML, 'cf-mitigated': 'challenge' } }],
  [
    'a challenge of another status',
    { status: 429, body: PAGE, headers: { ...HTML, 'cf-mitigated': 'challenge' } },
  ],
  ['a page of a filter', { status: 403, body: PAGE, headers: HTML }],
  ['a page without a type', { status: 403, body: `\n  ${PAGE}` }],
  ['a page that is called JSON', { status: 403, body: PAGE, headers: JSON_TYPE }],
  ['a note of a filter', { status: 403, body: 'Blocked by the filter of this network.', headers: HTML }],
  ['a page of a protection', { status: 503, body: PAGE, headers: HTML }],
  ['a page of a gateway', { status: 401, body: PAGE, headers: HTML }],
];

for (const [what, reply] of PAGES) {
  test(`${what} with status ${reply.status} was refused on the way, and is not tried again at once`, async (t) => {
    assert.deepEqual(await ask(t, reply), {
      failure: { kind: 'blocked', status: reply.status },
      requests: 1,
    });
  });
}

test('it is asked again as late as it says', async (t) => {
  const reply = { status: 503, body: PAGE, headers: { ...HTML, 'retry-after': '600' } };
  assert.deepEqual((await ask(t, reply)).failure, {
    kind: 'blocked',
    status: 503,
    retryAt: 1_000_000 + 600_000,
  });
});

test('what the vendor itself refuses is told as before', async (t) => {
  const forbidden = JSON.stringify({ error_code: 'AUTH_SCOPE_FORBIDDEN', message: 'no' });
  for (const headers of [JSON_TYPE, HTML]) {
    const { failure } = await ask(t, { status: 403, body: forbidden, headers });
    assert.deepEqual(failure, { kind: 'forbidden', detail: 'no' });
  }
  assert.equal((await ask(t, { status: 403, body: '' })).failure.kind, 'forbidden');
  assert.equal((await ask(t, { status: 401, body: '' })).failure.kind, 'keyRejected');
  const broken = await ask(t, { status: 502, body: PAGE, headers: HTML });
  assert.deepEqual(broken.failure, { kind: 'serverError', status: 502, detail: '' });
});

test('an address that is gone is not found, like one that never was', async (t) => {
  for (const status of [404, 410]) {
    const { failure, requests } = await ask(t, { status, body: '{}', headers: JSON_TYPE });
    assert.ok(failure.kind === 'notFound' && failure.url.endsWith('/v1/usage'));
    assert.equal(requests, 1);
  }
});

test('a proxy that asks for a login says so, and is not asked again', async (t) => {
  for (const headers of [HTML, JSON_TYPE]) {
    const reply = { status: 407, body: PAGE, headers: { ...headers, 'proxy-authenticate': 'Basic' } };
    assert.deepEqual(await ask(t, reply), { failure: { kind: 'proxyLogin' }, requests: 1 });
  }
});

test('so does one whose answer VS Code hands over as it is', async () => {
  const { http, pauses } = client({
    fetch: () => Promise.resolve(new Response(PAGE, { status: 407, headers: HTML })),
  });
  const failure = await failureOf(http.getJson(request('https://vendor.example/v1/usage')));
  assert.deepEqual(failure, { kind: 'proxyLogin' });
  assert.deepEqual(pauses, []);
});

test('so does one that refuses the tunnel', async (t) => {
  const proxy = createServer();
  proxy.on('connect', (_request, socket) => {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const dispatcher = new ProxyAgent(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  t.after(async () => {
    await dispatcher.close();
    proxy.close();
  });
  const thrown: unknown = await fetchThrough('https://vendor.example/', { dispatcher }).catch(
    (error: unknown) => error,
  );
  assert.deepEqual(networkFailure(thrown, 'vendor.example', false), { kind: 'proxyLogin' });
});

const THROWN: readonly [string, Error, Failure][] = [
  [
    'a tunnel of another agent',
    new TypeError('fetch failed', {
      cause: new Error('tunneling socket could not be established, statusCode=407'),
    }),
    { kind: 'proxyLogin' },
  ],
  [
    'a computer without a network',
    new TypeError('Failed to fetch', { cause: new Error('net::ERR_INTERNET_DISCONNECTED') }),
    { kind: 'unreachable', host: 'h', code: 'ERR_INTERNET_DISCONNECTED' },
  ],
  [
    'a certificate that Chromium does not trust',
    new Error('net::ERR_CERT_AUTHORITY_INVALID'),
    { kind: 'certificate', host: 'h', code: 'ERR_CERT_AUTHORITY_INVALID' },
  ],
  [
    'a name that is not known',
    new TypeError('fetch failed', { cause: Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }) }),
    { kind: 'unreachable', host: 'h', code: 'ENOTFOUND' },
  ],
  [
    'a host at none of whose addresses anybody listens',
    new TypeError('fetch failed', { cause: Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }) }),
    { kind: 'unreachable', host: 'h', code: 'ECONNREFUSED' },
  ],
  [
    'a reason without a code',
    new TypeError('fetch failed', { cause: new Error('other side closed') }),
    { kind: 'unreachable', host: 'h', code: 'unknown' },
  ],
  [
    'a reason behind one without words',
    new TypeError('fetch failed', { cause: new Error('', { cause: new Error('closed') }) }),
    { kind: 'unreachable', host: 'h', code: 'unknown' },
  ],
  [
    'want of words in another place',
    new TypeError('terminated', { cause: new Error('') }),
    { kind: 'unreachable', host: 'h', code: 'unknown' },
  ],
  ['no reason at all', new TypeError('fetch failed'), { kind: 'unreachable', host: 'h', code: 'unknown' }],
  ['anything else', new Error('what is this'), { kind: 'unreachable', host: 'h', code: 'unknown' }],
  ['a failure of our own', new UsageError({ kind: 'cancelled' }), { kind: 'cancelled' }],
];

test('what is no error, or its own cause, is told all the same', () => {
  const circle = new Error('again');
  circle.cause = circle;
  for (const thrown of [undefined, 'words', circle]) {
    assert.deepEqual(networkFailure(thrown, 'h', false), { kind: 'unreachable', host: 'h', code: 'unknown' });
    assert.deepEqual(networkFailure(thrown, 'h', true), { kind: 'cut' });
  }
});

for (const [what, error, expected] of THROWN) {
  test(`${what} is told as what it is`, () => {
    assert.deepEqual(networkFailure(error, 'h', false), expected);
  });
}
