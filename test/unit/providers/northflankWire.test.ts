import assert from 'node:assert/strict';
import test from 'node:test';
import { toDays } from '../../../src/providers/northflank/normalise';
import { quotaExhaustedUntil } from '../../../src/providers/northflank/quota';
import { readVendorError } from '../../../src/providers/northflank/vendorError';
import { readUsageHour, readUsageList } from '../../../src/providers/northflank/wire';
import { HOUR } from '../../../src/usage/time';
import { bucketsIn } from '../usage/builders';
import {
  ANSWERED_AT,
  bucketsOf,
  CENT,
  DAY,
  entry,
  hour,
  list,
  nodesOf,
  PAGE,
  rowsOf,
  SECONDS,
  thrown,
} from './northflankReplies';

test('an hour without a price is not known, and so its day is not; a reply without an hour is an empty day', () => {
  const unpriced = [
    list(entry({})),
    list(entry({ paasUsage: {}, byocUsage: null })),
    list(entry({ paasUsage: {}, byocUsage: { price: { total: 1 } } })),
    list(
      entry({ paasUsage: { price: { total: 2, cpu: 1 } } }),
      entry({ timestamp: SECONDS + 3600, paasUsage: { price: { cpu: 1 } } }), // what its total has beyond, nobody told
    ),
  ];
  for (const reply of unpriced) {
    assert.equal(bucketsOf([reply]), undefined, JSON.stringify(reply));
  }
  // Where no entry has a total, a price without categories is of nothing.
  assert.deepEqual(bucketsOf([list(entry({ paasUsage: { price: {} } }))]), []);
  assert.deepEqual(bucketsOf([list(entry({ paasUsage: { price: { cpu: null } } }))]), []);
  const none = { hasNextPage: false, count: 0 };
  for (const reply of [
    list(),
    { pagination: none },
    { data: {}, pagination: none },
    { data: { usage: [] } },
  ]) {
    assert.deepEqual(bucketsOf([reply]), [], JSON.stringify(reply));
  }
});

test('a reply without its list covers nothing, unless it counts none', () => {
  const replies = [
    {},
    { data: null },
    { data: {} },
    { error: { message: 'later' } },
    { data: { entries: [] }, pagination: { hasNextPage: false, count: 24 } },
    { pagination: { hasNextPage: false, count: 1 } }, // the documented sample
    { pagination: { hasNextPage: false } },
  ];
  for (const reply of replies) {
    assert.deepEqual(
      thrown(() => readUsageList(reply, 'auto', PAGE)),
      { kind: 'malformed', path: 'reply.data.usage', expected: 'list' },
      JSON.stringify(reply),
    );
    assert.equal(thrown(() => readUsageHour(reply, 'auto')).kind, 'malformed', JSON.stringify(reply));
  }
  assert.deepEqual(readUsageHour({ pagination: { count: 0 } }, 'auto').items, [
    { start: undefined, paas: undefined, byoc: undefined, teams: [] },
  ]);
});

test('a page has as many entries as it counts', () => {
  for (const count of [0, 1, 3]) {
    const reply = {
      data: { usage: [entry({}), entry({ timestamp: SECONDS + 3600 })] },
      pagination: { hasNextPage: false, count },
    };
    assert.deepEqual(
      thrown(() => readUsageList(reply, 'auto', PAGE)),
      { kind: 'malformed', path: 'reply.pagination.count', expected: 'entryCount' },
    );
  }
});

