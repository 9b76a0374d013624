import { ACCOUNT_COLOURS, type Account, GROUPINGS } from '../usage/account';

const VERSION = 1;

/** What the file of accounts holds. What this version does not know stays as it is, beside the records and within them. */
export interface AccountContent {
  readonly accounts: readonly unknown[];
}

export const NO_ACCOUNTS: AccountContent = { accounts: [] };

/** The content of a file; `newer` for one that only a later version understands, undefined when it is no list of accounts. */
export function parseAccounts(text: string): AccountContent | 'newer' | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, '')); // some editors begin a file with a byte order mark
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    if ('accounts' in value && Array.isArray(value.accounts)) {
      return value as AccountContent;
    }
    return 'version' in value && typeof value.version === 'number' && value.version > VERSION
      ? 'newer'
      : undefined;
  } catch {
    return undefined; // told apart by the caller, who keeps the file
  }
}

export function writtenAccounts(content: AccountContent): string {
  return JSON.stringify({ version: VERSION, ...content }, undefined, 2);
}

/** A record that this version understands. */
export function isAccount(record: unknown, isKnownProvider: (id: string) => boolean): record is Account {
  if (typeof record !== 'object' || record === null) {
    return false;
  }
  const { id, provider, label, organisationId, grouping, colour, aliases, dismissed } = record as Record<
    string,
    unknown
  >;
  return (
    [id, provider, label].every((text) => typeof text === 'string' && text !== '') &&
    isKnownProvider(provider as string) &&
    (organisationId === undefined || typeof organisationId === 'string') &&
    (grouping === undefined || GROUPINGS.some((own) => own === grouping)) &&
    (colour === undefined || ACCOUNT_COLOURS.some((own) => own === colour)) &&
    (aliases === undefined ||
      (typeof aliases === 'object' &&
        aliases !== null &&
        Object.values(aliases).every((alias) => typeof alias === 'string'))) &&
    (dismissed === undefined ||
      (Array.isArray(dismissed) && dismissed.every((name) => typeof name === 'string')))
  );
}

/** The id of a record, whether or not this version understands the rest of it. */
export function idOf(record: unknown): string | undefined {
  const { id } = (record ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' ? id : undefined;
}
