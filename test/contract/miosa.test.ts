import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { MiosaClient } from '../../src/providers/miosa/client';
import type { Grouping } from '../../src/usage/account';
import type { Failure } from '../../src/usage/failure';
import { dayPeriod, monthToDate } from '../../src/usage/time';
import { fixture } from '../fixtures/files';
import { accessTo } from '../support/access';
import { failureOf } from '../unit/http/helpers';
import { type Prism, startPrism } from './prism';
import { prismHttp } from './prismClient';

/*
 * The client against a server that nobody here wrote: Prism answers from the OpenAPI file, once with the examples of the
 * file and once with whatever the schemas allow.
 */
const specPath = fixture('api/miosa.openapi.yaml');
const NOW = Date.UTC(2026, 10, 20);
const month = monthToDate(NOW);
const GROUPINGS: readonly Grouping[] = ['external_user_id', 'external_project_id', 'workspace_id'];
const DYNAMIC_ROUNDS = 25;

let fixed: Prism;
let dynamic: Prism;
before(async () => {
  fixed = await startPrism({ specPath, dynamic: false });
  dynamic = await startPrism({ specPath, dynamic: true });
});
after(() => Promise.all([fixed.close(), dynamic.close()]));

function client({ url }: Prism, prefer?: string, grouping?: Grouping): MiosaClient {
  const http = prismHttp({ prefer, settle: answering });
  return new MiosaClient(accessTo(url, { http, key: 'msk_any', grouping, now: () => NOW }));
}

/** The schemas call a currency any text, and a period any time: a made-up one is none, and no month to date. */
async function answering(response: Response): Promise<Response> {
  const reply = (await response.json()) as Readonly<Record<string, unknown>>;
  const [start, end] = [month.start, month.end].map((at) => new Date(at).toISOString());
  const day = (text = ''): string => text.slice(0, 10);
  const body = {
    ...reply,
    ...('currency' in reply ? { currency: 'usd' } : {}),
    ...('period_start' in reply ? { period_start: start, period_end: end } : {}),
    ...('period' in reply ? { period: { start: day(start), end: day(end) } } : {}),
  };
  const date = new Date(NOW).toUTCString();
  return Response.json(body, { status: response.status, headers: { ...headersOf(response), date } });
}

/** A limit tells how long to wait. */
function headersOf({ headers }: Response): Record<string, string> {
  const wait = headers.get('retry-after');
  return wait === null ? {} : { 'retry-after': wait };
}

for (const example of ['rollup', 'lineItems']) {
  test(`the documented example "${example}" is read in every grouping`, async () => {
    for (const grouping of GROUPINGS) {
      const { groups, used = {} } = await client(fixed, `example=${example}`, grouping).summary(month);
      assert.ok((groups?.groups.length ?? 0) > 0);
      assert.equal(Object.keys(used).length, example === 'rollup' ? 4 : 3);
    }
  });

  test(`the documented example "${example}", of a month, is not taken for a day`, async () => {
    const rows = client(fixed, `example=${example}`).rows('byUser', { period: dayPeriod('2026-05-02') });
    assert.deepEqual(await failureOf(rows), {
      kind: 'malformed',
      path: 'reply.period',
      expected: 'asAsked',
    });
  });
}

test('whatever the schemas allow is read, in both forms', async () => {
  const meters = new Set<string>();
  for (let round = 0; round < DYNAMIC_ROUNDS; round += 1) {
    for (const grouping of GROUPINGS) {
      const { groups, used = {} } = await client(dynamic, undefined, grouping).summary(month);
      const all = [used, ...(groups?.groups ?? []).map(({ quantities }) => quantities)];
      for (const [meter, amount] of all.flatMap((quantities) => Object.entries(quantities))) {
        assert.ok(Number.isInteger(Number(amount)));
        meters.add(meter);
      }
    }
  }
  assert.ok(meters.has('credit_cents') && meters.has('spend.USD'));
});

const replies: [string, Failure['kind']][] = [
  ['code=401', 'keyRejected'],
  ['code=402', 'outOfCredits'],
  ['code=422', 'refused'],
  ['code=429', 'rateLimited'],
];
for (const [prefer, kind] of replies) {
  test(`the documented reply "${prefer}" becomes ${kind}`, async () => {
    for (const server of [fixed, dynamic]) {
      assert.equal((await failureOf(client(server, prefer).check())).kind, kind);
    }
  });
}
