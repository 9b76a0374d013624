import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { DedalusClient } from '../../src/providers/dedalus/client';
import type { StartFold } from '../../src/providers/fold';
import { inlineFold } from '../../src/providers/folds';
import type { Failure } from '../../src/usage/failure';
import { monthToDate, utcDay } from '../../src/usage/time';
import { fixture } from '../fixtures/files';
import { accessTo } from '../support/access';
import { bucketsIn } from '../unit/usage/builders';
import { failureOf } from '../unit/http/helpers';
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
  const http = prismHttp({ prefer });
  return new DedalusClient(accessTo(url, { http, key: 'any-key', fold: foldOfAllDays }));
}

/** The dates of made-up rows are of any year: their days are looked for in the reply. */
const foldOfAllDays: StartFold = (kind) => {
  const fold = inlineFold(kind);
  const chunks: Uint8Array[] = [];
  return {
    push: (bytes) => {
      chunks.push(bytes);
      return fold.push(bytes);
    },
    end: async () => {
      const { rows } = JSON.parse(Buffer.concat(chunks).toString()) as {
        rows: { bucket_start: string }[] | null;
      };
      const starts = (rows ?? []).map((row) => Date.parse(row.bucket_start));
      const days = await fold.end([...new Set(starts.map(utcDay))]);
      assert.equal(bucketsIn(days, 'compute').length, starts.length);
      return days;
    },
    cancel: () => {
      fold.cancel();
    },
  };
};

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
      for (const { machineId, start, end, quantities } of buckets) {
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
