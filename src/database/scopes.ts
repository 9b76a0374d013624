import type { DatabaseSync } from 'node:sqlite';

/**
 * An account under another scope (vendor, organisation, address, rule for money) is another account: its rows have a key
 * of their own, and those of the scope before are there again when it comes back. A person's own change of a setting, or of
 * a broken one, so drops nothing.
 */

/** Account ids have no spaces. Versions before had one scope at a time, under the id alone: a row of theirs is still found. */
const SEPARATOR = ' ';

/** The names of an account's rows, whatever their scope: `?1` is its id. */
const isOf = (column: string): string =>
  `(${column} = ?1 OR substr(${column}, 1, length(?1) + 1) = ?1 || '${SEPARATOR}')`;

/** The key of an account with several scopes for a process that knows none: no row has it. */
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

/** The key of an account's rows under a scope. A process that was started anew knows none: then it is that of the only rows. */
export function keyIn(database: DatabaseSync, id: string, scope: string | undefined): string {
  const rows = database.prepare(`SELECT id, scope FROM account WHERE ${isOf('id')}`).all(id);
  const known = rows as { id: string; scope: string }[];
  if (scope === undefined) {
    return known.length > 1 ? UNKNOWN_KEY : (known[0]?.id ?? id);
  }
  return known.find((row) => row.scope === scope)?.id ?? underScope(id, scope);
}

/** All scopes, with the lease, and what was told of budgets. */
export function dropAccount(database: DatabaseSync, id: string): void {
  database.prepare(`DELETE FROM account WHERE ${isOf('id')}`).run(id);
  for (const table of ['lease', 'told', 'quiet']) {
    database.prepare(`DELETE FROM ${table} WHERE ${isOf('account')}`).run(id);
  }
}
