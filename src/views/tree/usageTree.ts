import * as vscode from 'vscode';
import { VIEW } from '../../contributions';
import type { UsageChecks } from '../../insights/checks/usageChecks';
import type { MeterForecast } from '../../insights/forecast/meterForecast';
import { setContextKey } from '../../platform/contextKeys';
import { l10n } from '../../platform/l10n';
import { tell } from '../../platform/messages';
import type { Preferences } from '../../platform/preferences';
import { settings } from '../../platform/settings';
import { isRecord } from '../../protocol/choices';
import type { AccountList } from '../../store/accountList';
import type { AccountUsage } from '../../store/accountUsage';
import type { UsageStore } from '../../store/usageStore';
import type { Account } from '../../usage/account';
import type { Formats } from '../../usage/format';
import type { EpochMs } from '../../usage/time';
import { ratesOf } from '../ownRates';
import type { AccountNode } from './account/nodes';
import { accountNode } from './account/nodes';
import type { AccountRowMemory } from './account/rowMemory';
import type { TreeContext } from './context';
import { endsOf } from './forecast/children';
import { machineRow } from './machineRow';
import { childrenOf, parentOf, type Row, rowOf, tooltipOf, treeItem } from './nodeKinds';
import type { TreeNode } from './nodes';
import type { ItemContext } from './row';

export interface UsageTreeOptions {
  /** Asks this tree for its rows. */
  readonly view: vscode.TreeView<TreeNode>;
  readonly accounts: AccountList;
  readonly store: UsageStore;
  readonly checks: UsageChecks;
  readonly preferences: Preferences;
  /** What the rows of accounts showed last. */
  readonly rowMemory: AccountRowMemory;
  readonly formats: Formats;
  readonly now: () => EpochMs;
}

/** What the rows of an account are drawn from. */
interface Drawn {
  readonly usage: AccountUsage | undefined;
  readonly check: ReturnType<UsageChecks['result']>;
  readonly restatements: ReturnType<UsageChecks['restatements']>;
  readonly ends: readonly MeterForecast[];
}

/** VS Code asks for every child of an open row, so long lists come in pages. */
const MACHINES_A_PAGE = 2000;