test('a full page says whether another follows; a short one is the last', () => {
  const usage = Array.from({ length: 24 }, (_, at) => entry({ timestamp: SECONDS + 3600 * at }));
  const next = (pagination: unknown, perPage: number): unknown =>
    readUsageList({ data: { usage }, pagination }, 'auto', perPage).next;
  const refused = { kind: 'malformed', path: 'reply.pagination.hasNextPage', expected: 'flag' };
  assert.equal(next({ hasNextPage: false, count: 24 }, 24), undefined);
  assert.equal(next({ hasNextPage: false, cursor: 'c' }, 25), undefined);
  assert.equal(next(undefined, 25), undefined);
  assert.equal(next({ hasNextPage: true, cursor: 'c' }, 24), 'c');
  for (const pagination of [undefined, { count: 24 }, { hasNextPage: false, cursor: 'c' }]) {
    assert.deepEqual(
      thrown(() => next(pagination, 24)),
      refused,
    );
  }
});

test('both halves of an hour count, on one page and on two', () => {
  const paas = entry({ paasUsage: { price: { total: 334, cpu: 334 } } });
  const byoc = entry({ byocUsage: { price: { total: 323, vcpu: 323 } } });
  const whole = { cpu: { 'paas.cents': 334 * CENT }, vcpu: { 'byoc.cents': 323 * CENT } };
  assert.deepEqual(rowsOf(list(paas, byoc)), whole);
  assert.deepEqual(rowsOf(list(byoc, paas))['cpu'], whole.cpu);
  const onTwo = bucketsOf([list(paas), list(byoc)]) ?? [];
  assert.deepEqual(
    onTwo.map(({ subjectId: machineId, quantities }) => [machineId, quantities]),
    Object.entries(whole),
  );
});

test('the same entry twice counts once; two prices of one hour contradict each other', () => {
  const one = entry({ paasUsage: { price: { total: 5, cpu: 5 } } });
  assert.deepEqual(rowsOf(list(one, one)), { cpu: { 'paas.cents': 5 * CENT } });
  const other = entry({ paasUsage: { price: { total: 6, cpu: 6 } } });
  assert.deepEqual(
    thrown(() => rowsOf(list(one, other))),
    { kind: 'malformed', path: 'reply.data.usage[1]', expected: 'onlyOne' },
  );
});

test('an hour that was not asked for, or that is still to come, contradicts the question', () => {
  const at = (seconds: number): object => entry({ timestamp: seconds, paasUsage: { price: { cpu: 1 } } });
  const refused = (index: number): object => ({
    kind: 'malformed',
    path: `reply.data.usage[${index}].timestamp`,
    expected: 'inPeriod',
  });
  for (const seconds of [SECONDS - 1, SECONDS + 86_400, 2 ** 53 - 1, SECONDS * 1000]) {
    assert.deepEqual(
      thrown(() => rowsOf(list(at(SECONDS), at(seconds)))),
      refused(1),
    );
  }
  assert.equal(bucketsOf([list(at(SECONDS), at(SECONDS + 86_399))])?.length, 2);
  const early = { ...readUsageList(list(at(SECONDS + 7200)), 'auto', PAGE), answeredAt: DAY.start + HOUR };
  assert.deepEqual(
    thrown(() => toDays([early], DAY)),
    refused(0),
  );
});

test('hours come in order of time, whatever the order of the pages, and all days of the period are known', () => {
  const at = (hours: number): object =>
    entry({ timestamp: SECONDS + 3600 * hours, paasUsage: { price: { cpu: hours } } });
  const period = { start: DAY.start, end: DAY.end + 24 * HOUR };
  const pages = [list(at(30), at(2)), list(at(1))].map((reply) => ({
    ...readUsageList(reply, 'auto', PAGE),
    answeredAt: ANSWERED_AT,
  }));
  const days = toDays(pages, period);
  assert.deepEqual([...days.keys()], ['2026-11-03', '2026-11-04']);
  assert.deepEqual(
    bucketsIn(days, 'usage').map(({ start, end }) => [(start - DAY.start) / HOUR, (end - DAY.start) / HOUR]),
    [
      [1, 2],
      [2, 3],
      [30, 31],
    ],
  );
});

