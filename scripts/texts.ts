import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { CHECKOUT } from './checkout';

/** Fails when the texts for translators differ from those in the code: `npm run l10n` collects them. */
async function main(): Promise<void> {
  const files = globSync('src/**/*.ts', { cwd: CHECKOUT }).map((file) => ({
    extension: '.ts' as const,
    contents: readFileSync(path.join(CHECKOUT, file), 'utf8'),
  }));
  const inCode = Object.keys(await getL10nJson(files));
  const bundle = readFileSync(path.join(CHECKOUT, 'l10n', 'bundle.l10n.json'), 'utf8');
  const collected = Object.keys(JSON.parse(bundle) as object);
  const differences = [
    ...inCode.filter((text) => !collected.includes(text)).map((text) => `not collected: ${text}`),
    ...collected.filter((text) => !inCode.includes(text)).map((text) => `not in the code: ${text}`),
  ];
  if (differences.length === 0) return;
  throw new Error(['npm run l10n changes l10n/bundle.l10n.json:', ...differences].join('\n  '));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
