import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Logger } from '../http/log';
import { ACCOUNT_COLOURS, type Account, GROUPINGS } from '../usage/account';
import { Emitter } from './emitter';

const VERSION = 1;

/**
 * The accounts, kept in one small file for all windows of the profile. Keys are not in it.
 * Each change reads the file first, so that what another window wrote is kept.
 */
export class AccountList {
  readonly #file: string;
  readonly #isKnownProvider: (id: string) => boolean;
  readonly #log: Logger;
  readonly #changed = new Emitter<void>();
  #accounts: readonly Account[] = [];
  /** Records that this version does not understand; they are written back as they are. */
  #foreign: readonly unknown[] = [];
  #queue: Promise<unknown> = Promise.resolve();
  #ready = false;

  constructor(options: { file: string; isKnownProvider: (id: string) => boolean; log: Logger }) {
    this.#file = options.file;
    this.#isKnownProvider = options.isKnownProvider;
    this.#log = options.log;
  }

  readonly onDidChange = this.#changed.event;

  get all(): readonly Account[] {
    return this.#accounts;
  }

  /** False until the file was read for the first time. */
  get isReady(): boolean {
    return this.#ready;
  }

  find(id: string): Account | undefined {
    return this.#accounts.find((account) => account.id === id);
  }

  /** Reads the file again; for the start, and when another window wrote it. */
  reload(): Promise<void> {
    return this.#inTurn(() => this.#load());
  }

  /** An account that is there already, by its id, takes on what is given. */
  add(account: Account): Promise<void> {
    return this.#change((accounts) => [...accounts.filter(({ id }) => id !== account.id), account]);
  }

  update(id: string, change: (account: Account) => Account): Promise<void> {
    return this.#change((accounts) =>
      accounts.map((account) => (account.id === id ? change(account) : account)),
    );
  }

  /** Moves an account by so many places in the order in which all of them are shown. */
  move(id: string, by: number): Promise<void> {
    return this.#change((accounts) => {
      const from = accounts.findIndex((account) => account.id === id);
      const others = accounts.filter((account) => account.id !== id);
      const to = Math.min(Math.max(from + by, 0), others.length);
      return from < 0 ? accounts : others.toSpliced(to, 0, ...accounts.slice(from, from + 1));
    });
  }

  remove(id: string): Promise<void> {
    return this.#change((accounts) => accounts.filter((account) => account.id !== id));
  }

  #change(edit: (accounts: readonly Account[]) => readonly Account[]): Promise<void> {
    return this.#inTurn(async () => {
      await this.#load();
      const accounts = edit(this.#accounts);
      await this.#save(accounts);
      this.#show(accounts, this.#foreign);
    });
  }

  async #load(): Promise<void> {
    const text = await this.#read();
    const content = text === undefined ? EMPTY : parseContent(text);
    if (content === undefined) {
      const aside = `${this.#file}.unreadable-${Date.now()}`;
      await rename(this.#file, aside);
      this.#log.error(`the list of accounts could not be read and was set aside as ${aside}`);
    }
    const records = content?.accounts ?? [];
    const accounts = records.filter((record) => this.#isAccount(record));
    const foreign = records.filter((record) => !this.#isAccount(record));
    this.#show(accounts, foreign);
  }

  async #read(): Promise<string | undefined> {
    try {
      return await readFile(this.#file, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }

  /** A file that is written beside the old one and then takes its name is never seen half-written. */
  async #save(accounts: readonly Account[]): Promise<void> {
    const content = JSON.stringify(
      { version: VERSION, accounts: [...accounts, ...this.#foreign] },
      undefined,
      2,
    );
    const fresh = `${this.#file}.${randomUUID()}.tmp`;
    await mkdir(dirname(this.#file), { recursive: true });
    await writeFile(fresh, content, { mode: 0o600 });
    await rename(fresh, this.#file);
  }

  #show(accounts: readonly Account[], foreign: readonly unknown[]): void {
    const changed = !this.#ready || JSON.stringify(accounts) !== JSON.stringify(this.#accounts);
    this.#accounts = accounts;
    this.#foreign = foreign;
    this.#ready = true;
    if (changed) {
      this.#changed.fire();
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #isAccount(record: unknown): record is Account {
    return isRecord(record) && this.#isKnownProvider(record.provider);
  }
}

interface Content {
  readonly accounts: readonly unknown[];
}

const EMPTY: Content = { accounts: [] };

function parseContent(text: string): Content | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const known =
      typeof value === 'object' && value !== null && 'accounts' in value && Array.isArray(value.accounts);
    return known ? { accounts: value.accounts as unknown[] } : undefined;
  } catch {
    return undefined; // told apart by the caller, who keeps the file
  }
}

interface AccountRecord {
  readonly id: string;
  readonly provider: string;
  readonly label: string;
}

function isRecord(record: unknown): record is AccountRecord {
  if (typeof record !== 'object' || record === null) {
    return false;
  }
  const { id, provider, label, organisationId, grouping, colour, aliases, dismissed } = record as Record<
    string,
    unknown
  >;
  return (
    [id, provider, label].every((text) => typeof text === 'string' && text !== '') &&
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
