import * as vscode from 'vscode';
import type { Keychain } from '../platform/keychain';
import { NetworkWatch } from '../platform/network';
import { settings } from '../platform/settings';
import type { AccountList } from '../store/accountList';
import { isOffline, stopOfThisWindow } from '../store/accountUsage';
import { RefreshScheduler } from '../store/refreshScheduler';
import type { UsageStore } from '../store/usageStore';
import type { Account } from '../usage/account';
import { type EpochMs, SECOND } from '../usage/time';

/** A focus change retries offline accounts only after this time, because people often switch windows. */
const FOCUS_ASKS_AFTER_MS = 10 * SECOND;

export interface AttentionOptions {
  readonly accounts: AccountList;
  readonly store: UsageStore;
  readonly keychain: Keychain;
  readonly tree: Visible;
  readonly dashboard: Visible;
  readonly statusBar: { readonly visible: boolean };
  readonly now: () => EpochMs;
}

interface Visible {
  readonly visible: boolean;
  readonly onDidChangeVisibility: vscode.Event<unknown>;
}

/**
 * Keeps what is on screen fresh, and requests nothing while nothing of ours is on screen. The status bar always is, so it
 * counts only in the window that has the focus.
 */
export class VisibilityRefresh implements vscode.Disposable {
  readonly #options: AttentionOptions;
  readonly #refreshScheduler: RefreshScheduler;
  readonly #disposables: vscode.Disposable;

  constructor(options: AttentionOptions) {
    this.#options = options;
    const { accounts, store, keychain, tree, dashboard, now } = options;
    this.#refreshScheduler = new RefreshScheduler({
      store,
      now,
      accounts: () => accounts.all,
      intervalMs: () => settings.refreshIntervalMs,
      isWatched: () => this.#isWatched(),
    });
    const network = new NetworkWatch(() => {
      this.#refreshScheduler.reconnect();
    });
    const update = (): void => {
      const isWatched = this.#isWatched();
      store.watch(isWatched);
      network.watch(isWatched && accounts.all.some((account) => this.#isOffline(account)));
      this.#refreshScheduler.update();
    };
    this.#disposables = vscode.Disposable.from(
      this.#refreshScheduler,
      network,
      accounts.onDidChange(() => {
        store.retain(accounts.all);
        update();
      }),
      accounts.onDidRemove((ids) => {
        store.erase(ids).catch(() => undefined); // database trouble has already been reported
      }),
      store.onDidChange((accountId) => {
        if (store.known(accountId)?.refreshing === undefined) {
          update();
        }
      }),
      keychain.onDidChangeElsewhere((accountId) => {
        store.known(accountId)?.resetBackoff();
        this.#refreshScheduler.ask(accountId);
      }),
      tree.onDidChangeVisibility(update),
      dashboard.onDidChangeVisibility(update),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) {
          this.#refreshScheduler.reconnect(FOCUS_ASKS_AFTER_MS);
        }
        update();
      }),
      settings.onDidChange(() => {
        store.retain(accounts.all);
        for (const { id } of accounts.all.filter((account) => this.#hasAddressTrouble(account))) {
          store.known(id)?.resetBackoff();
          this.#refreshScheduler.ask(id);
        }
        update();
      }),
    );
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /** A change of settings may have fixed this trouble. */
  #hasAddressTrouble({ id }: Account): boolean {
    const usage = this.#options.store.known(id)?.usage;
    const kind = usage === undefined ? undefined : stopOfThisWindow(usage)?.kind;
    return kind === 'badAddress' || kind === 'keyForOtherAddress';
  }

  #isOffline({ id }: Account): boolean {
    const usage = this.#options.store.known(id)?.usage;
    return usage !== undefined && isOffline(usage);
  }

  #isWatched(): boolean {
    const { tree, dashboard, statusBar } = this.#options;
    return tree.visible || dashboard.visible || (statusBar.visible && vscode.window.state.focused);
  }
}
