import type { Logger } from '../http/log';
import type { Account } from '../usage/account';
import { SECOND } from '../usage/time';
import { AccountFile, type Found } from './accountFile';
import { type AccountContent, idOf, isAccount, isDamaged, NO_ACCOUNTS } from './accountRecord';
import { Emitter } from './emitter';

/** Delay before retrying a file that could not be opened. */
const LOOKS_AGAIN_MS = 10 * SECOND;

/** Why the shown list may differ from the file. */
export type AccountListTrouble =
  | Exclude<Found, { kind: 'list' | 'none' }>
  /** `count` account records cannot be read and stay in the file unchanged; the others are shown. */
  | { readonly kind: 'damaged'; readonly count: number; readonly file: string };

export interface AccountListOptions {
  readonly file: string;
  readonly isKnownProvider: (id: string) => boolean;
  readonly log: Logger;
  /** Called once for each file that was set aside, and once for each other kind of trouble. */
  readonly onTrouble: (trouble: AccountListTrouble) => void;
}

/**
 * The accounts, in one small file for all windows of the profile. It holds no keys. Each change reads the file first, so that
 * what another window wrote is kept. A file in trouble removes nothing: the last good list stays.
 */
export class AccountList {
  readonly #options: AccountListOptions;
  readonly #file: AccountFile;
  readonly #changed: Emitter<void>;
  readonly #removed: Emitter<readonly string[]>;
  #accounts: readonly Account[] = [];
  /** As last read or written, including records that this version does not understand and writes back unchanged. */
  #content: AccountContent | undefined;
  #trouble: AccountListTrouble | undefined;
  readonly #told = new Set<string>();
  #queue: Promise<unknown> = Promise.resolve();
  #again: NodeJS.Timeout | undefined;
  #ready = false;

  constructor(options: AccountListOptions) {
    this.#options = options;
    this.#file = new AccountFile(options.file);
    const onError = (error: unknown): void => {
      options.log.error(`a listener of the list of accounts: ${String(error)}`);
    };
    this.#changed = new Emitter(onError);
    this.#removed = new Emitter(onError);
    this.onDidChange = this.#changed.event;
    this.onDidRemove = this.#removed.event;
  }

  /** Fires when the shown accounts change, and when trouble begins or ends. */
  readonly onDidChange: Emitter<void>['event'];

  /** Fires with the ids of accounts in the last good list that the next good one lacks. */
  readonly onDidRemove: Emitter<readonly string[]>['event'];

  get all(): readonly Account[] {
    return this.#accounts;
  }

  /** False until the file was looked for the first time. */
  get isReady(): boolean {
    return this.#ready;
  }

  get trouble(): AccountListTrouble | undefined {
    return this.#trouble;
  }

  find(id: string): Account | undefined {
    return this.#accounts.find((account) => account.id === id);
  }

