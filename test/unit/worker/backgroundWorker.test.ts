import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { workerCode } from '../../../scripts/workerCode';
import { inlineFold } from '../../../src/providers/folds';
import { BackgroundWorker } from '../../../src/worker/backgroundWorker';

let code: string;
let background: BackgroundWorker;
before(async () => {
  code = await workerCode();
  background = new BackgroundWorker(code, { file: '/nonexistent/usage.sqlite' });
});
after(() => {
  background.dispose();
});

test('a reply is folded there as it is here', async () => {
  const rows = '{"rows":[]}';
  const [here, there] = await Promise.all(
    [inlineFold, background.fold].map(async (start) => {
      const fold = start('dedalus.computeHours');
      await fold.push(Buffer.from(rows));
      return fold.end(['2026-11-02']);
    }),
  );
  assert.deepEqual(there, here);
});
