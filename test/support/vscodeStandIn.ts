import Module from 'node:module';

/** What a person has set, by the name of the setting; at first nothing. */
const settings = new Map<string, unknown>();

const listening = (): { dispose: () => void } => ({ dispose: () => {} });

/**
 * What puts rows into words takes of VS Code, for tests that run without it: the English texts, and rows as plain objects.
 * Import it before what imports `vscode`.
 */
const standIn = {
  l10n: {
    t: (text: string, ...values: readonly unknown[]): string =>
      text.replace(/\{(\d+)\}/g, (_place, index) => String(values[Number(index)])),
  },
  TreeItem: class {
    constructor(
      readonly label: string,
      readonly collapsibleState: number,
    ) {}
  },
  TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
  ThemeIcon: class {
    constructor(readonly id: string) {}
  },
  ThemeColor: class {
    constructor(readonly id: string) {}
  },
  MarkdownString: class {
    constructor(readonly value: string) {}
  },
  Disposable: {
    from: (...all: readonly { dispose: () => void }[]) => ({
      dispose: () => {
        for (const each of all) each.dispose();
      },
    }),
  },
  env: { language: 'en' },
  Uri: { file: (path: string) => path, joinPath: (...parts: readonly string[]) => parts.join('/') },
  StatusBarAlignment: { Left: 1, Right: 2 },
  window: {
    createStatusBarItem: () => ({ show: () => {}, dispose: () => {} }),
    onDidChangeWindowState: listening,
  },
  workspace: {
    getConfiguration: () => ({
      get: (name: string, otherwise?: unknown) => settings.get(name) ?? otherwise,
    }),
    onDidChangeConfiguration: listening,
  },
};

type Load = (request: string, ...rest: unknown[]) => unknown;

const loader = Module as unknown as { _load: Load };
const load = loader._load;
loader._load = (request, ...rest) => (request === 'vscode' ? standIn : load(request, ...rest));

/** Sets what `getConfiguration` gives. */
export function setSetting(name: string, value: unknown): void {
  settings.set(name, value);
}