/** The sidebar: accounts, machines, days, hours and metering buckets, each read when it is opened. */
export class UsageTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #options: UsageTreeOptions;
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #context: TreeContext & ItemContext;
  readonly #disposables: vscode.Disposable;
  /** VS Code refreshes a row by the very object it was given. */
  readonly #accountNodes = new Map<string, AccountNode>();
  readonly #limits = new Map<string, number>();
  /** Rows given to VS Code. A command argument that is not one of them is not ours. */
  readonly #given = new WeakSet<TreeNode>();
  /** What each account was last drawn from. */
  readonly #drawn = new Map<string, Drawn>();

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: UsageTreeOptions) {
    this.#options = options;
    const { view, accounts, store, checks, preferences, rowMemory, formats, now } = options;
    this.#context = {
      store,
      checks,
      formats,
      now,
      ratesOf,
      machineView: () => preferences.machineView,
      machineLimit: (accountId) => this.#limits.get(accountId) ?? MACHINES_A_PAGE,
    };
    this.#view = view;
    this.#disposables = vscode.Disposable.from(
      this.#changed,
      accounts.onDidChange(() => {
        if (accounts.isReady && accounts.trouble === undefined) {
          rowMemory.retain(accounts.all.map(({ id }) => id)); // a list with trouble may be short
        }
        this.#refreshAll();
      }),
      preferences.onDidChange(() => {
        this.#refreshAll();
      }),
      settings.onDidChange(() => {
        this.#refreshAll();
      }),
      store.onDidChange((accountId) => {
        this.#refreshAccount(accountId);
        this.#showProgress();
      }),
      checks.onDidChange((accountId) => {
        this.#refreshAccount(accountId);
      }),
    );
    this.#tellFilter();
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  get onDidChangeVisibility(): vscode.Event<unknown> {
    return this.#view.onDidChangeVisibility;
  }

  /**
   * What a command is about: the row on which it was run, the account with this id, or else the selected row. VS Code hands
   * back the nodes that it was given.
   */
  rowOf(argument: unknown): Row | undefined {
    const node = argument === undefined ? this.#view.selection[0] : argument;
    const account = this.#accountOf(node);
    if (account === undefined) {
      return undefined;
    }
    return this.#given.has(node as TreeNode) ? { ...rowOf(node as TreeNode), account } : { account };
  }

  /** From our list, since another extension may pass anything. */
  #accountOf(node: unknown): Account | undefined {
    const account = isRecord(node) ? node['account'] : undefined;
    const id = isRecord(account) ? account['id'] : node;
    return typeof id === 'string' ? this.#options.accounts.find(id) : undefined;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    this.#given.add(node);
    const item = treeItem(node, this.#context);
    if (node.kind === 'account') {
      this.#options.rowMemory.complete(node.account.id, item, () => tooltipOf(node, this.#context).value);
    }
    return item;
  }

  /** Makes a row's missing tooltip on hover. */
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const restored = node.kind === 'account' ? this.#options.rowMemory.tooltip(node.account.id) : undefined;
    item.tooltip = restored ?? tooltipOf(node, this.#context);
    return item;
  }

  getChildren(node?: TreeNode): vscode.ProviderResult<TreeNode[]> {
    return node === undefined
      ? this.#options.accounts.all.map((account) => this.#accountNode(account.id))
      : childrenOf(node, this.#context);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return parentOf(node);
  }

  /** Shows and selects a machine's row; if a filter hides it, says so and offers to clear the filter. */
  async revealMachine(accountId: string, subjectId: string): Promise<void> {
    const { accounts, preferences } = this.#options;
    const account = accounts.find(accountId);
    if (account === undefined) {
      return;
    }
    const found = machineRow(account, subjectId, this.#context);
    if (found !== undefined) {
      while (found.place >= this.#context.machineLimit(accountId)) {
        this.showMoreMachines(accountId);
      }
      await this.#view.reveal(found.row, { select: true, focus: true, expand: false });
      return;
    }
    const { text, hideZero } = preferences.machineView;
    if (text === '' && !hideZero) {
      await tell('info', l10n.t('The sidebar lists only usage of this month, and this is not in it.'));
      return;
    }
    const clear = l10n.t('Clear Filter');
    const answer = await tell('info', l10n.t('The filter in the sidebar hides this machine.'), clear);
    if (answer === clear) {
      await preferences.change({ text: '', hideZero: false });
      await this.revealMachine(accountId, subjectId);
    }
  }

  showMoreMachines(accountId: string): void {
    this.#limits.set(accountId, this.#context.machineLimit(accountId) + MACHINES_A_PAGE);
    this.#changed.fire(this.#accountNodes.get(accountId));
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  /**
   * Redraws rows only when what they show has changed, because redrawing closes the tooltip under the mouse. Each day that
   * the dashboard loads changes the forecasts; those are shown once all days are there.
   */
  #refreshAccount(accountId: string): void {
    const { accounts, store, checks } = this.#options;
    const before = this.#drawn.get(accountId);
    const account = accounts.find(accountId);
    const known = store.known(accountId);
    const drawn: Drawn = {
      usage: known?.usage,
      check: checks.result(accountId),
      restatements: checks.restatements(accountId),
      ends:
        account === undefined || known?.loading !== undefined
          ? (before?.ends ?? [])
          : endsOf({ account }, this.#context),
    };
    if (drawn.usage === undefined || before === undefined || !isSame(drawn, before)) {
      this.#drawn.set(accountId, drawn);
      this.#changed.fire(this.#accountNodes.get(accountId));
    }
  }

  #refreshAll(): void {
    this.#accountNodes.clear();
    this.#tellFilter();
    this.#changed.fire(undefined);
  }

  #accountNode(accountId: string): AccountNode {
    const known = this.#accountNodes.get(accountId);
    if (known !== undefined) {
      return known;
    }
    const account = this.#options.accounts.find(accountId);
    if (account === undefined) {
      throw new RangeError('no such account');
    }
    const node = accountNode(account);
    this.#accountNodes.set(accountId, node);
    return node;
  }

  /** Says above the rows that some are hidden, and why. */
  #tellFilter(): void {
    const { text, hideZero } = this.#options.preferences.machineView;
    setContextKey('filtered', text !== '');
    setContextKey('hidesUnused', hideZero);
    const parts = [
      text === '' ? undefined : l10n.t('Machines that match “{0}”', text),
      hideZero ? l10n.t('Unused machines hidden') : undefined,
    ].filter((part) => part !== undefined);
    this.#view.message = parts.join(' · ');
  }

  /** The bar above the rows runs while any account is being read. */
  #showProgress(): void {
    const { accounts, store } = this.#options;
    const isBusy = (): boolean => accounts.all.some(({ id }) => store.known(id)?.refreshing !== undefined);
    if (this.#progress !== undefined || !isBusy()) {
      return;
    }
    const done = new Promise<void>((resolve) => {
      this.#progress = store.onDidChange(() => {
        if (!isBusy()) {
          this.#progress?.dispose();
          this.#progress = undefined;
          resolve();
        }
      });
    });
    void vscode.window.withProgress({ location: { viewId: VIEW } }, () => done);
  }

  #progress: { dispose(): void } | undefined;
}

function isSame(a: Drawn, b: Drawn): boolean {
  return (
    a.usage === b.usage &&
    a.check === b.check &&
    a.restatements === b.restatements &&
    a.ends.length === b.ends.length &&
    a.ends.every((end, index) => end === b.ends[index])
  );
}