test('an hour of which one page has usage without a price is not known, whatever the next page has', () => {
  const pages = [
    list(entry({ paasUsage: {} })),
    list(entry({ byocUsage: { price: { total: 1, vcpu: 1 } } })),
  ];
  assert.equal(bucketsOf(pages), undefined);
  assert.equal(bucketsOf(pages.toReversed()), undefined);
});

const HOSTILE = ['text', true, [], {}, Number.POSITIVE_INFINITY, Number.NaN];
const PRICED = { price: { cpu: 1 } };

const malformed: [string, unknown, string][] = [
  ['a list in its place', [], 'reply'],
  ['data that is a list', { data: [] }, 'reply.data'],
  ['usage that is no list', { data: { usage: {} } }, 'reply.data.usage'],
  ['an entry that is none', { data: { usage: [7] } }, 'reply.data.usage[0]'],
  ['an entry without a time', list({}), 'reply.data.usage[0].timestamp'],
  ['a time as a text', list(entry({ timestamp: '1793664000' })), 'reply.data.usage[0].timestamp'],
  ['half a second', list(entry({ timestamp: SECONDS + 0.5 })), 'reply.data.usage[0].timestamp'],
  ['a time beyond all times', list(entry({ timestamp: 2n ** 60n })), 'reply.data.usage[0].timestamp'],
  ['usage that is a number', list(entry({ paasUsage: 7 })), 'reply.data.usage[0].paasUsage'],
  [
    'a price that is a number',
    list(entry({ byocUsage: { price: 7 } })),
    'reply.data.usage[0].byocUsage.price',
  ],
  ['new keys without a currency', list(entry({}), entry({ paas: PRICED })), 'reply.data.usage[1].currency'],
  [
    'a currency of four letters',
    list(entry({ byoc: PRICED, currency: 'euro' })),
    'reply.data.usage[0].currency',
  ],
  ['a currency that is none', { ...list(entry({ paas: PRICED })), currency: '€' }, 'reply.currency'],
  ['pagination that is a text', { pagination: 'none' }, 'reply.pagination'],
  [
    'a flag that is a text',
    { ...list(), pagination: { hasNextPage: 'false' } },
    'reply.pagination.hasNextPage',
  ],
  [
    'a cursor that is a number',
    { ...list(), pagination: { hasNextPage: true, cursor: 7 } },
    'reply.pagination.cursor',
  ],
  ['a count that is a text', { ...list(), pagination: { count: '0' } }, 'reply.pagination.count'],
];
for (const [name, reply, path] of malformed) {
  test(`the list: ${name} is refused, and says where`, () => {
    const failure = thrown(() => readUsageList(reply, 'auto', PAGE));
    assert.equal(failure.kind, 'malformed');
    assert.equal(failure.path, path);
  });
}

for (const value of HOSTILE) {
  test(`a price of ${JSON.stringify(value)} is refused`, () => {
    const failure = thrown(() => rowsOf(list(entry({ paasUsage: { price: { cpu: value } } }))));
    assert.deepEqual(failure, {
      kind: 'malformed',
      path: 'reply.data.usage[0].paasUsage.price.cpu',
      expected: 'number',
    });
  });
}

const malformedHours: [string, object, string][] = [
  ['no time', { timestamp: undefined }, 'reply.data.timestamp'],
  ['no list of teams', { paasUsage: {} }, 'reply.data.paasUsage.teams'],
  ['a team without an id', { paasUsage: { teams: [{}] } }, 'reply.data.paasUsage.teams[0].id'],
  [
    'a type of resource without its name',
    { paasUsage: { teams: [{ id: 't', projects: [{ id: 'p', resourceTypes: [{}] }] }] } },
    'reply.data.paasUsage.teams[0].projects[0].resourceTypes[0].resourceType',
  ],
  ['new keys without a currency', { paas: { teams: [] } }, 'reply.data.currency'],
];
for (const [name, more, path] of malformedHours) {
  test(`an hour: ${name} is refused, and says where`, () => {
    const failure = thrown(() => readUsageHour(hour(more), 'auto'));
    assert.equal(failure.kind, 'malformed');
    assert.equal(failure.path, path);
  });
}

