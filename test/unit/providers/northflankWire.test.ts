import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { MONEY_KEYS, type MoneyKey, moneyUnit } from '../../../src/providers/northflank/money';
import { toDays, toHourSpend } from '../../../src/providers/northflank/normalise';
import { quotaExhaustedUntil } from '../../../src/providers/northflank/quota';
import { readVendorError } from '../../../src/providers/northflank/vendorError';
import { readUsageHour, readUsageList } from '../../../src/providers/northflank/wire';
import { sum } from '../../../src/usage/amount';
import type { Quantities, SpendNode, UsageBucket } from '../../../src/usage/bucket';
import { decimalAmount } from '../../../src/usage/decimal';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { type MeterId, meterOf, type MoneyRule } from '../../../src/usage/meter';
import { dayPeriod, HOUR } from '../../../src/usage/time';
import { bucketsIn } from '../usage/builders';

const DAY = dayPeriod('2026-11-03');
const SECONDS = DAY.start / 1000;
const CENT = 10 ** 8;
const RULES: readonly MoneyRule[] = ['auto', 'cents', 'major'];
const NO_FILTERS = { teamId: undefined, projectId: undefined, resourceType: undefined };

const PAGE = 100;
/** The day has long closed. */
const ANSWERED_AT = DAY.end + 10 * HOUR;

function list(...usage: object[]): object {
  return { data: { usage }, pagination: { hasNextPage: false, count: usage.length } };
}

function entry(more: object): object {
  return { timestamp: SECONDS, ...more };
}

/** Undefined where the pages do not cover the day. */
function bucketsOf(replies: readonly unknown[], rule: MoneyRule = 'auto'): UsageBucket[] | undefined {
  const pages = replies.map((reply) => ({
    ...readUsageList(reply, rule, PAGE),
    answeredAt: ANSWERED_AT,
  }));
  const days = toDays(pages, DAY);
  return days.size === 0 ? undefined : bucketsIn(days, 'usage');
}

/** What a reply's rows are, by category. */
function rowsOf(reply: unknown, rule: MoneyRule = 'auto'): Record<string, Quantities> {
  const buckets = bucketsOf([reply], rule) ?? [];
  return Object.fromEntries(buckets.map(({ subjectId: machineId, quantities }) => [machineId, quantities]));
}

function nodesOf(...pages: object[][]): readonly SpendNode[] {
  const hours = pages.flatMap((teams) => readUsageHour(hour({ paasUsage: { teams } }), 'auto').items);
  return toHourSpend(hours, DAY.start, NO_FILTERS).nodes;
}

function hour(more: object): object {
  return { data: { timestamp: SECONDS, ...more } };
}

function thrown(work: () => unknown): Failure {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.failure;
  }
  return assert.fail('it did not fail');
}

const aRule = fc.constantFrom(...RULES);
const aKey = fc.constantFrom<MoneyKey>(...MONEY_KEYS.paas, ...MONEY_KEYS.byoc);
const aCurrency = fc.constantFrom(undefined, 'USD', 'EUR');

test('the unit of money: cents by the old keys, the currency by the new ones, a person’s word before both', () => {
  const cases: [MoneyRule, MoneyKey, string | undefined, string | undefined][] = [
    ['auto', 'paasUsage', undefined, 'cents'],
    ['auto', 'byocUsage', 'USD', 'cents'],
    ['auto', 'paas', 'USD', 'USD'],
    ['auto', 'byoc', 'EUR', 'EUR'],
    ['auto', 'paas', undefined, undefined],
    ['cents', 'paas', 'USD', 'cents'],
    ['cents', 'paasUsage', undefined, 'cents'],
    ['major', 'paasUsage', undefined, 'major'],
    ['major', 'paasUsage', 'USD', 'USD'],
    ['major', 'byoc', undefined, 'major'],
  ];
  for (const [rule, key, currency, unit] of cases) {
    assert.equal(
      moneyUnit(rule, key, () => currency),
      unit,
      JSON.stringify([rule, key, currency]),
    );
  }
});

test('a unit is known whenever a person has said one, and is never another than what was said', () => {
  fc.assert(
    fc.property(aRule, aKey, aCurrency, (rule, key, currency) => {
      const unit = moneyUnit(rule, key, () => currency);
      const inCents = rule === 'cents' || (rule === 'auto' && key.endsWith('Usage'));
      assert.equal(unit === 'cents', inCents);
      assert.equal(unit === undefined, rule === 'auto' && !inCents && currency === undefined);
      assert.ok(inCents || unit === undefined || unit === (currency ?? 'major'));
    }),
  );
});

test('the size of a price never changes its unit', () => {
  fc.assert(
    fc.property(aRule, aKey, fc.double({ noNaN: true, noDefaultInfinity: true }), (rule, key, cpu) => {
      const meters = (price: object): string[] =>
        Object.values(rowsOf(list(entry({ currency: 'usd', [key]: { price } })), rule)).flatMap(Object.keys);
      assert.deepEqual(new Set(meters({ total: cpu })), new Set(meters({ total: 1 })));
    }),
  );
});

test('a fraction of a cent is kept, also where doubles would not add up', () => {
  const price = { total: 0.6, cpu: 0.1, memory: 0.2, storage: 0.3, gpu: 0 };
  assert.deepEqual(rowsOf(list(entry({ paasUsage: { price } }))), {
    cpu: { 'paas.cents': 10_000_000 },
    memory: { 'paas.cents': 20_000_000 },
    storage: { 'paas.cents': 30_000_000 },
    gpu: { 'paas.cents': 0 },
  });
});

