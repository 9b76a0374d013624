import type { Memento } from 'vscode';

/** What VS Code keeps for the extension over a restart, in memory. */
export function mementoOf(): Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    get: (key: string, otherwise?: unknown) => kept.get(key) ?? otherwise,
    update: (key: string, value: unknown) => {
      // As VS Code, which writes JSON.
      kept.set(key, value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
      return Promise.resolve();
    },
  };
}