test('texts of the vendor are only ever texts', () => {
  const id = '__proto__';
  const projects = [
    { id: 'constructor', resourceTypes: [{ resourceType: 'toString', resources: [{ id }] }] },
  ];
  const [team] = nodesOf([{ id, name: 'T', projects }]);
  assert.equal(team?.id, id);
  const [project] = team.children ?? [];
  const [type] = project?.children ?? [];
  assert.deepEqual([project?.name, type?.name, type?.children?.[0]?.id], ['constructor', 'toString', id]);
  const hidden: unknown = JSON.parse('{"__proto__":{"data":{"usage":[]}}}');
  assert.equal(thrown(() => rowsOf(hidden)).kind, 'malformed');
});

test('nodes come by price, the dearest first, unknown prices last, then by name', () => {
  const team = (name: string, total?: number): object => ({
    ...{ id: `id-${name}`, name },
    price: total === undefined ? {} : { total },
  });
  const nodes = nodesOf([
    team('d'),
    team('c', 1),
    team('b', 1),
    team('e', 20),
    team('a'),
    { id: 'f', name: 'f' },
  ]);
  assert.deepEqual(
    nodes.map(({ name }) => name),
    ['e', 'b', 'c', 'a', 'd', 'f'],
  );
});

test('pages are put together level by level, with the prices of the first', () => {
  const page = (total: number, project: string, resource: string): object[] => [
    {
      ...{ id: 't', name: 'T', price: { total } },
      projects: [
        {
          id: project,
          resourceTypes: [{ resourceType: 'job', price: { total }, resources: [{ id: resource }] }],
        },
      ],
    },
  ];
  const [team, ...others] = nodesOf(page(5, 'p', 'a'), page(6, 'p', 'b'), page(7, 'q', 'c'));
  assert.deepEqual(others, []);
  assert.equal(team?.price?.total, 5 * CENT);
  const names = (team.children ?? []).map(({ id, children = [] }) => [
    id,
    children.map(({ price, children: resources = [] }) => [price?.total, resources.map((one) => one.id)]),
  ]);
  assert.deepEqual(names, [
    ['p', [[5 * CENT, ['a', 'b']]]],
    ['q', [[7 * CENT, ['c']]]],
  ]);
});

test('an error is told in its message; what has none is in no documented form', () => {
  const error = { status: 404, message: 'Not found', id: 'x', details: {} };
  assert.deepEqual(readVendorError({ error }), { message: 'Not found' });
  assert.equal(readVendorError({ error: { status: 404 } }), undefined);
  assert.equal(readVendorError({}), undefined);
});

test('requests are spent when none remain, until the reset that the headers tell', () => {
  const until = (headers: Record<string, string>): number | undefined =>
    quotaExhaustedUntil(new Headers(headers), 1000);
  const reset = { 'x-ratelimit-reset': '90' };
  assert.equal(until({ 'x-ratelimit-remaining': '0', ...reset }), 91_000);
  assert.equal(until({ 'x-ratelimit-remaining': '1', ...reset }), undefined);
  assert.equal(until({ 'x-ratelimit-remaining': '', ...reset }), undefined);
  assert.equal(until(reset), undefined);
  assert.equal(until({ 'x-ratelimit-remaining': '0' }), undefined);
  assert.equal(until({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }), undefined);
  assert.equal(until({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '999999999' }), 1000 + 24 * HOUR);
  const dated = { 'x-ratelimit-remaining': '0', date: 'Sat, 21 Nov 2026 00:00:00 GMT' };
  for (const time of ['1795219290', '1795219290000', '2026-11-21T00:01:30Z']) {
    assert.equal(until({ ...dated, 'x-ratelimit-reset': time }), 91_000, `by the vendor’s clock: ${time}`);
  }
});
