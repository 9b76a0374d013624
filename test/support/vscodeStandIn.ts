import Module from 'node:module';

const listening = (): { dispose: () => void } => ({ dispose: () => {} });

/**
 * What the tree, the status bar and wrappers of VS Code take of it, for tests that run without it: rows as plain objects, and
 * no setting of a person's own. Words and reports need none of it.
 * Import it before what imports `vscode`.
 */
const standIn = {
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
      get: (_name: string, otherwise?: unknown) => otherwise,
    }),
    onDidChangeConfiguration: listening,
  },
};

type Load = (request: string, ...rest: unknown[]) => unknown;

const loader = Module as unknown as { _load: Load };
const load = loader._load;
loader._load = (request, ...rest) => (request === 'vscode' ? standIn : load(request, ...rest));
