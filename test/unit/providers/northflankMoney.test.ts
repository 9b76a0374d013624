import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { MONEY_KEYS, type MoneyKey, moneyUnit } from '../../../src/providers/northflank/money';
import { readUsageHour } from '../../../src/providers/northflank/wire';
import { sum } from '../../../src/usage/amount';
import { decimalAmount } from '../../../src/usage/decimal';
import { type MeterId, meterOf, type MoneyRule } from '../../../src/usage/meter';
import { CENT, entry, list, rowsOf, RULES, SECONDS, thrown } from './northflankReplies';

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
