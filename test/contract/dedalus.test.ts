import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { DedalusClient } from '../../src/providers/dedalus/client';
import type { Failure } from '../../src/usage/failure';
import { monthToDate } from '../../src/usage/time';
import { fixture } from '../fixtures/files';
import { accessTo } from '../support/access';
import { failureOf } from '../unit/http/helpers';
import { bucketsIn } from '../unit/usage/builders';
import { type Prism, startPrism } from './prism';
import { prismHttp } from './prismClient';

/*
 * The client against a server that nobody here wrote: Prism answers from the vendor's OpenAPI file, once with the
 * examples of the file and once with whatever the schemas allow.
 */
const specPath = fixture('api/dedalus.openapi.yaml');
const month = monthToDate(Date.UTC(2026, 10, 20));
const DYNAMIC_ROUNDS = 25;

let fixed: Prism;
let dynamic: Prism;
before(async () => {
  fixed = await startPrism({ specPath, dynamic: false });
  dynamic = await startPrism({ specPath, dynamic: true });
});
after(() => Promise.all([fixed.close(), dynamic.close()]));

function client({ url }: Prism, prefer?: string): DedalusClient {
  const http = prismHttp({ prefer, settle: answering });
  return new DedalusClient(accessTo(url, { http, key: 'any-key' }));
}

/** What every reply says of its question; the schemas allow any period, any granularity, and rows of any time. */
const AS_ASKED: Readonly<Record<string, string>> = {
  granularity: 'hour',
  period_start: new Date(month.start).toISOString(),
  period_end: new Date(month.end).toISOString(),
  bucket_start: '2026-11-03T07:00:00Z',
  bucket_end: '2026-11-03T08:00:00Z',
};

async function answering(response: Response): Promise<Response> {
  const body = JSON.stringify(
    JSON.parse(await response.text(), (name, value: unknown) => AS_ASKED[name] ?? value),
  );
  const date = new Date(month.end).toUTCString();
  return new Response(body, {
    status: response.status,
    headers: { 'content-type': 'application/json', date },
  });
}

for (const kind of ['fixed', 'dynamic'] as const) {
  const rounds = kind === 'fixed' ? 1 : DYNAMIC_ROUNDS;
  const server = (): Prism => (kind === 'fixed' ? fixed : dynamic);

  test(`${kind}: every documented summary is read, with every figure`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const { billed, levels } = await client(server()).summary(month);
      assert.equal(Object.keys(billed).length, 4);
      assert.equal(Object.keys(levels).length, 2);
    }
  });

  test(`${kind}: every documented breakdown is read, row by row`, async () => {
    let rows = 0;
    for (let round = 0; round < rounds; round += 1) {
      const compute = await client(server()).rows('computeHours', { period: month });
      const storage = await client(server()).rows('storage', { period: month, machineId: 'm' });
      const buckets = [...bucketsIn(compute, 'compute'), ...bucketsIn(storage, 'storage')];
      for (const { subjectId: machineId, start, end, quantities } of buckets) {
        assert.equal(typeof machineId, 'string');
        assert.ok(Number.isFinite(start) && Number.isFinite(end));
        assert.ok(Object.values(quantities).every((amount) => Number.isInteger(Number(amount))));
        rows += 1;
      }
    }
    assert.ok(rows > 0);
  });
}

test('a machine list whose example never ends is stopped', async () => {
  assert.deepEqual(await failureOf(client(fixed).machines()), {
    kind: 'malformed',
    path: 'reply.next_cursor',
    expected: 'lastPage',
  });
});

const replies: [string, Failure['kind']][] = [
  ['code=400', 'refused'],
  ['code=401, example=invalid_key', 'keyRejected'],
  ['code=403, example=org_mismatch', 'organisationMismatch'],
  ['code=403, example=scope_forbidden', 'forbidden'],
  ['code=500', 'serverError'],
  ['code=502', 'serverError'],
];
for (const [prefer, kind] of replies) {
  test(`the documented reply "${prefer}" becomes ${kind}`, async () => {
    assert.equal((await failureOf(client(fixed, prefer).summary(month))).kind, kind);
  });
}
