import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  budgetRecord,
  budgetTroubles,
  readBudgets,
  readLimitText,
  readThresholdsText,
} from '../../../../src/insights/budgets/budgetSetting';
import { BASES } from '../../../../src/usage/budgetBasis';
import { createTyping } from '../../../../src/usage/typedNumber';

const ENTRY = { account: 'Acme', meter: 'awake_seconds', limit: 100 };

function problems(value: unknown): string[] {
  return readBudgets(value).troubles.map(
    ({ index, field, problem }) => `${index ?? '-'} ${field ?? '-'} ${problem}`,
  );
}

test('an entry without thresholds has the offered ones, on what was used', () => {
  assert.deepEqual(readBudgets([ENTRY]), {
    budgets: [
      {
        index: 0,
        budget: {
          ...{ account: 'Acme', meter: 'awake_seconds', limit: 100_000_000 },
          ...{ thresholds: [50, 80, 100], on: ['actual'] },
        },
      },
    ],
    troubles: [],
  });
});

test('thresholds are put in order, each once', () => {
  const { budgets } = readBudgets([{ ...ENTRY, thresholds: [100, 20, 100], on: ['forecast', 'actual'] }]);
  assert.deepEqual(
    budgets.map(({ budget: { thresholds, on } }) => ({ thresholds, on })),
    [{ thresholds: [20, 100], on: ['actual', 'forecast'] }],
  );
});

test('what is wrong is named by its place and field, and the others still count', () => {
  assert.deepEqual(problems({}), ['- - notAList']);
  assert.deepEqual(problems([7, null, []]), ['0 - notAnObject', '1 - notAnObject', '2 - notAnObject']);
  assert.deepEqual(problems([{}]), ['0 account missing', '0 meter missing', '0 limit missing']);
  assert.deepEqual(problems([ENTRY, { ...ENTRY, acount: 'x' }]), ['1 acount unknownField']);
  assert.deepEqual(problems([{ ...ENTRY, account: '' }]), ['0 account notAName']);
  assert.deepEqual(problems([{ ...ENTRY, meter: 'awake' }]), ['0 meter notAMeter']);
  assert.deepEqual(problems([{ ...ENTRY, meter: 'estimate.dollars' }]), ['0 meter notAMeter']);
  assert.deepEqual(problems([{ ...ENTRY, meter: 'toString' }]), ['0 meter notAMeter']);
  assert.deepEqual(problems([{ ...ENTRY, meter: 'logical_storage_bytes' }]), ['0 meter isALevel']);
  for (const limit of [0, -1, '100', Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.deepEqual(problems([{ ...ENTRY, limit }]), ['0 limit notAnAmount']);
  }
  assert.deepEqual(problems([{ ...ENTRY, limit: 0.0000001 }]), ['0 limit tooFine']);
  for (const thresholds of [[], [0], [12.5], ['50'], 50]) {
    assert.deepEqual(problems([{ ...ENTRY, thresholds }]), ['0 thresholds notPercents']);
  }
  for (const on of [[], ['billed'], 'actual']) {
    assert.deepEqual(problems([{ ...ENTRY, on }]), ['0 on notBases']);
  }
  assert.deepEqual(
    readBudgets([{}, ENTRY]).budgets.map(({ index }) => index),
    [1],
  );
});

test('a limit is a decimal above zero; thresholds are whole percents', () => {
  const english = createTyping('en');
  assert.equal(readLimitText('12.5'), 12_500_000);
  for (const text of ['', '0', '-1', '1e3', '1,5', '0x10', '100 h']) {
    assert.equal(readLimitText(text), 'notAnAmount', text);
  }
  assert.equal(readLimitText('0.0000001'), 'tooFine');
  assert.deepEqual(readThresholdsText('100 %, 20; 90', english), [20, 90, 100]);
  for (const text of ['', '0', '12.5', '-5', 'half']) {
    assert.equal(readThresholdsText(text, english), undefined, text);
  }
});

test('thresholds follow the language: where a comma stands before decimals, 12,5 is not 12 and 5', () => {
  const german = createTyping('de');
  assert.equal(readThresholdsText('12,5', german), undefined);
  assert.equal(readThresholdsText('1.000', german), undefined);
  assert.deepEqual(readThresholdsText('80, 50', german), [50, 80]);
  assert.deepEqual(readThresholdsText('50,80,100', german), [50, 80, 100]);
  assert.deepEqual(readThresholdsText('80,50', createTyping('en')), [50, 80]);
  assert.deepEqual(readThresholdsText('۵۰ ۸۰', createTyping('fa')), [50, 80]);
});

test('nothing that the settings may hold makes reading fail', () => {
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.array(fc.anything())), (value) => {
      const { budgets, troubles } = readBudgets(value);
      const places = new Set([...budgets, ...troubles].map(({ index }) => index ?? 0));
      assert.ok(places.size >= (Array.isArray(value) ? value.length : 1));
    }),
  );
});

test('a budget that is written is read again as it was', () => {
  const record = fc.record({
    account: fc.string({ minLength: 1 }),
    meter: fc.constantFrom('awake_seconds', 'credit_cents', 'paas.USD', 'spend.major', 'line.bandwidth_gb'),
    limit: fc.integer({ min: 1, max: 10 ** 9 }).map((thousandths) => thousandths / 1000),
    thresholds: fc
      .uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1 })
      .map((percents) => percents.sort((a, b) => a - b)),
    on: fc.subarray([...BASES], { minLength: 1 }),
  });
  fc.assert(
    fc.property(fc.array(record), (records) => {
      const { budgets, troubles } = readBudgets(records);
      assert.deepEqual(troubles, []);
      assert.deepEqual(
        budgets.map(({ budget }) => budgetRecord(budget)),
        records.map((own) => ({ ...own })),
      );
    }),
  );
});

test('a budget whose account is none of those that there are is said by its place in the setting', () => {
  const setting = readBudgets([ENTRY, 'no budget', { ...ENTRY, account: 'acme' }]);
  const unreadable = { index: 1, field: undefined, problem: 'notAnObject' };
  assert.deepEqual(budgetTroubles(setting, [{ label: 'Acme' }, { label: 'Work' }]), [
    unreadable,
    { index: 2, field: 'account', problem: 'noSuchAccount' },
  ]);
  assert.deepEqual(budgetTroubles(setting, [{ label: 'Acme' }, { label: 'acme' }]), [unreadable]);
});
