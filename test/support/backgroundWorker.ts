import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { WORKER } from '../../scripts/bundles';
import { BackgroundWorker } from '../../src/worker/backgroundWorker';

/**
 * The real thread, bundled for the occasion; `dispose` ends it and removes what was written. When told so it ends at the
 * first thing it is asked, and the next one does not.
 */
export async function startBackground({
  database = '/dev/null/usage.sqlite',
  diesAtFirst = false,
} = {}): Promise<{ readonly background: BackgroundWorker; readonly dispose: () => void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-worker-'));
  const script = path.join(folder, 'worker.js');
  await build({ ...WORKER, outfile: script });
  const started = diesAtFirst ? dyingOnce(folder, script) : script;
  const background = new BackgroundWorker(started, { file: database });
  return {
    background,
    dispose: () => {
      background.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function dyingOnce(folder: string, script: string): string {
  const file = path.join(folder, 'dying.js');
  const mark = JSON.stringify(path.join(folder, 'died'));
  writeFileSync(
    file,
    `const { existsSync, writeFileSync } = require('node:fs');
    if (existsSync(${mark})) {
      require(${JSON.stringify(script)});
    } else {
      writeFileSync(${mark}, '');
      require('node:worker_threads').parentPort.on('message', () => process.exit(3));
    }`,
  );
  return file;
}
