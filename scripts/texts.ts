import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { CHECKOUT } from './checkout';

const BUNDLE = path.join(CHECKOUT, 'l10n', 'bundle.l10n.json');

/** The collector knows `l10n` of VS Code's own modules only, and is told that ours is one of them. */
const OUR_MODULE = /(?<=^import \{ l10n \} from ')[./a-z]+\/l10n(?=';$)/m;

/** Fails when the texts for translators differ from those in the code. With `--write`, writes them instead. */
async function main(): Promise<void> {
  const files = globSync('src/**/*.ts', { cwd: CHECKOUT }).map((file) => ({
    extension: '.ts' as const,
    contents: readFileSync(path.join(CHECKOUT, file), 'utf8').replace(OUR_MODULE, 'vscode'),
  }));
  const inCode = await getL10nJson(files);
  const collected = JSON.parse(readFileSync(BUNDLE, 'utf8')) as typeof inCode;
  if (process.argv.includes('--write')) {
    // Texts keep their place, whatever the order of the files on a computer.
    const kept = Object.entries(collected).filter(([text]) => Object.hasOwn(inCode, text));
    writeFileSync(BUNDLE, JSON.stringify({ ...Object.fromEntries(kept), ...inCode }, undefined, 2));
    return;
  }
  const differences = [
    ...notIn(collected, inCode).map((text) => `not collected: ${text}`),
    ...notIn(inCode, collected).map((text) => `not in the code: ${text}`),
  ];
  if (differences.length === 0) return;
  throw new Error(['npm run l10n changes l10n/bundle.l10n.json:', ...differences].join('\n  '));
}

/** The texts of `others` that are not in `texts`. */
function notIn(texts: object, others: object): string[] {
  return Object.keys(others).filter((text) => !Object.hasOwn(texts, text));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
