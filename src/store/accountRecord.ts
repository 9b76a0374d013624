import { type Account, ACCOUNT_COLOURS, GROUPINGS } from '../usage/account';

const VERSION = 1;

/** The content of the accounts file. What this version does not know stays unchanged, beside and within the records. */
export interface AccountContent {
  readonly accounts: readonly unknown[];
}

export const NO_ACCOUNTS: AccountContent = { accounts: [] };

/** Parses a file; `newer` if only a later version understands it, undefined if it is not a list of accounts. */
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
    return undefined; // the caller handles this and keeps the file
  }
}

export function writtenAccounts(content: AccountContent): string {
  return JSON.stringify({ version: VERSION, ...content }, undefined, 2);
}

/** A record that this version understands. */
export function isAccount(record: unknown, isKnownProvider: (id: string) => boolean): record is Account {
  if (isDamaged(record)) {
    return false;
  }
  const { provider, grouping, colour } = record as Record<string, unknown>;
  return (
    isKnownProvider(provider as string) &&
    (grouping === undefined || GROUPINGS.some((own) => own === grouping)) &&
    (colour === undefined || ACCOUNT_COLOURS.some((own) => own === colour))
  );
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isString = (value: unknown): boolean => typeof value === 'string';

/** What a field is in every version; a later one may use values unknown here. */
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  id: isText,
  provider: isText,
  label: isText,
  organisationId: isString,
  grouping: isString,
  colour: isString,
  aliases: (value) => typeof value === 'object' && value !== null && Object.values(value).every(isString),
  dismissed: (value) => Array.isArray(value) && value.every(isString),
};

const NEEDED: readonly string[] = ['id', 'provider', 'label'];

/** No version wrote such a record. */
export function isDamaged(record: unknown): boolean {
  return typeof record !== 'object' || record === null || damagedFields(record).length > 0;
}

function damagedFields(record: object): string[] {
  const fields = record as Record<string, unknown>;
  return Object.entries(FIELDS)
    .filter(([name, isSound]) => (name in fields || NEEDED.includes(name)) && !isSound(fields[name]))
    .map(([name]) => name);
}

/** A damaged record without its damaged fields; undefined if it does not tell which account it is. */
function soundPart(record: unknown): object | undefined {
  if (typeof record !== 'object' || record === null) {
    return undefined;
  }
  const damaged = damagedFields(record);
  const sound: Record<string, unknown> = Object.fromEntries(
    Object.entries(record).filter(([name]) => !damaged.includes(name)),
  );
  return 'id' in sound && 'provider' in sound ? { label: sound['provider'], ...sound } : undefined;
}

/**
 * The content with each damaged record as in an earlier one: by its id, or, if that is damaged too, one of those that are
 * missing. A record that is in neither stays unchanged.
 */
export function withRecordsOf(content: AccountContent, earlier: AccountContent): AccountContent {
  const ids = new Set(content.accounts.map(idOf));
  const sound = earlier.accounts.filter((record) => !isDamaged(record));
  const missing = sound.filter((record) => !ids.has(idOf(record)));
  const earlierOf = (record: unknown): unknown => {
    const id = idOf(record);
    const same = id === undefined ? undefined : sound.find((own) => idOf(own) === id);
    return same ?? missing.shift() ?? record;
  };
  return {
    ...content,
    accounts: content.accounts.map((record) => (isDamaged(record) ? earlierOf(record) : record)),
  };
}

/** Reduces each damaged record to its sound parts. */
export function withSoundParts(content: AccountContent): AccountContent {
  return {
    ...content,
    accounts: content.accounts.map((record) => (isDamaged(record) ? (soundPart(record) ?? record) : record)),
  };
}

/** The id of a record, whether or not this version understands the rest of it. */
export function idOf(record: unknown): string | undefined {
  const { id } = (record ?? {}) as { readonly id?: unknown };
  return typeof id === 'string' && id !== '' ? id : undefined;
}
