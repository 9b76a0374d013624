import * as vscode from 'vscode';
import { DASHBOARD } from '../../contributions';
import type { BudgetStandings } from '../../insights/budgets/budgetStandings';
import type { UsageChecks } from '../../insights/checks/usageChecks';
import { l10n } from '../../platform/l10n';
import { settings } from '../../platform/settings';
import {
  type DashboardView,
  type HostMessage,
  type Intent,
  isChoice,
  type PageMessage,
  readDashboardState,
  readPageMessage,
} from '../../protocol/messages';
import type { AccountList } from '../../store/accountList';
import type { UsageStore } from '../../store/usageStore';
import type { Formats } from '../../usage/format';
import type { Granularity } from '../../usage/range';
import { type EpochMs, lastDayOf, type Period, utcDay } from '../../usage/time';
import { actions, type ShownExport } from '../actions';
import { dashboardDeps } from './dashboardDeps';
import { DashboardModel } from './dashboardModel';
import { dashboardStrings } from './dashboardStrings';
import { dashboardPage } from './page';

export interface DashboardOptions {
  readonly extensionUri: vscode.Uri;
  readonly accounts: AccountList;
  readonly store: UsageStore;
  readonly checks: UsageChecks;
  readonly standings: BudgetStandings;
  readonly formats: Formats;
  readonly now: () => EpochMs;
  /** Shows a machine in the sidebar. */
  readonly reveal: (accountId: string, subjectId: string) => Promise<void>;
  /** Called when the panel appears or disappears from sight. */
  readonly onVisibility: () => void;
}

/** Minimum time between updates of the page while days load, in milliseconds. */
const PACE = 200;

/** The same while all accounts are shown, of which several often change at once. */
const FRAME = 16;

/** The panel with the charts, one per window. It sends whole snapshots, and only while visible. */
export class Dashboard implements vscode.Disposable {
  readonly #options: DashboardOptions;
  readonly #model: DashboardModel;
  #panel: vscode.WebviewPanel | undefined;
  #ready = false;
  /** How many choices the page has made since it began. */
  #heard = 0;
  #pending: NodeJS.Timeout | undefined;
  #disposables: vscode.Disposable | undefined;

