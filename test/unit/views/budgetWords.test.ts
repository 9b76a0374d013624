import assert from 'node:assert/strict';
import test from 'node:test';
import { budgetTroubles, readBudgets } from '../../../src/insights/budgets/budgetSetting';
import { createFormats } from '../../../src/usage/format';
import { budgetTroubleWords, standingWords } from '../../../src/views/words/budgetWords';
import { budget, standingsOf, usageOf } from '../insights/budgets/budgeting';
import { ACCOUNT } from '../store/fakeSource';

const FORMATS = createFormats('en-US');

test('a budget of a meter that the vendor lacks says so, and that its use is unknown', () => {
  const own = budget(100, { meter: 'credit_cents' });
  const [stands] = standingsOf([own], { usage: () => usageOf(10) }).of(ACCOUNT);
  assert.ok(stands);
  const words = standingWords(stands, FORMATS);
  assert.match(words, /: unknown of 100 credit cents, unknown \(metered\)\./u);
  assert.match(words, /Work: the vendor has reported no .* \(credit_cents\) this month\.$/u);
});

test('a budget of a name that no account has is among what is wrong with the setting', () => {
  const entry = { meter: 'awake_seconds', limit: 1 };
  const setting = readBudgets([
    { ...entry, account: 'Work' },
    { ...entry, account: 'work' },
  ]);
  assert.deepEqual(budgetTroubles(setting, [ACCOUNT]).map(budgetTroubleWords), [
    'usageExplorer.budgets[1].account: is not the name of an account.',
  ]);
});
