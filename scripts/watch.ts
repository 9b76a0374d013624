import { context, type Plugin } from 'esbuild';
import { BUNDLES } from './bundles';
import { TASK_LINES } from './taskLines';

let building = 0;

/** Tells an editor when all is up to date, by the lines that `.vscode/tasks.json` waits for. */
const TELL: Plugin = {
  name: 'tell',
  setup: (build) => {
    build.onStart(() => {
      building += 1;
      if (building === 1) console.log(TASK_LINES.watch.begins);
    });
    build.onEnd(() => {
      building -= 1;
      if (building === 0) console.log(TASK_LINES.watch.ends);
    });
  },
};

/** Keeps `dist/` up to date while files change, readable and with source maps, until Ctrl+C. */
async function main(): Promise<void> {
  const contexts = await Promise.all(
    BUNDLES.map((bundle) =>
      context({ ...bundle, sourcemap: true, plugins: [...(bundle.plugins ?? []), TELL] }),
    ),
  );
  await Promise.all(contexts.map((each) => each.watch()));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