test('prices of the newer guide are kept in the currency’s whole units', () => {
  const reply = list(entry({ currency: 'usd', paas: { price: { total: 69.22, cpu: 69.22 } } }));
  assert.deepEqual(rowsOf(reply), { cpu: { 'paas.USD': 692_200_000_000 } });
});

test('both kinds of money that one category has stand in one row', () => {
  const reply = list(
    entry({
      paasUsage: { price: { total: 3, memory: 3 } },
      byocUsage: { price: { total: 9, vcpu: 2, memory: 1, gpuMemory: 4, cluster: 2 } },
    }),
  );
  assert.deepEqual(rowsOf(reply), {
    memory: { 'paas.cents': 3 * CENT, 'byoc.cents': CENT },
    vcpu: { 'byoc.cents': 2 * CENT },
    gpuMemory: { 'byoc.cents': 4 * CENT },
    cluster: { 'byoc.cents': 2 * CENT },
  });
});

test('what a total has beyond its categories, or lacks, is a category of its own', () => {
  const other = (price: object): unknown => rowsOf(list(entry({ paasUsage: { price } })))['other'];
  assert.deepEqual(other({ total: 10, cpu: 4 }), { 'paas.cents': 6 * CENT });
  assert.deepEqual(other({ total: 1, cpu: 4 }), { 'paas.cents': -3 * CENT });
  assert.deepEqual(other({ total: 10, commitments: 10 }), { 'paas.cents': 10 * CENT });
  assert.deepEqual(other({ total: 0 }), { 'paas.cents': 0 });
  assert.equal(other({ total: 4, cpu: 4 }), undefined);
  assert.equal(other({ cpu: 4 }), undefined);
  assert.equal(other({}), undefined);
});

const aPrice = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }),
  fc.integer({ min: 0, max: 10 ** 12 }).map((millionths) => millionths / 10 ** 6),
  fc.bigInt({ min: 0n, max: 2n ** 70n }),
);
const maybe = { requiredKeys: [] as [] };
const somePrices = fc.record(
  { total: aPrice, cpu: aPrice, memory: aPrice, storage: aPrice, gpu: aPrice },
  maybe,
);

test('the rows of an hour add up to the vendor’s total exactly, whatever its categories', () => {
  fc.assert(
    fc.property(somePrices, aRule, fc.constantFrom('paasUsage', 'paas'), (price, rule, key) => {
      const rows = Object.values(rowsOf(list(entry({ currency: 'usd', [key]: { price } })), rule));
      const amounts = rows.flatMap((quantities) => Object.entries(quantities) as [MeterId, bigint][]);
      const categories = Object.keys(price).filter((name) => name !== 'total');
      if (price.total === undefined) {
        assert.equal(amounts.length, categories.length);
        return;
      }
      const [[meter] = ['paas.cents' as MeterId]] = amounts;
      const total = decimalAmount(price.total, meterOf(meter).decimals);
      assert.equal(sum(amounts.map(([, amount]) => amount)), total);
    }),
  );
});

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

test('thirds of a cent make no category', () => {
  const third = 1 / 3;
  assert.deepEqual(
    rowsOf(list(entry({ paasUsage: { price: { total: 1, cpu: third, memory: third, storage: third } } }))),
    {
      cpu: { 'paas.cents': 33_333_334 },
      memory: { 'paas.cents': 33_333_333 },
      storage: { 'paas.cents': 33_333_333 },
    },
  );
  const sixths = { total: 2 / 3, cpu: 1 / 6, memory: 1 / 2 };
  assert.deepEqual(Object.keys(rowsOf(list(entry({ paasUsage: { price: sixths } })))), ['cpu', 'memory']);
  const real = rowsOf(list(entry({ paasUsage: { price: { total: 1, cpu: 0.999 } } })));
  assert.deepEqual(real['other'], { 'paas.cents': 100_000 });
});

test('the nearest currency counts: of the entry, of the data, of the reply', () => {
  const usage = [entry({ paas: { price: { cpu: 1 } } })];
  const own = [entry({ paas: { price: { cpu: 1 } }, currency: 'gbp' })];
  const meters = (reply: object): string[] => Object.keys(rowsOf(reply)['cpu'] ?? {});
  assert.deepEqual(meters({ data: { usage }, currency: 'usd' }), ['paas.USD']);
  assert.deepEqual(meters({ data: { usage, currency: 'eur' }, currency: 'usd' }), ['paas.EUR']);
  assert.deepEqual(meters({ data: { usage: own, currency: 'eur' }, currency: 'usd' }), ['paas.GBP']);
  const inHour = (reply: object): unknown => readUsageHour(reply, 'auto').items[0]?.paas?.meter;
  const data = { timestamp: SECONDS, paas: { price: { total: 1 }, teams: [] } };
  assert.equal(inHour({ data, currency: 'usd' }), 'paas.USD');
  assert.equal(inHour({ data: { ...data, currency: 'eur' }, currency: 'usd' }), 'paas.EUR');
});

test('a currency is looked at where it counts, and nowhere else', () => {
  const odd = list(entry({ paasUsage: { price: { cpu: 1 } }, currency: 7 }));
  assert.deepEqual(rowsOf(odd), { cpu: { 'paas.cents': CENT } });
  assert.deepEqual(rowsOf(odd, 'cents'), { cpu: { 'paas.cents': CENT } });
  assert.equal(thrown(() => rowsOf(odd, 'major')).kind, 'malformed');
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
