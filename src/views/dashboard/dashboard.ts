import * as vscode from 'vscode';
import { COMMANDS, DASHBOARD, INTERNAL_COMMANDS } from '../../contributions';
import {
  type DashboardView,
  type HostMessage,
  type PageMessage,
  readDashboardState,
  readPageMessage,
} from '../../protocol/messages';
import { PROVIDERS } from '../../providers/registry';
import type { AccountList } from '../../store/accountList';
import type { UsageStore } from '../../store/usageStore';
import type { Account } from '../../usage/account';
import type { Formats } from '../../usage/format';
import { displayText } from '../../usage/text';
import type { EpochMs } from '../../usage/time';
import { dashboardView } from './dashboardView';
import { dashboardStrings, viewWords } from './dashboardWords';
import { dashboardPage } from './page';

export interface DashboardOptions {
  readonly extensionUri: vscode.Uri;
  readonly accounts: AccountList;
  readonly store: UsageStore;
  readonly formats: Formats;
  readonly now: () => EpochMs;
  /** Called when the panel appears or disappears from sight. */
  readonly onVisibility: () => void;
}

/** The panel with the charts: one for the window. It sends whole snapshots, and only while it can be seen. */
export class Dashboard implements vscode.Disposable {
  readonly #options: DashboardOptions;
  #panel: vscode.WebviewPanel | undefined;
  #accountId: string | undefined;
  #ready = false;
  #disposables: { dispose(): unknown }[] = [];

  constructor(options: DashboardOptions) {
    this.#options = options;
  }

  get visible(): boolean {
    return this.#panel?.visible ?? false;
  }

  /** Opens the panel, or brings it to the front, with the account or the one that it had. */
  show(accountId: string | undefined): void {
    this.#accountId = accountId ?? this.#accountId;
    if (this.#panel === undefined) {
      const panel = vscode.window.createWebviewPanel(
        DASHBOARD,
        vscode.l10n.t('Usage'),
        vscode.ViewColumn.Active,
        {},
      );
      this.#adopt(panel);
    } else {
      this.#panel.reveal();
      this.#send();
    }
  }

  /** Takes over the panel that VS Code kept over a reload of the window. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    this.#panel?.dispose(); // there is one panel: an older one makes room
    this.#accountId = readDashboardState(state)?.accountId;
    this.#adopt(panel);
  }

  /** Lets go of the panel without closing it: VS Code keeps an open one over a reload of the window. */
  dispose(): void {
    this.#letGo();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const { extensionUri, accounts, store, onVisibility } = this.#options;
    const send = (): void => {
      this.#send();
    };
    this.#panel = panel;
    this.#ready = false;
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'panel-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'panel-dark.svg'),
    };
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')],
    };
    this.#disposables = [
      panel.onDidDispose(() => {
        this.#letGo();
        onVisibility();
      }),
      panel.onDidChangeViewState(() => {
        send();
        onVisibility();
      }),
      panel.webview.onDidReceiveMessage((message: unknown) => {
        const known = readPageMessage(message);
        if (known !== undefined) {
          this.#receive(known);
        }
      }),
      accounts.onDidChange(send),
      store.onDidChange((accountId) => {
        if (accountId === this.#account()?.id) {
          send();
        }
      }),
    ];
    panel.webview.html = dashboardPage(panel.webview, extensionUri);
    onVisibility();
  }

  #letGo(): void {
    this.#panel = undefined;
    this.#ready = false;
    for (const disposable of this.#disposables.splice(0)) {
      disposable.dispose();
    }
  }

  #receive(message: PageMessage): void {
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#post({ type: 'hello', locale: vscode.env.language, strings: dashboardStrings() });
        this.#send();
        return;
      case 'chooseAccount':
        this.#accountId = message.accountId;
        this.#send();
        return;
      case 'act':
        this.#act(message.intent);
    }
  }

  #act(intent: Extract<PageMessage, { type: 'act' }>['intent']): void {
    switch (intent) {
      case 'addAccount':
        void vscode.commands.executeCommand(COMMANDS.addAccount);
        return;
      case 'openSample':
        void vscode.commands.executeCommand(COMMANDS.openSample);
        return;
      case 'refresh':
      case 'updateKey':
      case 'openSettings':
      case 'showLog':
        void vscode.commands.executeCommand(INTERNAL_COMMANDS.resolveFailure, {
          remedy: intent,
          accountId: this.#account()?.id,
        });
    }
  }

  /** The chosen account while it exists, else the first. */
  #account(): Account | undefined {
    const { accounts } = this.#options;
    return accounts.all.find(({ id }) => id === this.#accountId) ?? accounts.all[0];
  }

  #send(): void {
    if (this.#ready && this.visible && this.#options.accounts.isReady) {
      this.#post({ type: 'show', view: this.view() });
    }
  }

  /** All that the page shows now. */
  view(): DashboardView {
    const { accounts, store, formats, now } = this.#options;
    const account = this.#account();
    return dashboardView({
      accounts: accounts.all.map(({ id, label, provider }) => ({
        id,
        label: displayText(label),
        provider: PROVIDERS[provider].name,
        sample: PROVIDERS[provider].key === undefined,
      })),
      account,
      usage: account === undefined ? undefined : store.usage(account.id),
      refreshing: account !== undefined && store.isRefreshing(account.id),
      now: now(),
      words: viewWords(formats),
    });
  }

  #post(message: HostMessage): void {
    void this.#panel?.webview.postMessage(message);
  }
}
