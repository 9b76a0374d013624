import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Gauge } from '../../../src/protocol/report';
import { gaugeParts, type Stretch } from '../../../webview/dashboard/reports/gauge';

test('what is there is drawn up to its end, and what is to come from there', () => {
  assert.deepEqual(gaugeParts({ done: 0.5, expected: { low: 0.6, total: 0.7, high: 0.9 }, limit: 0.8 }), {
    done: { from: 0, to: 0.5 },
    expected: { from: 0.5, to: 0.7 },
    between: { from: 0.6, to: 0.9 },
    limit: 0.8,
  });
});

test('what lies beyond a limit is a part of its own', () => {
  assert.deepEqual(gaugeParts({ done: 0.75, limit: 0.5 }), {
    done: { from: 0, to: 0.5 },
    over: { from: 0.5, to: 0.75 },
    limit: 0.5,
  });
});

test('a limit that is just reached is not passed', () => {
  assert.deepEqual(gaugeParts({ done: 0.5, limit: 0.5 }), { done: { from: 0, to: 0.5 }, limit: 0.5 });
});

test('nothing is to come where more is there than was expected, and nothing is uncertain where both ends are one', () => {
  assert.deepEqual(gaugeParts({ done: 0.5, expected: { low: 0.4, total: 0.4, high: 0.4 } }), {
    done: { from: 0, to: 0.5 },
  });
});

test('the parts of the bar join, and none lies beyond its length', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const gauges = fc
    .tuple(share, fc.tuple(share, share, share), fc.option(share, { nil: undefined }))
    .map(([done, ends, limit]): Gauge => {
      const [low = 0, total = 0, high = 0] = ends.toSorted((a, b) => a - b);
      return { done, expected: { low, total, high }, ...(limit === undefined ? {} : { limit }) };
    });
  fc.assert(
    fc.property(gauges, (gauge) => {
      const { done, over, expected, between } = gaugeParts(gauge);
      const bar = [done, over, expected].filter((part): part is Stretch => part !== undefined);
      let end = 0;
      for (const { from, to } of bar) {
        assert.equal(from, end);
        assert.ok(to >= from);
        end = to;
      }
      assert.equal(end, Math.max(gauge.done, gauge.expected?.total ?? 0));
      assert.ok(between === undefined || between.from < between.to);
    }),
  );
});
