import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { SampleSource } from '../../../src/providers/sample/source';
import { sum } from '../../../src/usage/amount';
import { HOUR, monthOf, monthToDate } from '../../../src/usage/time';
import { runs } from '../../support/runs';
import { bucketsIn } from '../usage/builders';

const AT = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 31) });

test('the same instant gives the same sample, however often it is asked for', async () => {
  const now = Date.UTC(2026, 10, 20, 14, 20);
  const read = (): Promise<unknown> => {
    const source = new SampleSource(() => now);
    const period = monthToDate(now);
    return Promise.all([
      source.summary(period),
      source.rows('computeHours', { period }),
      source.rows('storage', { period }),
      source.machines(),
    ]);
  };
  assert.deepEqual(await read(), await read());
});

test('at any time of any month the sample holds together', async () => {
  await fc.assert(
    fc.asyncProperty(AT, async (now) => {
      const source = new SampleSource(() => now);
      const period = monthToDate(now);
      const hours = bucketsIn(await source.rows('computeHours', { period }), 'compute');
      const days = bucketsIn(await source.rows('computeDays', { period }), 'compute');
      const { billed } = await source.summary(period);
      const awake = (buckets: typeof hours): number =>
        Number(sum(buckets.map((own) => own.quantities.awake_seconds ?? 0)));
      assert.equal(awake(days), awake(hours));
      assert.ok(Number(billed.awake_seconds) <= awake(hours));
      for (const { start, end, quantities, shape, dataThrough } of hours) {
        assert.ok(start >= monthOf(now).start && start < now && end - start === HOUR);
        const seconds = Number(quantities.awake_seconds);
        assert.ok(seconds <= 3600 && start + seconds * 1000 <= now && (dataThrough ?? 0) <= now);
        assert.ok(Number(quantities.cpu_millicore_seconds) <= seconds * (shape?.vcpu ?? 0) * 1000);
      }
    }),
    { numRuns: runs(40) },
  );
});

test('it shows what a real account can show', async () => {
  const now = Date.UTC(2026, 10, 20, 14, 20);
  const source = new SampleSource(() => now);
  const period = monthToDate(now);
  const compute = bucketsIn(await source.rows('computeDays', { period }), 'compute');
  const storage = bucketsIn(await source.rows('storage', { period }), 'storage');
  const listed = (await source.machines()).map(({ id }) => id);
  const withCompute = new Set(compute.map(({ subjectId: machineId }) => machineId));
  const withStorage = new Set(storage.map(({ subjectId: machineId }) => machineId));
  assert.ok(
    [...withStorage].some((id) => !withCompute.has(id)),
    'storage without compute',
  );
  assert.ok(
    [...withCompute].some((id) => !listed.includes(id)),
    'a machine that is gone',
  );
  const shapes = Map.groupBy(compute, ({ subjectId: machineId }) => machineId);
  assert.ok(
    [...shapes.values()].some((own) => new Set(own.map(({ shape }) => shape?.fingerprint)).size > 1),
    'a resize',
  );
});