  /** Reads the file again; for the start, and when another window wrote it. Never rejects. */
  reload(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#load();
    });
  }

  /** Replaces an account that has the same id. */
  add(account: Account): Promise<void> {
    return this.#change((accounts) => [...accounts.filter(({ id }) => id !== account.id), account]);
  }

  update(id: string, change: (account: Account) => Account): Promise<void> {
    return this.#change((accounts) =>
      accounts.map((account) => (account.id === id ? change(account) : account)),
    );
  }

  /** Moves an account by `by` places in the display order. */
  move(id: string, by: number): Promise<void> {
    return this.#change((accounts) => {
      const from = accounts.findIndex((account) => account.id === id);
      const others = accounts.filter((account) => account.id !== id);
      const to = Math.min(Math.max(from + by, 0), others.length);
      return from < 0 ? accounts : others.toSpliced(to, 0, ...accounts.slice(from, from + 1));
    });
  }

  async remove(id: string): Promise<void> {
    await this.#change((accounts) => accounts.filter((account) => account.id !== id));
    await this.#file.forget(id);
  }

  /**
   * Restores the last good list after a file was set aside, or the last good copy or sound parts of damaged records. False if
   * there is none, or if some records are still damaged.
   */
  async restore(): Promise<boolean> {
    if (this.#trouble?.kind === 'damaged') {
      return this.#mend();
    }
    const known = await this.#known();
    if (known === undefined) {
      return false;
    }
    await this.#change((accounts) => accounts);
    return true;
  }

  dispose(): void {
    clearTimeout(this.#again);
  }

  #mend(): Promise<boolean> {
    return this.#inTurn(async () => {
      const found = await this.#load();
      if (found.kind !== 'list') {
        return false;
      }
      const content = await this.#file.mended(found.content);
      await this.#file.write(content);
      this.#show({ kind: 'list', content });
      return this.#trouble === undefined;
    });
  }

  #change(edit: (accounts: readonly Account[]) => readonly Account[]): Promise<void> {
    return this.#inTurn(async () => {
      const found = await this.#load();
      if (found.kind === 'unreadable' || found.kind === 'newer') {
        throw new Error(`the list of accounts cannot be changed: ${JSON.stringify(found)}`);
      }
      const before = (await this.#known()) ?? NO_ACCOUNTS;
      const accounts = edit(before.accounts.filter((record) => this.#isAccount(record)));
      const foreign = before.accounts.filter((record) => !this.#isAccount(record));
      const content = { ...before, accounts: [...accounts, ...foreign] };
      await this.#file.write(content);
      this.#show({ kind: 'list', content });
    });
  }

  /** What a change starts from: the list as it is, else the last good one, from this or any window. */
  async #known(): Promise<AccountContent | undefined> {
    return (
      this.#content ??
      (this.#trouble?.kind === 'setAside' ? await this.#file.lastGood(this.#trouble.file) : undefined)
    );
  }

  async #load(): Promise<Found> {
    const found = await this.#file.read();
    this.#show(found);
    return found;
  }

  #show(found: Found): void {
    const before = this.#content;
    const changed = JSON.stringify([this.#ready, this.#accounts, this.#trouble]);
    if (found.kind === 'list' || found.kind === 'none') {
      this.#content = found.kind === 'list' ? found.content : undefined;
      this.#accounts = this.#content?.accounts.filter((record) => this.#isAccount(record)) ?? [];
      this.#trouble = this.#damage();
    } else {
      this.#trouble = found;
    }
    if (this.#trouble !== undefined) {
      this.#tell(this.#trouble);
    }
    this.#ready = true;
    if (changed !== JSON.stringify([this.#ready, this.#accounts, this.#trouble])) {
      this.#changed.fire();
    }
    if (before !== undefined && found.kind === 'list') {
      this.#tellRemoved(before, found.content);
    }
  }

  #damage(): AccountListTrouble | undefined {
    const count = this.#content?.accounts.filter(isDamaged).length ?? 0;
    return count === 0 ? undefined : { kind: 'damaged', count, file: this.#options.file };
  }

  /** A record whose id was damaged since then may be the account that seems to be gone. */
  #tellRemoved(before: AccountContent, after: AccountContent): void {
    const known = new Set(before.accounts.flatMap((record) => [idOf(record), JSON.stringify(record)]));
    const isLost = (record: unknown): boolean =>
      isDamaged(record) && !known.has(idOf(record) ?? JSON.stringify(record));
    if (after.accounts.some(isLost)) {
      return;
    }
    const left = new Set(after.accounts.map(idOf));
    const removed = before.accounts.flatMap((record) => idOf(record) ?? []).filter((id) => !left.has(id));
    if (removed.length > 0) {
      this.#removed.fire(removed);
    }
  }

  #tell(trouble: AccountListTrouble): void {
    const { log, onTrouble } = this.#options;
    if (trouble.kind === 'unreadable') {
      clearTimeout(this.#again);
      this.#again = setTimeout(() => void this.reload(), LOOKS_AGAIN_MS).unref();
    }
    const what =
      trouble.kind === 'setAside'
        ? trouble.file
        : trouble.kind === 'damaged'
          ? `${trouble.count} damaged`
          : trouble.kind;
    if (!this.#told.has(what)) {
      this.#told.add(what);
      log.error(`the list of accounts: ${JSON.stringify(trouble)}`);
      onTrouble(trouble);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  #isAccount(record: unknown): record is Account {
    return isAccount(record, this.#options.isKnownProvider);
  }
}
