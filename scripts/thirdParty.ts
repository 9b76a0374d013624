import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';

/** A third-party package in a bundle. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** As its `package.json` names it; SPDX where it is one of {@link ALLOWED}. */
  readonly licence: string;
  /** The texts of its licence files, and of its notices. */
  readonly texts: readonly string[];
}

/** SPDX names of licences whose code may ship in a product under MIT, together with the licence text. */
const ALLOWED: ReadonlySet<string> = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense'],
]);

/** The package folder of a bundled file. */
const FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:-[^.]+)?(?:\.(?:md|txt))?$/i;

/** The packages with code in any of the bundles, each once, by name. */
export function thirdPartiesIn(metafiles: readonly Metafile[], root: string): ThirdParty[] {
  const files = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs)),
  );
  const folders = new Set(files.flatMap((file) => FOLDER.exec(file.replaceAll('\\', '/')) ?? []));
  return [...folders].map((folder) => thirdParty(path.join(root, folder))).sort(byName);
}

/** Fails on a package whose licence is not allowed or has no text. */
export function checkLicences(packages: readonly ThirdParty[]): void {
  for (const { name, version, licence, texts } of packages) {
    if (!ALLOWED.has(licence)) {
      throw new Error(`${name} ${version} may not ship: its licence is ${licence}, which is not in the list`);
    }
    if (texts.length === 0) {
      throw new Error(`${name} ${version} may not ship: the text of its licence is not in its package`);
    }
  }
}

/** The notices about third-party code, for a file beside it. */
export function noticesOf(packages: readonly ThirdParty[]): string {
  const rule = '-'.repeat(72);
  return [
    'Usage Explorer contains code of these packages:\n',
    ...packages.map(({ name, version, licence }) => `- ${name} ${version} (${licence})`),
    ...packages.map(({ name, version, texts }) =>
      ['', rule, `${name} ${version}`, rule, ...texts.map((text) => `\n${text.trim()}`)].join('\n'),
    ),
    '',
  ].join('\n');
}

function thirdParty(folder: string): ThirdParty {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: unknown;
  };
  const { name, version, license } = manifest;
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
  return { name, version, licence: typeof license === 'string' ? license : 'not named', texts };
}

function byName(a: ThirdParty, b: ThirdParty): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
