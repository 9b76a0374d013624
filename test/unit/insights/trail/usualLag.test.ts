import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { usualLag } from '../../../../src/insights/trail/usualLag';
import { DAY, HOUR, MINUTE } from '../../../../src/usage/time';

test('the usual lag is the 95th percentile by nearest rank, and an hour', () => {
  const lags = Array.from({ length: 20 }, (_, at) => (at + 1) * MINUTE).reverse();
  assert.deepEqual(usualLag(lags), { ms: 19 * MINUTE + HOUR, emittedCount: 20, isMeasured: true });
  assert.equal(usualLag([1, 2, 3, 4, 5].map((lag) => lag * MINUTE)).ms, 5 * MINUTE + HOUR);
});

test('fewer than five emitted buckets tell nothing: a day is allowed', () => {
  assert.deepEqual(usualLag([1, 2, 3, 4]), { ms: DAY, emittedCount: 4, isMeasured: false });
  assert.equal(usualLag([]).ms, DAY);
});

test('the usual lag is never below an hour, at least 95 % are within it, and the order does not matter', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -DAY, max: 30 * DAY }), { minLength: 5, maxLength: 60 }),
      (lags) => {
        const { ms } = usualLag(lags);
        assert.ok(ms >= HOUR);
        assert.ok(lags.filter((lag) => lag <= ms - HOUR).length >= 0.95 * lags.length);
        assert.equal(usualLag([...lags].reverse()).ms, ms);
      },
    ),
  );
});
