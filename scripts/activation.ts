import type { Metafile } from 'esbuild';

/** What is loaded when VS Code starts the extension. */
export interface Activation {
  /** Of all files, minified. */
  readonly bytes: number;
  /** Their source files, relative to the checkout. */
  readonly modules: readonly string[];
}

const ENTRY = 'src/extension.ts';

/** Follows the imports of the extension's entry that are not `import()`. */
export function activationOf(metafiles: readonly Metafile[]): Activation {
  const outputs = Object.assign({}, ...metafiles.map((own) => own.outputs)) as Metafile['outputs'];
  const loaded = new Set<string>();
  const load = (file: string): void => {
    const output = outputs[file];
    if (output === undefined || loaded.has(file)) return;
    loaded.add(file);
    for (const { path, kind } of output.imports) if (kind === 'import-statement') load(path);
  };
  for (const [file, { entryPoint }] of Object.entries(outputs)) if (entryPoint === ENTRY) load(file);
  const files = [...loaded].flatMap((file) => outputs[file] ?? []);
  return {
    bytes: files.reduce((all, { bytes }) => all + bytes, 0),
    modules: files.flatMap(({ inputs }) => Object.keys(inputs)).sort(),
  };
}
