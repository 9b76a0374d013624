import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  DRAFT_FIELDS,
  draftOf,
  draftProblem,
  plainDraft,
  settingOf,
  typedDraft,
} from '../../../../src/insights/estimate/draft';
import { type FieldProblem, problemSentence } from '../../../../src/insights/estimate/problems';
import { readDecimal, readRates, readRatesSetting } from '../../../../src/insights/estimate/readRates';
import { dedalus } from '../../../../src/providers/dedalus/provider';
import { type Amount, toAmount } from '../../../../src/usage/amount';
import { decimalText } from '../../../../src/usage/decimal';
import { RATE_DECIMALS, type Rates } from '../../../../src/usage/rates';
import { createTyping } from '../../../../src/usage/typedNumber';

function problemsOf(value: unknown): readonly FieldProblem[] {
  const reading = readRates(value);
  assert.ok('problems' in reading);
  return reading.problems;
}

function ratesOf(value: unknown): Rates {
  const reading = readRates(value);
  assert.ok('rates' in reading);
  return reading.rates;
}

test('rates are numbers or decimals as text, and mean the same', () => {
  const expected: Rates = {
    currency: 'USD',
    perVcpuHour: 453_600_000,
    perStorageGibHour: 1_000_000,
    included: { storageGib: 100_000_000_000, money: 200_000_000_000 },
  };
  assert.deepEqual(
    ratesOf({
      currency: 'USD',
      perVcpuHour: 0.04536,
      perStorageGibHour: 1e-4,
      included: { storageGib: 10, money: 20 },
    }),
    expected,
  );
  assert.deepEqual(
    ratesOf({
      currency: 'USD',
      perVcpuHour: '0.04536',
      perStorageGibHour: '0.00010',
      included: { storageGib: '10', money: '20.00' },
    }),
    expected,
  );
});

test('a rate of nothing is a rate, and an absent one is none', () => {
  assert.deepEqual(ratesOf({ currency: 'EUR', perVcpuHour: 0 }), { currency: 'EUR', perVcpuHour: 0 });
});

test('what is wrong is named by its field, all of it at once', () => {
  assert.deepEqual(
    problemsOf({
      currency: 'usd',
      perVcpuHour: -1,
      perMemoryGibHour: '0,01',
      perStorageGibHour: null,
      perGpuHour: 1,
      included: { storageGib: '1e3', vcpuHours: 1e12, money: 1e-11, discs: 3 },
    }),
    [
      { field: 'currency', problem: 'notACurrency' },
      { field: 'perVcpuHour', problem: 'negative' },
      { field: 'perMemoryGibHour', problem: 'notADecimal' },
      { field: 'perStorageGibHour', problem: 'notADecimal' },
      { field: 'perGpuHour', problem: 'unknownField' },
      { field: 'included.storageGib', problem: 'notADecimal' },
      { field: 'included.vcpuHours', problem: 'tooLarge' },
      { field: 'included.money', problem: 'tooFine' },
      { field: 'included.discs', problem: 'unknownField' },
    ],
  );
});

test('what is no rates at all is refused as a whole', () => {
  assert.deepEqual(problemsOf(['USD']), [{ field: '', problem: 'notAnObject' }]);
  assert.deepEqual(problemsOf({ perVcpuHour: 1 }), [{ field: 'currency', problem: 'missing' }]);
  assert.deepEqual(problemsOf({ currency: 'UDS', perVcpuHour: 1 }), [
    { field: 'currency', problem: 'notACurrency' },
  ]);
  assert.deepEqual(problemsOf({ currency: 'USD' }), [{ field: '', problem: 'noRate' }]);
  assert.deepEqual(problemsOf({ currency: 'USD', perVcpuHour: 1, included: 10 }), [
    { field: 'included', problem: 'notAnObject' },
  ]);
});

test('numbers that are none are refused, however they are written', () => {
  for (const value of [
    NaN,
    Infinity,
    '',
    ' 1',
    '1 ',
    '+1',
    '.5',
    '5.',
    '0x10',
    '1_000',
    true,
    {},
    [1],
    '٣',
  ]) {
    assert.deepEqual(readDecimal(value), { problem: 'notADecimal' });
  }
  for (const length of [101, 200_000]) {
    assert.deepEqual(readDecimal(`0.${'0'.repeat(length - 3)}1`), { problem: 'tooLong' });
  }
  assert.deepEqual(readDecimal('-0.1'), { problem: 'negative' });
  assert.deepEqual(readDecimal('1000000000000'), { problem: 'tooLarge' });
  assert.deepEqual(readDecimal('0.00000000001'), { problem: 'tooFine' });
  assert.deepEqual(readDecimal('000999999999999.10000000000000'), { amount: 9_999_999_999_991_000_000_000n });
});

test('every decimal with up to ten places comes back exactly, as text', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 22n - 1n }), (units) => {
      const expected: Amount = toAmount(units);
      assert.deepEqual(readDecimal(decimalText(expected, RATE_DECIMALS)), { amount: expected });
    }),
  );
});

test('a double is read as the decimal that it was written as, or refused', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e13, noNaN: true }), (value) => {
      const reading = readDecimal(value);
      if ('amount' in reading) {
        assert.equal(Number(decimalText(reading.amount, RATE_DECIMALS)), value);
      } else {
        assert.ok(reading.problem === (value >= 1e12 ? 'tooLarge' : 'tooFine'));
      }
    }),
  );
});

