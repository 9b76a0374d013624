import assert from 'node:assert/strict';
import test from 'node:test';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { client, failureOf, request } from './helpers';
import { agent, answer, ORIGIN } from './mockVendor';

// The same host is another origin without encryption, or at another port.
for (const elsewhere of ['https://evil.example', 'http://vendor.example', 'https://vendor.example:8443']) {
  test(`a redirect to ${elsewhere} is refused, and the key does not go there`, async () => {
    let asked = false;
    agent
      .get(elsewhere)
      .intercept({ path: '/take' })
      .reply(200, () => {
        asked = true;
        return {};
      });
    answer(302, '', { location: `${elsewhere}/take` });
    assert.deepEqual(await failureOf(client().http.getJson(request(`${ORIGIN}/v1/usage`))), {
      kind: 'redirected',
      target: elsewhere,
    });
    assert.equal(asked, false);
  });
}

/** What becomes of a request that is answered by these replies in turn, and where it went. */
async function follow(
  ...replies: (readonly [status: number, location?: string])[]
): Promise<{ result: unknown; asked: string[] }> {
  const asked: string[] = [];
  const { http } = client({
    fetch: (url, init) => {
      const [status, location] = replies[asked.length] ?? [200];
      asked.push(new Request(url).url);
      assert.equal(new Headers(init?.headers).get('accept'), 'application/json');
      return Promise.resolve(
        new Response(status === 200 ? '{"moved":true}' : null, {
          status,
          headers: location === undefined ? {} : { location },
        }),
      );
    },
  });
  const result = await http
    .getJson(request(`${ORIGIN}/v1/usage`))
    .catch((error: unknown) => (error instanceof UsageError ? error.failure : error));
  return { result, asked };
}

test('up to three redirects within the origin are followed, not a fourth', async () => {
  const moved = [
    [301, '/v1/a'],
    [302, 'b'],
    [308, `${ORIGIN}/v2/c`],
  ] as const;
  const asked = [`${ORIGIN}/v1/usage`, `${ORIGIN}/v1/a`, `${ORIGIN}/v1/b`, `${ORIGIN}/v2/c`];
  assert.deepEqual(await follow(...moved), { result: { moved: true }, asked });
  assert.deepEqual(await follow(...moved, [307, '/v1/d'], [303, '/v1/e']), {
    result: { kind: 'redirected', target: ORIGIN },
    asked,
  });
});

test('a redirect to what is no address is refused', async () => {
  assert.deepEqual((await follow([302, 'http://['])).result, { kind: 'redirected', target: 'http://[' });
});

for (const [location, target] of [
  [`https://me:secret@${new URL(ORIGIN).host}/v1/usage`, ORIGIN],
  [`//me@${new URL(ORIGIN).host}/v1/usage`, ORIGIN],
  ['https://me:secret@evil.example/take', 'https://evil.example'],
] as const) {
  test(`a redirect to ${location} is not followed, and says why without what stands there`, async () => {
    const { result, asked } = await follow([302, location]);
    assert.deepEqual(result, { kind: 'redirected', target, withUserInfo: true });
    assert.equal(asked.length, 1);
  });
}

test('a redirect to what is no address does not repeat a password in it', async () => {
  const { result } = await follow([302, 'https://me:secret@host:99999/']);
  assert.deepEqual(result, { kind: 'redirected', target: 'https://host:99999/' });
});

test('a place that is named beside another status is not gone to', async () => {
  assert.deepEqual(await follow([200, '/v1/other']), {
    result: { moved: true },
    asked: [`${ORIGIN}/v1/usage`],
  });
  for (const reply of [[300, '/v1/other'], [404, '/v1/other'], [302]] as const) {
    const { result, asked } = await follow(reply);
    assert.equal((result as Failure).kind, reply[0] === 404 ? 'notFound' : 'refused');
    assert.equal(asked.length, 1);
  }
});
