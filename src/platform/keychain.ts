import type { Disposable, SecretStorage } from 'vscode';
import type { BoundKey } from '../usage/account';
import { UsageError } from '../usage/failure';
import { SECOND } from '../usage/time';
import { l10n } from './l10n';

const PREFIX = 'usageExplorer.key.';

/** A locked keyring asks the person for a password, which takes a while; one that hangs never answers. */
const PATIENCE_MS = 30 * SECOND;

/** Keys, stored only in VS Code's SecretStorage, each with the only origin that it may be sent to. */
export class Keychain {
  readonly #secrets: SecretStorage;
  /** Accounts whose key this window has just written. */
  readonly #written = new Set<string>();

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  /** Rejects with UsageError `keychain` if the storage fails or does not answer within {@link PATIENCE_MS}. */
  async find(accountId: string): Promise<BoundKey | undefined> {
    const text = await this.#answered(this.#secrets.get(PREFIX + accountId));
    return text === undefined ? undefined : parse(text);
  }

  async keep(accountId: string, { key, origin }: BoundKey): Promise<void> {
    await this.#write(accountId, (name) => this.#secrets.store(name, JSON.stringify({ key, origin })));
  }

  async remove(accountId: string): Promise<void> {
    await this.#write(accountId, (name) => this.#secrets.delete(name));
  }

  async #answered<T>(answer: Thenable<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(l10n.t('it does not answer.')));
      }, PATIENCE_MS);
    });
    try {
      return await Promise.race([answer, silence]);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      throw new UsageError({ kind: 'keychain', detail }, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  async #write(accountId: string, write: (name: string) => Thenable<void>): Promise<void> {
    this.#written.add(accountId);
    try {
      await write(PREFIX + accountId);
    } catch (error) {
      this.#written.delete(accountId);
      throw error;
    }
  }

  /** The listener gets the account whose key another window changed. */
  onDidChangeElsewhere(listener: (accountId: string) => void): Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      const accountId = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : undefined;
      if (accountId !== undefined && !this.#written.delete(accountId)) {
        listener(accountId);
      }
    });
  }
}

function parse(text: string): BoundKey | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (
      typeof value === 'object' &&
      value !== null &&
      'key' in value &&
      typeof value.key === 'string' &&
      'origin' in value &&
      typeof value.origin === 'string'
    ) {
      return { key: value.key, origin: value.origin };
    }
  } catch {
    return undefined; // not ours: treated as no key, so the person is asked for one
  }
  return undefined;
}
