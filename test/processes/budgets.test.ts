import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import test from 'node:test';
import { newFile } from '../unit/database/databases';
import { bundleChild, result } from '../unit/database/processes';

const WINDOWS = 4;

test('of processes that pass the same thresholds at once, exactly one tells each', async (t) => {
  const file = newFile(t);
  const script = await bundleChild(dirname(file));
  const windows = await Promise.all(
    Array.from({ length: WINDOWS }, () => result([process.execPath, script, 'budgets', file])),
  );
  const told = (windows as number[][]).flat();
  assert.equal(new Set(told).size, told.length, 'none is told twice');
  assert.equal(Math.max(...told), 200, 'and the highest is told');
  for (const own of windows as number[][]) {
    assert.deepEqual(
      own,
      own.toSorted((a, b) => a - b),
    );
  }
});
