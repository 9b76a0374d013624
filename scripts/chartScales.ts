import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** What the scales of Chart.js read while they are loaded, in its file for bundlers. */
const READ = /\b(?:Ticks\.formatters|TimeScale\.defaults)\b(?:\.\w+)?/g;

/** So many are in the version that `package.json` names. */
const READS = 4;

/**
 * Lets esbuild leave out the scales of Chart.js that nobody uses. It keeps a class that reads a property while it is
 * loaded, since that could run code; here it is told that these do not.
 */
export const UNUSED_SCALES: Plugin = {
  name: 'unused scales',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]node_modules[\\/]chart\.js[\\/]dist[\\/]chart\.js$/ }, async ({ path }) => ({
      contents: withoutReads(await readFile(path, 'utf8')),
    }));
  },
};

/** The same code, which reads those properties in calls without effects. */
export function withoutReads(code: string): string {
  const found = code.match(READ)?.length ?? 0;
  if (found !== READS) {
    throw new Error(`scales of Chart.js read ${found} properties while they are loaded, not ${READS}`);
  }
  return code.replace(READ, '/* @__PURE__ */ (() => $&)()');
}