test('nothing that stands in the settings makes reading throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const { rates, problems } = readRatesSetting(value);
      assert.ok(rates.size === 0 || problems.every(({ label }) => !rates.has(label ?? '')));
    }),
  );
});

test('accounts stand beside each other: what is wrong of one takes nothing from another', () => {
  const { rates, problems } = readRatesSetting(
    JSON.parse(
      '{"Work": {"currency": "USD", "perVcpuHour": 1}, "Play": {"currency": "USD", "perVcpuHour": "x"}, "__proto__": 3}',
    ),
  );
  assert.deepEqual([...rates.keys()], ['Work']);
  assert.deepEqual(problems.map(problemSentence), [
    'usageExplorer.rates › "Play" › perVcpuHour is not a number or a plain decimal, such as "0.04536"',
    'usageExplorer.rates › "__proto__" is not an object',
  ]);
  const hostile = { 'Work\n2026-11-20 12:00:00 [info] paid': { currency: 'USD', perVcpuHour: 1, 'x\ny': 1 } };
  assert.deepEqual(readRatesSetting(hostile).problems.map(problemSentence), [
    'usageExplorer.rates › "Work\ufffd2026-11-20 12:00:00 [info] paid" › "x\ufffdy" is no name of a rate or an included amount',
  ]);
  assert.deepEqual(readRatesSetting('x').problems.map(problemSentence), [
    'usageExplorer.rates is not an object',
  ]);
});

test('the list prices that are offered can be read, and are those that were published', () => {
  const plans = dedalus.listPrices?.plans ?? [];
  assert.deepEqual(
    plans.map(({ name, rates }) => [name, ratesOf(rates)]),
    [
      ['Hobby', published({ storageGib: 10 * 1e10 })],
      ['Pro', published({ storageGib: 20 * 1e10, money: 20 * 1e10 })],
    ],
  );
});

function published(included: Rates['included']): Rates {
  return {
    currency: 'USD',
    perVcpuHour: 453_600_000,
    perMemoryGibHour: 145_800_000,
    perStorageGibHour: 1_000_000,
    ...(included === undefined ? {} : { included }),
  };
}

test('the editor begins with what stands in the settings, right or wrong', () => {
  const draft = draftOf({
    currency: 'eur',
    perVcpuHour: 1e-7,
    perMemoryGibHour: 'x',
    included: { money: '5' },
  });
  assert.deepEqual(draft, {
    ...draftOf(undefined),
    currency: 'eur',
    perVcpuHour: '0.0000001',
    perMemoryGibHour: 'x',
    money: '5',
  });
  assert.equal(draftProblem('currency', draft.currency, draft), undefined);
  assert.equal(draftProblem('perMemoryGibHour', 'x', draft), 'notADecimal');
  assert.ok(DRAFT_FIELDS.every((field) => draftOf(['a', 3])[field] === ''));
});

test('the editor wants a currency and one rate, and nothing else', () => {
  const empty = draftOf(undefined);
  assert.equal(draftProblem('currency', '', empty), 'missing');
  assert.equal(draftProblem('perVcpuHour', '', empty), undefined);
  assert.equal(draftProblem('perStorageGibHour', '', empty), 'noRate');
  assert.equal(draftProblem('perStorageGibHour', '', { ...empty, perVcpuHour: '1' }), undefined);
  assert.equal(draftProblem('money', '', empty), undefined);
});

test('what the editor writes is what it was told, and reads the same again', () => {
  const decimal = fc
    .bigInt({ min: 0n, max: 10n ** 22n - 1n })
    .map((units) => decimalText(toAmount(units), RATE_DECIMALS));
  const optional = fc.oneof(fc.constant(''), decimal);
  const drafts = fc.record({
    ...{ currency: fc.constantFrom('USD', 'eur'), perVcpuHour: decimal },
    ...{ perMemoryGibHour: optional, perStorageGibHour: optional, storageGib: optional },
    ...{ vcpuHours: optional, memoryGibHours: optional, money: optional },
  });
  fc.assert(
    fc.property(drafts, (draft) => {
      const written: unknown = JSON.parse(JSON.stringify(settingOf(draft)));
      assert.ok(DRAFT_FIELDS.every((field) => draftProblem(field, draft[field], draft) === undefined));
      ratesOf(written);
      assert.deepEqual(draftOf(written), { ...draft, currency: draft.currency.toUpperCase() });
    }),
  );
});

test('rates are typed in the language, and stand in the settings as plain decimals', () => {
  const german = createTyping('de');
  const written = { currency: 'EUR', perVcpuHour: 0.04536, included: { vcpuHours: 1.125, money: '1000' } };
  const typed = typedDraft(draftOf(written), german);
  assert.deepEqual(
    [typed.currency, typed.perVcpuHour, typed.vcpuHours, typed.money],
    ['EUR', '0,04536', '1,1250', '1000'],
  );
  const changed = plainDraft({ ...typed, perVcpuHour: '12,5', money: '1.000' }, german);
  assert.deepEqual(settingOf(changed), {
    ...{ currency: 'EUR', perVcpuHour: 12.5 },
    included: { vcpuHours: 1.125, money: 1000 },
  });
  assert.equal(
    plainDraft({ ...typed, money: '1,000' }, german).money,
    '1,000',
    'what is unclear is not read',
  );
});
