import assert from 'node:assert/strict';
import test from 'node:test';
import type { JsonRequest } from '../../../src/http/request';
import { client, failureOf, KEY, request } from './helpers';
import { answer, ORIGIN, vendor } from './mockVendor';

test('the key goes out in the header, and the reply comes back as JSON', async () => {
  let sent: unknown;
  vendor.intercept({ path: '/v1/usage' }).reply(200, (options) => {
    sent = (options.headers as Record<string, string>)['x-api-key'];
    return { a: 1 };
  });
  const reply = await client().http.getJson(request(`${ORIGIN}/v1/usage`));
  assert.deepEqual(reply, { a: 1 });
  assert.equal(sent, KEY);
});

const refusals: [number, object, object][] = [
  [
    401,
    { error_code: 'AUTH_INVALID', message: 'invalid key', retryable: false },
    { kind: 'keyRejected', detail: 'invalid key' },
  ],
  [
    403,
    { error_code: 'AUTH_SCOPE_FORBIDDEN', message: 'no', retryable: false },
    { kind: 'forbidden', detail: 'no' },
  ],
  [404, { title: 'Not Found', status: 404 }, { kind: 'notFound', url: `${ORIGIN}/v1/usage` }],
  [
    400,
    { error_code: 'X', message: 'bad date', retryable: false },
    { kind: 'refused', status: 400, detail: 'bad date' },
  ],
  [422, { title: 'Unprocessable', detail: 'limit' }, { kind: 'refused', status: 422, detail: 'limit' }],
];
for (const [status, body, expected] of refusals) {
  test(`${status} is told at once and never tried again`, async () => {
    answer(status, body);
    const { http, pauses } = client();
    assert.deepEqual(await failureOf(http.getJson(request(`${ORIGIN}/v1/usage`))), expected);
    assert.deepEqual(pauses, []);
  });
}

test('a server in trouble is tried again twice, with growing pauses, and then the trouble is told', async () => {
  for (const status of [502, 503, 500]) {
    answer(status, { error_code: 'LEDGER', message: `status ${status}`, retryable: true });
  }
  const { http, pauses } = client();
  assert.deepEqual(await failureOf(http.getJson(request(`${ORIGIN}/v1/usage`))), {
    kind: 'serverError',
    status: 500,
    detail: 'status 500',
  });
  assert.deepEqual(pauses, [500, 1000]);
});

for (const status of [408, 500, 502, 503, 599]) {
  test(`a server that recovers from ${status} is not told at all`, async () => {
    answer(status, 'try again');
    answer(200, { ok: true });
    const { http, pauses } = client();
    assert.deepEqual(await http.getJson(request(`${ORIGIN}/v1/usage`)), { ok: true });
    assert.deepEqual(pauses, [500]);
  });
}

test('what the vendor calls not retryable is not retried', async () => {
  answer(500, { error_code: 'X', message: 'broken for good', retryable: false });
  const { http, pauses } = client();
  assert.equal((await failureOf(http.getJson(request(`${ORIGIN}/v1/usage`)))).kind, 'serverError');
  assert.deepEqual(pauses, []);
});

test('a short wait that is asked for is kept, then the request is sent again', async () => {
  answer(429, { error_code: 'RATE_LIMITED', message: 'slow down', retryable: true, retry_after_ms: 1500 });
  answer(200, { ok: true });
  const { http, pauses } = client();
  assert.deepEqual(await http.getJson(request(`${ORIGIN}/v1/usage`)), { ok: true });
  assert.deepEqual(pauses, [1500]);
});

test('a connection that fails is tried again', async () => {
  const replies = [
    () => Promise.reject(new TypeError('fetch failed')),
    () => Promise.resolve(Response.json([])),
  ];
  const { http, pauses } = client({ fetch: () => replies.shift()?.() ?? assert.fail('it was sent again') });
  assert.deepEqual(await http.getJson(request(`${ORIGIN}/v1/usage`)), []);
  assert.deepEqual(pauses, [500]);
});

test('two seconds are the longest wait that is kept within a request', async () => {
  for (const [wait, kept] of [
    [2000, true],
    [2001, false],
  ] as const) {
    answer(429, {}, { 'retry-after-ms': String(wait) });
    answer(200, { ok: true });
    const work = client().http.getJson(request(`${ORIGIN}/v1/usage`));
    if (kept) {
      assert.deepEqual(await work, { ok: true });
    } else {
      assert.equal((await failureOf(work)).kind, 'rateLimited');
    }
  }
});

test('the log tells of each request what became of it, how large the reply was, and how long it took', async () => {
  const { http, log } = client({ limits: { retries: 0 } });
  const started = performance.now();
  answer(200, '{"a":1}');
  await http.getJson(request(`${ORIGIN}/v1/usage`));
  answer(200, '{"a":1', { 'content-type': 'text/plain' });
  await failureOf(http.getJson(request(`${ORIGIN}/v1/usage`)));
  const spent = performance.now() - started;
  const [good = '', bad = ''] = log;
  assert.equal(good.replace(/\d+ ms/, '… ms'), `GET ${ORIGIN}/v1/usage → 200, 7 bytes in … ms`);
  assert.equal(bad.replace(/\d+ ms/, '… ms'), `GET ${ORIGIN}/v1/usage → notJson after 6 bytes, … ms`);
  for (const line of log) {
    assert.ok(Number(/(\d+) ms/.exec(line)?.[1]) <= spent + 1);
  }
});

