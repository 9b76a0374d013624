import Module from 'node:module';

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
  /** Nobody has changed a setting. */
  workspace: { getConfiguration: () => ({ get: (_name: string, otherwise?: unknown) => otherwise }) },
};

type Load = (request: string, ...rest: unknown[]) => unknown;

const loader = Module as unknown as { _load: Load };
const load = loader._load;
loader._load = (request, ...rest) => (request === 'vscode' ? standIn : load(request, ...rest));
