import type { DatabaseOperations, UsageDatabase } from '../../src/database/operations';

/** A database of this thread in place of one in a worker: the same answers, as promises. */
export function inProcess(database: DatabaseOperations): UsageDatabase {
  return new Proxy({} as UsageDatabase, {
    get: (_target, name: keyof DatabaseOperations) => {
      const operation = database[name].bind(database) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) =>
        new Promise((resolve) => {
          resolve(operation(...args));
        });
    },
  });
}
