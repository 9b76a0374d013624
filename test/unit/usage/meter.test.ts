import assert from 'node:assert/strict';
import test from 'node:test';
import { moneyRuleOf } from '../../../src/insights/export/meters';
import { compareMeters, isMeterId, isMoney, type MeterId, meterOf } from '../../../src/usage/meter';

test('money in each unit is a meter of its own; credits and lines of a vendor are not money', () => {
  assert.ok(isMoney('spend.USD') && isMoney('paas.cents') && isMoney('byoc.major'));
  assert.ok(!isMoney('credit_cents') && !isMoney('line.paas.x') && !isMoney('awake_seconds'));
  assert.equal(meterOf('paas.USD').currency, 'USD');
  assert.equal(meterOf('paas.cents').currency, undefined);
  assert.equal(meterOf('line.buckets').unit, '');
});

test('an estimate is money of its own kind, in a currency', () => {
  assert.ok(isMoney('estimate.USD') && isMeterId('estimate.USD'));
  const { currency, decimals, display } = meterOf('estimate.USD');
  assert.deepEqual([currency, decimals, display.per], ['USD', 10, 10 ** 10]);
  const all: MeterId[] = ['line.a', 'estimate.USD', 'byoc.USD'];
  assert.deepEqual(all.toSorted(compareMeters), ['byoc.USD', 'estimate.USD', 'line.a']);
  assert.equal(
    moneyRuleOf('estimate.USD'),
    "Estimated in USD by a person's own rates; not the vendor's bill.",
  );
});

test('meters stand in the vendor’s order, the platform’s money before the customer’s own cloud', () => {
  const all: MeterId[] = [
    'line.b',
    'byoc.cents',
    'paas.USD',
    'paas.EUR',
    'credit_cents',
    'awake_seconds',
    'line.a',
  ];
  assert.deepEqual(all.toSorted(compareMeters), [
    ...['awake_seconds', 'credit_cents', 'paas.EUR', 'paas.USD', 'byoc.cents', 'line.a', 'line.b'],
  ]);
});

test('what has no meter’s name is no meter', () => {
  for (const text of ['', '.', 'seconds', 'constructor', '__proto__', 'money.USD', 'paas']) {
    assert.ok(!isMeterId(text), text);
  }
  assert.ok(isMeterId('awake_seconds') && isMeterId('paas.USD') && isMeterId('line.anything'));
});

test('money is in a unit that there is, and an estimate in a currency', () => {
  for (const text of ['estimate.dollars', 'estimate.usd', 'estimate.cents', 'paas.dollars', 'spend.']) {
    assert.ok(!isMeterId(text), text);
  }
  assert.ok(isMeterId('estimate.USD') && isMeterId('paas.cents') && isMeterId('paas.major'));
});
