import type { Keychain } from '../../platform/keychain';
import type { Preferences } from '../../platform/preferences';
import type { AccountList } from '../../store/accountList';
import type { KeyDraft } from '../../store/connect';
import type { UsageStore } from '../../store/usageStore';
import type { BoundKey } from '../../usage/account';
import type { Formats } from '../../usage/format';
import type { Granularity } from '../../usage/range';
import type { EpochMs, Period } from '../../usage/time';
import type { Typing } from '../../usage/typedNumber';
import type { Row } from '../../views/tree/nodeKinds';

/** What commands work with; built once in `extension.ts`. */
export interface Services {
  readonly accounts: AccountList;
  readonly store: UsageStore;
  readonly keychain: Keychain;
  readonly preferences: Preferences;
  readonly formats: Formats;
  readonly typing: Typing;
  readonly now: () => EpochMs;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Tries a key at its vendor before it is kept. Throws UsageError. */
  readonly checkKey: (draft: KeyDraft, signal: AbortSignal) => Promise<BoundKey>;
  readonly showLog: () => void;
  readonly tree: {
    /** The row on which a command was run, the account with that id, or else the selected row. */
    rowOf(argument: unknown): Row | undefined;
    showMoreMachines(accountId: string): void;
  };
  readonly statusBar: {
    showNext(): void;
  };
  readonly dashboard: {
    show(accountId: string | undefined, subjectId?: string): Promise<void>;
    /** What it shows of an account; undefined when it shows another one, or is not open. */
    shownOf(accountId: string): { readonly period: Period; readonly granularity: Granularity } | undefined;
  };
}
