import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';

/** Puts another SQLite into the place of Node's own, until the test is over. */
export function replaceSqlite(t: TestContext, sqlite: () => unknown): void {
  t.mock.method(process, 'getBuiltinModule', sqlite);
}

/** A SQLite whose connections are set up so after each statement that sets them up. */
export function sqliteWith(pragma: string): () => unknown {
  class Adjusted extends DatabaseSync {
    override exec(sql: string): void {
      super.exec(sql);
      if (sql.startsWith('PRAGMA')) {
        super.exec(pragma);
      }
    }
  }
  return () => ({ DatabaseSync: Adjusted });
}
