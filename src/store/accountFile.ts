import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type AccountContent,
  isDamaged,
  NO_ACCOUNTS,
  parseAccounts,
  withRecordsOf,
  withSoundParts,
  writtenAccounts,
} from './accountRecord';

/** Retry delays in ms before the file counts as broken: another program may be in the middle of writing it. */
const LOOKS_AGAIN_MS: readonly number[] = [50, 150, 400];

/** What was found at the file's path. */
export type Found =
  | { readonly kind: 'list'; readonly content: AccountContent }
  /** There is no list, and none was set aside: nobody has added an account yet. */
  | { readonly kind: 'none' }
  /** The file was not a list and now has this name; nothing is in its place. */
  | { readonly kind: 'setAside'; readonly file: string }
  /** A later version wrote it in a form of its own; it is left as it is. */
  | { readonly kind: 'newer' }
  /** The file is there, and could not be opened. */
  | { readonly kind: 'unreadable'; readonly detail: string };

/**
 * The accounts file on disk, and a copy of the last good one beside it. Each write goes to a new file that then takes the name,
 * so that it is never seen half-written.
 */
export class AccountFile {
  readonly #path: string;
  /** Text of the last copy, as far as this window knows. */
  #copied: string | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads the file; sets it aside when it is no list. Never rejects. */
  async read(): Promise<Found> {
    let found = await this.#look();
    for (const wait of LOOKS_AGAIN_MS) {
      if (found !== undefined && found.kind !== 'unreadable') {
        return found;
      }
      await pause(wait);
      found = await this.#look();
    }
    return found ?? this.#setAside();
  }

  /** Rejects with the error of the file system. */
  async write(content: AccountContent): Promise<void> {
    const text = writtenAccounts(content);
    await mkdir(dirname(this.#path), { recursive: true });
    await put(this.#path, text);
    await this.#copy(text, content);
  }

  /** A list whose damaged records are replaced by their last good copy, or else by their sound parts. */
  async mended(content: AccountContent): Promise<AccountContent> {
    return withSoundParts(withRecordsOf(content, await this.#lastCopy()));
  }

  /**
   * What can be put in the place of a file that was set aside: that file, once a person has mended it, or else the last
   * list that was read or written. Undefined where there is neither.
   */
  async lastGood(aside: string): Promise<AccountContent | undefined> {
    for (const path of [aside, this.#copyPath]) {
      const content = parseAccounts(await readFile(path, 'utf8').catch(() => ''));
      if (content !== undefined && content !== 'newer') {
        return content;
      }
    }
    return undefined;
  }

  /** Deletes set-aside files that name an account a person has removed. Rejects with the file system's error. */
  async forget(accountId: string): Promise<void> {
    for (const file of await this.#filesAside()) {
      if ((await readFile(file, 'utf8')).includes(accountId)) {
        await rm(file);
      }
    }
  }

  get #copyPath(): string {
    return `${this.#path}.last`;
  }

  /** Undefined if the file is not a list. */
  async #look(): Promise<Found | undefined> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? await this.#lookAside()
        : { kind: 'unreadable', detail: String(error) };
    }
    const content = parseAccounts(text);
    if (content === undefined || content === 'newer') {
      return content && { kind: content };
    }
    await this.#copy(text, content);
    return { kind: 'list', content };
  }

  /** Keeps the last good version of damaged records. If copying fails, the next list read or written is copied. */
  async #copy(text: string, content: AccountContent): Promise<void> {
    if (text === this.#copied) {
      return;
    }
    const kept = content.accounts.some(isDamaged)
      ? writtenAccounts(withRecordsOf(content, await this.#lastCopy()))
      : text;
    this.#copied = await put(this.#copyPath, kept).then(
      () => text,
      () => undefined,
    );
  }

  async #lastCopy(): Promise<AccountContent> {
    const content = parseAccounts(await readFile(this.#copyPath, 'utf8').catch(() => ''));
    return content === undefined || content === 'newer' ? NO_ACCOUNTS : content;
  }

  async #setAside(): Promise<Found> {
    const aside = `${this.#path}.unreadable-${Date.now()}`;
    try {
      await rename(this.#path, aside);
      return { kind: 'setAside', file: aside };
    } catch (error) {
      return { kind: 'unreadable', detail: String(error) };
    }
  }

  /** Another window may have set it aside. Returns the newest. */
  async #lookAside(): Promise<Found> {
    const newest = (await this.#filesAside()).at(-1);
    return newest === undefined ? { kind: 'none' } : { kind: 'setAside', file: newest };
  }

  /** The oldest first. */
  async #filesAside(): Promise<string[]> {
    const start = `${basename(this.#path)}.unreadable-`;
    const names = await readdir(dirname(this.#path)).catch(() => [] as string[]);
    return names
      .filter((name) => name.startsWith(start))
      .sort()
      .map((name) => join(dirname(this.#path), name));
  }
}

async function put(path: string, text: string): Promise<void> {
  const fresh = `${path}.${randomUUID()}.tmp`;
  await writeFile(fresh, text, { mode: 0o600 });
  await rename(fresh, path);
}