const waits: [string, Record<string, string>, object, number][] = [
  [
    'in the body',
    {},
    { error_code: 'RATE_LIMITED', message: '', retryable: true, retry_after_ms: 90_000 },
    90_000,
  ],
  ['in seconds', { 'retry-after': '120' }, {}, 120_000],
  ['in milliseconds', { 'retry-after-ms': '61000', 'retry-after': '1' }, {}, 61_000],
  ['as a date', { 'retry-after': new Date(1_000_000 + 300_000).toUTCString() }, {}, 300_000],
  ['by when its limit begins anew', { 'x-ratelimit-reset': '150' }, {}, 150_000],
  [
    'as a date by a clock of its own',
    {
      'retry-after': 'Sat, 21 Nov 2026 00:05:00 GMT',
      date: 'Sat, 21 Nov 2026 00:00:00 GMT',
    },
    {},
    300_000,
  ],
  [
    'by a time in milliseconds',
    { 'x-ratelimit-reset': '1795219290000', date: 'Sat, 21 Nov 2026 00:00:00 GMT' },
    {},
    90_000,
  ],
  ['not at all', {}, {}, 60_000],
  ['with a sign', { 'retry-after': '-43' }, {}, 60_000],
  ['in a form of no standard', { 'retry-after': '2043-01-01' }, {}, 60_000],
  ['beyond reason', { 'retry-after': '10000000000000' }, {}, 86_400_000],
];
for (const [how, headers, body, wait] of waits) {
  test(`a long wait, said ${how}, is told and nothing is sent meanwhile`, async () => {
    answer(429, body, headers);
    const { http, pauses } = client();
    assert.deepEqual(await failureOf(http.getJson(request(`${ORIGIN}/v1/usage`))), {
      kind: 'rateLimited',
      retryAt: 1_000_000 + wait,
    });
    assert.deepEqual(pauses, []);
  });
}

test('a server in trouble that asks for a long wait is left alone until then', async () => {
  answer(503, { error_code: 'DOWN', message: 'maintenance' }, { 'retry-after': '600' });
  const { http, pauses } = client();
  assert.deepEqual(await failureOf(http.getJson(request(`${ORIGIN}/v1/usage`))), {
    kind: 'serverError',
    status: 503,
    detail: 'maintenance',
    retryAt: 1_000_000 + 600_000,
  });
  assert.deepEqual(pauses, []);
});

test('when a limit begins anew says nothing of a server in trouble', async () => {
  answer(503, {}, { 'x-ratelimit-reset': '600' });
  answer(200, { ok: true });
  const { http, pauses } = client();
  assert.deepEqual(await http.getJson(request(`${ORIGIN}/v1/usage`)), { ok: true });
  assert.deepEqual(pauses, [500]);
});

test('a long message is cut to what can be read', async () => {
  answer(400, { error_code: 'X', message: 'x'.repeat(1000) });
  assert.deepEqual(await failureOf(client().http.getJson(request(`${ORIGIN}/v1/usage`))), {
    kind: 'refused',
    status: 400,
    detail: 'x'.repeat(300),
  });
});

test('a vendor may mean something of its own by a status; what it makes of the words is without the key', async () => {
  const told: unknown[] = [];
  const interpret: NonNullable<JsonRequest['interpret']> = (status, vendorError) => {
    told.push([status, vendorError?.code]);
    return { kind: 'organisationMismatch', detail: vendorError?.message ?? '' };
  };
  const { http } = client();
  const said = { error_code: 'AUTH_ORG_MISMATCH', message: `${KEY} is of another`, retryable: false };
  for (const [body, detail] of [
    [said, '••• is of another'],
    ['', ''],
  ] as const) {
    answer(403, body);
    assert.deepEqual(await failureOf(http.getJson(request(`${ORIGIN}/v1/usage`, { interpret }))), {
      kind: 'organisationMismatch',
      detail,
    });
  }
  assert.deepEqual(told, [
    [403, 'AUTH_ORG_MISMATCH'],
    [403, undefined],
  ]);
});

test('what is not JSON is told with its type, or that it has none', async () => {
  const { http } = client({ fetch: () => Promise.resolve(new Response(new Blob(['words']).stream())) });
  assert.deepEqual(await failureOf(http.getJson(request(`${ORIGIN}/v1/usage`))), {
    kind: 'notJson',
    contentType: 'no content type',
  });
});

test('HTML in place of JSON is told as such', async () => {
  answer(200, '<html>Sign in</html>', { 'content-type': 'text/html' });
  assert.deepEqual(await failureOf(client().http.getJson(request(`${ORIGIN}/v1/usage`))), {
    kind: 'notJson',
    contentType: 'text/html',
  });
});

test('plain http to another computer is refused before anything is sent', async () => {
  assert.deepEqual(await failureOf(client().http.getJson(request('http://vendor.example/v1/usage'))), {
    kind: 'badAddress',
    address: 'http://vendor.example',
  });
});

// The last begins so late that a part of the key would stand within the 300 characters that are shown.
for (const [where, message, shown] of [
  ['once', `bad key ${KEY} given`, 'bad key ••• given'],
  ['twice', `${KEY} is not ${KEY}`, '••• is not •••'],
  ['at the end of what is shown', `${'-'.repeat(290)}${KEY}`, `${'-'.repeat(290)}•••`],
] as const) {
  test(`a vendor that echoes the key ${where} does not get it into a message or the log`, async () => {
    answer(401, { error_code: 'AUTH_INVALID', message, retryable: false });
    const { http, log } = client();
    const failure = await failureOf(http.getJson(request(`${ORIGIN}/v1/usage`)));
    assert.deepEqual(failure, { kind: 'keyRejected', detail: shown });
    assert.ok(log.length > 0);
    assert.ok(!JSON.stringify([failure, log]).includes(KEY.slice(0, 6)));
  });
}
