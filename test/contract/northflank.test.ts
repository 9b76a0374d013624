import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { NorthflankClient } from '../../src/providers/northflank/client';
import type { SpendNode } from '../../src/usage/bucket';
import type { Failure } from '../../src/usage/failure';
import type { MoneyRule } from '../../src/usage/meter';
import { dayPeriod } from '../../src/usage/time';
import { fixture } from '../fixtures/files';
import { accessTo } from '../support/access';
import { failureOf } from '../unit/http/helpers';
import { bucketsIn } from '../unit/usage/builders';
import { type Prism, startPrism } from './prism';
import { prismHttp } from './prismClient';

/*
 * The client against a server that nobody here wrote: Prism answers from the OpenAPI file, once with the same short replies
 * and once with whatever the schemas allow.
 */
const specPath = fixture('api/northflank.openapi.yaml');
const day = dayPeriod('2026-11-03');
const DYNAMIC_ROUNDS = 25;

let fixed: Prism;
let dynamic: Prism;
before(async () => {
  fixed = await startPrism({ specPath, dynamic: false });
  dynamic = await startPrism({ specPath, dynamic: true });
});
after(() => Promise.all([fixed.close(), dynamic.close()]));

interface Choices {
  readonly prefer?: string;
  readonly organisationId?: string;
  readonly moneyRule?: MoneyRule;
  /** Whether bodies are left as they are. */
  readonly raw?: boolean;
}

function client({ url }: Prism, { prefer, organisationId, moneyRule, raw }: Choices = {}): NorthflankClient {
  const http = prismHttp({
    prefer,
    settle: async (response) => {
      const body = await response.text();
      // Without its headers: a made-up limit may say that no requests are left.
      return new Response(raw === true ? body : settled(body), { status: response.status });
    },
  });
  const more = { organisationId, ...(moneyRule === undefined ? {} : { moneyRule }) };
  return new NorthflankClient(accessTo(url, { http, key: 'any', ...more }));
}

/**
 * The schemas call a time any number, and a page that is followed by itself is as good as another: both are put right, and each
 * entry has an hour of its own. They also allow a reply without data, and a count of anything: such a reply covers nothing, so
 * the data is there, and is counted.
 */
function settled(body: string): string {
  const reply = JSON.parse(body) as Reply;
  const start = day.start / 1000;
  const usage = (reply.data?.usage ?? []).map((entry, at) => ({ ...entry, timestamp: start + at * 3600 }));
  return JSON.stringify({
    ...reply,
    data: { ...reply.data, usage, timestamp: start },
    pagination: { ...reply.pagination, hasNextPage: false, count: usage.length },
  });
}

interface Reply {
  readonly data?: { readonly usage?: readonly object[] };
  readonly pagination?: object;
}

function kindsIn(nodes: readonly SpendNode[] | undefined): string[] {
  return (nodes ?? []).flatMap(({ kind, children }) => [kind, ...kindsIn(children)]);
}

for (const organisationId of [undefined, 'a-team']) {
  const team = organisationId === undefined ? {} : { organisationId };
  const name = organisationId === undefined ? 'the account' : 'a team';

  test(`${name}: every documented list is read, under every rule for money`, async () => {
    const meters = new Set<string>();
    for (let round = 0; round < DYNAMIC_ROUNDS; round += 1) {
      for (const moneyRule of ['auto', 'cents', 'major'] as const) {
        const server = round === 0 ? fixed : dynamic;
        const rows = await client(server, { ...team, moneyRule }).rows('spend', { period: day });
        for (const { quantities } of bucketsIn(rows, 'usage')) {
          assert.ok(Object.values(quantities).every((amount) => Number.isInteger(Number(amount))));
          for (const meter of Object.keys(quantities)) {
            meters.add(meter);
          }
        }
      }
    }
    assert.deepEqual([...meters].sort(), ['byoc.cents', 'byoc.major', 'paas.cents', 'paas.major']);
  });

  test(`${name}: every documented hour is read, down to its resources`, async () => {
    const kinds = new Set<string>();
    for (let round = 0; round < DYNAMIC_ROUNDS; round += 1) {
      const server = round === 0 ? fixed : dynamic;
      const filters = { teamId: 't', projectId: 'p', resourceType: 'addon' };
      const { nodes, start } = await client(server, team).hour({ start: day.start, ...filters });
      assert.equal(start, day.start);
      for (const kind of kindsIn(nodes)) {
        kinds.add(kind);
      }
    }
    assert.deepEqual([...kinds].sort(), ['project', 'resource', 'resourceType', 'team']);
  });
}

test('a list whose example counts what it does not have is no answer, nor is an hour of another time', async () => {
  const raw = client(fixed, { raw: true });
  assert.deepEqual(await failureOf(raw.rows('spend', { period: day })), {
    kind: 'malformed',
    path: 'reply.pagination.count',
    expected: 'entryCount',
  });
  assert.equal((await failureOf(raw.hour({ start: day.start }))).kind, 'malformed');
});

const replies: [string, Failure['kind']][] = [
  ['code=401', 'keyRejected'],
  ['code=403', 'forbidden'],
  ['code=404', 'notFound'],
  ['code=429', 'rateLimited'],
  ['code=500', 'serverError'],
];
for (const [prefer, kind] of replies) {
  test(`the documented reply "${prefer}" becomes ${kind}`, async () => {
    for (const server of [fixed, dynamic]) {
      const from = client(server, { prefer, raw: true });
      assert.equal((await failureOf(from.check())).kind, kind);
      assert.equal((await failureOf(from.hour({ start: day.start }))).kind, kind);
    }
  });
}
