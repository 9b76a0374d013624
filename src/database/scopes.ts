import type { DatabaseSync } from 'node:sqlite';

/**
 * An account under another scope (vendor, organisation, address, money rule) is another account. Its rows have their own key,
 * and are there again when that scope returns. So no change of a setting, even of a broken one, drops anything.
 */

/** Account ids have no spaces. Earlier versions had one scope at a time, under the id alone; those rows are still found. */
const SEPARATOR = ' ';

/** SQL for all rows of an account, whatever their scope: `?1` is its id. */
const isOf = (column: string): string =>
  `(${column} = ?1 OR substr(${column}, 1, length(?1) + 1) = ?1 || '${SEPARATOR}')`;

/** The key if an account has several scopes and this process knows none. No row has it. */
export const UNKNOWN_KEY = '';

/** Names an account under a scope, whatever this process knows it under by now. */
export function underScope(id: string, scope: string): string {
  return id + SEPARATOR + scope;
}

/** The id in the name of an account, or in the key of its rows. */
export function accountOf(name: string): string {
  return name.split(SEPARATOR, 1)[0] ?? name;
}

/** The scope in the name of an account; undefined where it is named by its id alone. */
export function scopeIn(name: string): string | undefined {
  const id = accountOf(name);
  return name === id ? undefined : name.slice(id.length + SEPARATOR.length);
}

/** The key of an account's rows under a scope. A new process knows no scope yet: then the key of the only rows. */
export function keyIn(database: DatabaseSync, id: string, scope: string | undefined): string {
  const rows = database.prepare(`SELECT id, scope FROM account WHERE ${isOf('id')}`).all(id);
  const known = rows as { id: string; scope: string }[];
  if (scope === undefined) {
    return known.length > 1 ? UNKNOWN_KEY : (known[0]?.id ?? id);
  }
  return known.find((row) => row.scope === scope)?.id ?? underScope(id, scope);
}

/** Drops all scopes, the lease and the budget alerts. */
export function dropAccount(database: DatabaseSync, id: string): void {
  database.prepare(`DELETE FROM account WHERE ${isOf('id')}`).run(id);
  for (const table of ['lease', 'told', 'quiet']) {
    database.prepare(`DELETE FROM ${table} WHERE ${isOf('account')}`).run(id);
  }
}