  constructor(options: DashboardOptions) {
    this.#options = options;
    const { accounts, store, checks, standings, now, formats } = options;
    this.#model = new DashboardModel({
      accounts,
      store,
      checks,
      now,
      words: dashboardDeps(formats, { standings, checks, accounts }),
    });
  }

  get visible(): boolean {
    return this.#panel?.visible ?? false;
  }

  /** Opens the panel or brings it to the front, for this account (else its last one), with this machine selected. */
  show(accountId: string | undefined, subjectId?: string): void {
    if (accountId !== undefined) {
      this.#model.chooseAccount(accountId);
    }
    if (subjectId !== undefined) {
      this.#model.select(subjectId);
    }
    if (this.#panel === undefined) {
      const panel = vscode.window.createWebviewPanel(DASHBOARD, l10n.t('Usage'), vscode.ViewColumn.Active, {
        enableFindWidget: true,
      });
      this.#adopt(panel);
    } else {
      this.#panel.reveal();
      this.#send();
    }
  }

  /** Takes over the panel that VS Code kept across a window reload. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    this.#panel?.dispose(); // there is one panel: an older one makes room
    const kept = readDashboardState(state);
    if (kept !== undefined) {
      this.#model.restore(kept);
    }
    this.#adopt(panel);
  }

  /** What the open dashboard shows of an account; undefined when it shows another one, or is not open. */
  shownOf(accountId: string): { readonly period: Period; readonly granularity: Granularity } | undefined {
    return this.#panel !== undefined && this.#model.account?.id === accountId ? this.#model.shown : undefined;
  }

  /** All that the page shows now. */
  view(): DashboardView {
    return this.#model.view();
  }

  /** Loads the missing days of what is shown; these may require more days. Never rejects. */
  async load(): Promise<void> {
    const { account } = this.#model;
    const wants = this.#model.toLoad();
    if (account !== undefined && wants.length > 0) {
      await this.#options.store.of(account).load(wants);
    }
  }

  /** Handles a message, as if the page had sent it. */
  receive(message: PageMessage): void {
    this.#heard += isChoice(message) ? 1 : 0;
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#heard = 0;
        this.#post({ type: 'hello', locale: vscode.env.language, strings: dashboardStrings() });
        break;
      case 'chooseAccount':
        if (message.accountId === null) {
          this.#model.chooseAll();
        } else {
          this.#model.chooseAccount(message.accountId);
        }
        break;
      case 'choose':
        this.#model.choose(message.change);
        break;
      case 'select':
        this.#model.select(message.subjectId ?? undefined);
        break;
      case 'reveal':
        this.#reveal(message.subjectId);
        return;
      case 'exportRows':
        this.#exportRows(message.format);
        return;
      case 'savePicture':
        actions.savePicture(new Uint8Array(message.png), this.#pictureName(message.of));
        return;
      case 'act':
        this.#act(message.intent, message.accountId);
        return;
      case 'dismiss':
        this.#dismiss(message.name);
        return;
    }
    this.#send();
  }

  /** Lets go of the panel without closing it: VS Code keeps an open one across a window reload. */
  dispose(): void {
    this.#letGo();
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const { extensionUri, accounts, store, checks, onVisibility } = this.#options;
    const changed = (accountId: string): void => {
      if (this.#model.showsAll || accountId === this.#model.account?.id) {
        this.#sendSoon(accountId);
      }
    };
    this.#panel = panel;
    this.#ready = false;
    this.#model.forgetDrawn(); // settings are not followed while there is no panel
    panel.iconPath = {
      light: vscode.Uri.joinPath(extensionUri, 'media', 'panel-light.svg'),
      dark: vscode.Uri.joinPath(extensionUri, 'media', 'panel-dark.svg'),
    };
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')],
    };
    this.#disposables = vscode.Disposable.from(
      panel.onDidDispose(() => {
        this.#letGo();
        onVisibility();
      }),
      panel.onDidChangeViewState(() => {
        this.#send();
        onVisibility();
      }),
      panel.webview.onDidReceiveMessage((message: unknown) => {
        const known = readPageMessage(message);
        if (known !== undefined) {
          this.receive(known);
        }
      }),
      accounts.onDidChange(() => {
        this.#send();
      }),
      settings.onDidChange(() => {
        this.#model.forgetDrawn();
        this.#send();
      }),
      store.onDidChange(changed),
      checks.onDidChange(changed),
    );
    panel.webview.html = dashboardPage(panel.webview, extensionUri);
    onVisibility();
    // Compute the view while the page loads, so that it is ready at once.
    setImmediate(() => {
      if (this.#panel === panel && accounts.isReady) {
        this.view();
      }
    });
  }

  #letGo(): void {
    this.#model.letGo();
    this.#panel = undefined;
    this.#ready = false;
    clearTimeout(this.#pending);
    this.#pending = undefined;
    this.#disposables?.dispose();
    this.#disposables = undefined;
  }

  /** On the account, if one is named; else on what is shown. */
  #act(intent: Intent, accountId: string | undefined): void {
    const { accounts, store } = this.#options;
    const account = accountId === undefined ? this.#model.account : accounts.find(accountId);
    switch (intent) {
      case 'addAccount':
        actions.addAccount();
        return;
      case 'openSample':
        actions.openSample();
        return;
      case 'cancelLoading':
        if (account !== undefined) {
          store.known(account.id)?.cancelLoading();
        }
        return;
      case 'loadMissing':
        if (account !== undefined) {
          store.known(account.id)?.dayCache.clearFailures(true);
          this.#send();
        }
        return;
      case 'showLastMonth':
        this.#model.choose({ range: { kind: 'lastMonth' } });
        this.#send();
        return;
      case 'readAgain':
        if (account !== undefined) {
          actions.readMonthAgain(account.id);
        }
        return;
      case 'setRates':
        if (account !== undefined) {
          actions.setRates(account.id);
        }
        return;
      case 'setBudgets':
        actions.setBudgets(account?.id);
        return;
      case 'showDismissed':
        this.#showDismissed();
        return;
      case 'refresh':
      case 'updateKey':
      case 'openSettings':
      case 'openProxySettings':
      case 'showLog':
        // The person asks again for what they cancelled before.
        if (intent === 'refresh') {
          for (const { id } of account === undefined ? accounts.all : [account]) {
            store.known(id)?.dayCache.clearFailures(true);
          }
        }
        actions.resolveFailure(intent, account?.id);
    }
  }

  #exportRows(format: ShownExport['format']): void {
    const { account, shown } = this.#model;
    if (account !== undefined) {
      actions.exportRows({ accountId: account.id, format, ...shown });
    }
  }

  /** Another window may have dismissed something meanwhile, so each change reads the list again. */
  #dismiss(name: string): void {
    const { account } = this.#model;
    if (account !== undefined) {
      void this.#options.accounts.update(account.id, (own) => ({
        ...own,
        dismissed: [...new Set([...(own.dismissed ?? []), name])],
      }));
    }
  }

  #showDismissed(): void {
    const { account } = this.#model;
    if (account !== undefined) {
      void this.#options.accounts.update(account.id, ({ dismissed: _, ...own }) => own);
    }
  }

  #reveal(subjectId: string): void {
    const { account } = this.#model;
    if (account !== undefined) {
      void this.#options.reveal(account.id, subjectId);
    }
  }

  #pictureName(of: string): string {
    const { period } = this.#model.shown;
    const last = lastDayOf({ start: period.start, end: Math.min(period.end, this.#options.now()) });
    return `usage-${of}-${this.#model.account?.label ?? ''}-${utcDay(period.start)}-to-${last}.png`;
  }

  /** Every loaded day changes the view, and drawing each change would take longer than loading. */
  #sendSoon(accountId: string): void {
    const isLoading = this.#options.store.known(accountId)?.loading !== undefined;
    if (isLoading || this.#model.showsAll) {
      this.#pending ??= setTimeout(
        () => {
          this.#send();
        },
        isLoading ? PACE : FRAME,
      );
    } else {
      this.#send();
    }
  }

  #send(): void {
    clearTimeout(this.#pending);
    this.#pending = undefined;
    if (!this.visible) {
      this.#model.letGo();
    } else if (this.#ready && this.#options.accounts.isReady) {
      this.#model.hold();
      void this.load(); // first, so that the view says what is being read
      this.#post({ type: 'show', heard: this.#heard, view: this.view() });
    }
  }

  #post(message: HostMessage): void {
    void this.#panel?.webview.postMessage(message);
  }
}
