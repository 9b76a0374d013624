import assert from 'node:assert/strict';
import test from 'node:test';
import { client, failureOf, request } from './helpers';
import { answer, ORIGIN } from './mockVendor';

test('a reply may be as large as the limit, and not a byte larger', async () => {
  const ask = (bodyBytes: number): Promise<unknown> => {
    answer(200, '{"a":1}');
    return client({ limits: { bodyBytes } }).http.getJson(request(`${ORIGIN}/v1/usage`));
  };
  assert.deepEqual(await ask(7), { a: 1 });
  assert.deepEqual(await failureOf(ask(6)), { kind: 'tooLarge', limitBytes: 6 });
});

test('a reply that is read as a whole is of four mebibytes at most, also one that refuses', async () => {
  for (const status of [200, 400]) {
    const body = new Blob(['"', 'x'.repeat(4 * 1024 ** 2), '"']);
    const { http } = client({ fetch: () => Promise.resolve(new Response(body.stream(), { status })) });
    assert.deepEqual(await failureOf(http.getJson(request(`${ORIGIN}/v1/usage`))), {
      kind: 'tooLarge',
      limitBytes: 4 * 1024 ** 2,
    });
  }
});

test('a reply that is nested without end is not parsed', async () => {
  answer(200, '['.repeat(100_000));
  assert.deepEqual(await failureOf(client().http.getJson(request(`${ORIGIN}/v1/usage`))), {
    kind: 'malformed',
    path: 'reply',
    expected: 'shallow',
  });
});

test('pages together may be as large as the limit of all', async () => {
  const { http } = client({ limits: { pagesBytes: 14 } });
  const budget = http.budget();
  const ask = (): Promise<unknown> => {
    answer(200, '{"a":1}');
    return http.getJson(request(`${ORIGIN}/v1/usage`, { budget }));
  };
  assert.deepEqual([await ask(), await ask()], [{ a: 1 }, { a: 1 }]);
  assert.deepEqual(await failureOf(ask()), { kind: 'tooLarge', limitBytes: 14 });
  assert.equal(client().http.budget().limit, 67_108_864, '64 MiB');
});

test('a single reply may have four mebibytes', async () => {
  const ask = (length: number): Promise<unknown> => {
    answer(200, `"${'x'.repeat(length - 2)}"`);
    return client().http.getJson(request(`${ORIGIN}/v1/usage`));
  };
  assert.equal(typeof (await ask(4_194_304)), 'string');
  assert.deepEqual(await failureOf(ask(4_194_305)), { kind: 'tooLarge', limitBytes: 4_194_304 });
});
