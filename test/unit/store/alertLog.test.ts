import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { DatabaseError, type PassedThreshold, type UsageDatabase } from '../../../src/database/operations';
import { AlertLog } from '../../../src/store/alertLog';
import { DatabaseCache } from '../../../src/store/databaseCache';
import { BASES } from '../../../src/usage/budgetBasis';
import { noDatabaseCache, silentLog } from './fakeSource';

const NOW = Date.UTC(2026, 10, 20, 12);
const HALF: PassedThreshold = {
  ...{ budget: 'b', basis: 'actual', threshold: 50 },
  period: Date.UTC(2026, 10, 1),
};

const step = fc.record({
  budget: fc.constantFrom('a', 'b'),
  basis: fc.constantFrom(...BASES),
  period: fc.constantFrom(HALF.period, Date.UTC(2026, 11, 1)),
  threshold: fc.constantFrom(50, 80, 100),
});

test('in any order of events each threshold is told at most once, and they only ever rise', () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const told = new AlertLog();
      const highest = new Map<string, number>();
      for (const passed of steps) {
        const key = `${passed.budget} ${passed.basis}`;
        const rank = passed.period + passed.threshold; // a later month comes after every percent of this one
        assert.equal(told.claimAlert('a', passed, NOW), rank > (highest.get(key) ?? 0));
        highest.set(key, Math.max(rank, highest.get(key) ?? 0));
      }
    }),
  );
});

test('without a database a window tells once, and is quiet when told so', async () => {
  const databaseCache = noDatabaseCache();
  assert.equal(await databaseCache.claimAlert('a', HALF, NOW), true);
  assert.equal(await databaseCache.claimAlert('a', HALF, NOW), false);
  await databaseCache.snooze('a', 'b', NOW + 10, NOW);
  assert.equal(await databaseCache.claimAlert('a', { ...HALF, threshold: 80 }, NOW), false);
  assert.equal(await databaseCache.claimAlert('a', { ...HALF, threshold: 80 }, NOW + 10), true);
  await databaseCache.drop(['a']);
  assert.equal(await databaseCache.claimAlert('a', HALF, NOW), true);
});

test('what was told or kept quiet by a clock that was ahead counts for nothing once it is right', () => {
  const told = new AlertLog();
  const ahead = NOW + 20 * 24 * 3600 * 1000;
  assert.equal(told.claimAlert('a', { ...HALF, period: Date.UTC(2026, 11, 1) }, ahead), true);
  assert.equal(told.claimAlert('a', HALF, NOW), true);
  assert.equal(told.claimAlert('a', HALF, NOW), false);
  told.snooze('a', 'b', NOW + 2 * (ahead - NOW), ahead);
  assert.equal(told.claimAlert('a', { ...HALF, threshold: 80 }, NOW), true, 'quiet for more than a month');
  told.snooze('a', 'b', NOW + 10, NOW);
  assert.equal(told.claimAlert('a', { ...HALF, threshold: 100 }, NOW), false);
  assert.equal(told.claimAlert('a', { ...HALF, threshold: 100 }, NOW + 10), true);
});

test('what was told while the database did not answer is not told again when it does', async () => {
  let isBusy = true;
  const database: Partial<UsageDatabase> = {
    open: () => Promise.resolve(undefined),
    claimAlert: () =>
      isBusy ? Promise.reject(new DatabaseError({ kind: 'busy', detail: '' })) : Promise.resolve(true),
  };
  const databaseCache = new DatabaseCache({
    database: database as UsageDatabase,
    log: silentLog,
    onTrouble: () => {},
  });
  assert.equal(await databaseCache.claimAlert('a', HALF, NOW), true);
  isBusy = false;
  assert.equal(await databaseCache.claimAlert('a', HALF, NOW), false);
  assert.equal(await databaseCache.claimAlert('a', { ...HALF, threshold: 80 }, NOW), true);
});

test('a shorter quiet does not end a longer one', () => {
  const told = new AlertLog();
  told.snooze('a', 'b', NOW + 10, NOW);
  told.snooze('a', 'b', NOW + 2, NOW);
  assert.equal(told.claimAlert('a', HALF, NOW + 3), false);
  assert.equal(told.claimAlert('a', HALF, NOW + 10), true);
});
