import * as vscode from 'vscode';
import { commandRunner } from './commands/runner';
import { BudgetStandings } from './insights/budgets/budgetStandings';
import { UsageChecks } from './insights/checks/usageChecks';
import { setContextKey } from './platform/contextKeys';
import { watchFile } from './platform/files';
import { Keychain } from './platform/keychain';
import { createLog } from './platform/log';
import { Preferences } from './platform/preferences';
import { logRatesTrouble } from './platform/ratesTrouble';
import { settings } from './platform/settings';
import { isProviderId, PROVIDERS } from './providers/registry';
import { AccountList } from './store/accountList';
import { checkKey, connect, type ConnectOptions } from './store/connect';
import { DatabaseCache } from './store/databaseCache';
import { UsageStore } from './store/usageStore';
import { createFormats, type Formats } from './usage/format';
import type { EpochMs } from './usage/time';
import { createTyping } from './usage/typedNumber';
import { DashboardSlot } from './views/dashboard/dashboardSlot';
import { tellAccountListTrouble } from './views/notices/accountListTrouble';
import { BudgetNotices } from './views/notices/budgetNotices';
import { tellDatabaseTrouble } from './views/notices/databaseTrouble';
import { estimatedMoney, estimateMeters } from './views/ownRates';
import { StatusBar } from './views/statusBar/statusBar';
import type { RestoredItem, StatusMemory } from './views/statusBar/statusMemory';
import { AccountRowMemory } from './views/tree/account/rowMemory';
import type { TreeNode } from './views/tree/nodes';
import { UsageTree } from './views/tree/usageTree';
import { VisibilityRefresh } from './views/visibilityRefresh';
import { BackgroundWorker } from './worker/backgroundWorker';

const ACCOUNT_FILE = 'accounts.json';
const DATABASE_FILE = 'usage.sqlite';

/** What all parts share. */
interface Base {
  readonly now: () => EpochMs;
  readonly log: vscode.LogOutputChannel;
  readonly showLog: () => void;
  readonly formats: Formats;
  readonly keychain: Keychain;
  readonly preferences: Preferences;
}

/** What the extension has registered with VS Code before any of this was loaded. */
export interface Registered {
  readonly view: vscode.TreeView<TreeNode>;
  readonly memory: StatusMemory;
  /** What the status bar shows of an earlier window. */
  readonly restored: RestoredItem | undefined;
}

export interface Assembly {
  readonly tree: UsageTree;
  readonly dashboard: DashboardSlot;
  /** Runs a command of `contributions.ts`; a failing one is said to the person, and never rejects. */
  readonly run: (command: string, argument: unknown) => Promise<void>;
  readonly close: () => Promise<void>;
  /** What tests see. */
  readonly inside: object;
}

/** Builds the extension, from data to views. Nothing here waits for the network or a file. */
export function assemble(context: vscode.ExtensionContext, registered: Registered): Assembly {
  // The clock of the whole extension; tests move it.
  const clock = { now: (): number => Date.now() };
  const log = createLog();
  const base: Base = {
    now: () => clock.now(),
    log,
    showLog: () => {
      log.show();
    },
    formats: createFormats(vscode.env.language),
    keychain: new Keychain(context.secrets),
    preferences: new Preferences(context.globalState),
  };
  context.subscriptions.push(log);
  const data = createData(context, base);
  if (registered.restored !== undefined) {
    data.databaseCache.open(); // there are accounts, so it is needed soon
  }
  const { accounts, store, databaseCache, checks, connections } = data;
  const views = createViews(context, base, data, registered);
  const run = commandRunner(
    {
      ...{ ...base, ...data, ...views },
      typing: createTyping(vscode.env.language),
      environment: process.env,
      checkKey: (draft, signal) => checkKey(draft, connections, signal),
    },
    log,
  );
  readAccounts(context, accounts);
  context.subscriptions.push(data.background); // last: those disposed of earlier may still write
  return {
    ...{ ...views, run },
    close: () => store.close(),
    inside: { clock, accounts, keychain: base.keychain, store, checks, databaseCache, ...views },
  };
}

interface Data {
  readonly accounts: AccountList;
  readonly databaseCache: DatabaseCache;
  readonly store: UsageStore;
  readonly checks: UsageChecks;
  readonly connections: ConnectOptions;
  readonly background: BackgroundWorker;
}

/** The accounts, their stored and fetched data, and the checks on it. */
function createData(context: vscode.ExtensionContext, { now, log, showLog, keychain }: Base): Data {
  const accounts = new AccountList({
    ...{ file: ownFile(context, ACCOUNT_FILE).fsPath, isKnownProvider: isProviderId, log },
    onTrouble: (trouble) => void tellAccountListTrouble(trouble, showLog),
  });
  const databaseFile = ownFile(context, DATABASE_FILE);
  const background = new BackgroundWorker(context.asAbsolutePath('dist/worker.js'), {
    file: databaseFile.fsPath,
  });
  const databaseCache = new DatabaseCache({
    ...{ log, database: background.database },
    onTrouble: (trouble) => void tellDatabaseTrouble(trouble, showLog),
  });
  const moneyRule: ConnectOptions['moneyRule'] = (provider) => settings.moneyRule(provider);
  const connections: ConnectOptions = {
    ...{ now, moneyRule },
    baseUrl: (provider) => settings.baseUrl(provider),
    openRowSink: background.openRowSink,
    http: async () => (await import('./http/create')).httpClient(log, now),
  };
  const store = new UsageStore({
    ...{ now, log, databaseCache, moneyRule, baseUrl: connections.baseUrl },
    watchDatabase: (listener) => watchFile(databaseFile, listener),
    open: async ({ id, provider, organisationId, grouping }, told, { moneyRule: rule, baseUrl }) =>
      connect(
        { provider: PROVIDERS[provider], organisationId, grouping, key: await keychain.find(id) },
        // The settings from when the account's figures were begun; a later change applies to the next ones.
        { ...connections, moneyRule: () => rule, baseUrl: () => baseUrl },
        told,
      ),
  });
  const checks = new UsageChecks({
    ...{ store, databaseCache },
    onError: (error) => {
      log.error(`a listener of the checks: ${String(error)}`);
    },
  });
  context.subscriptions.push(accounts, databaseCache, store, checks);
  return { accounts, databaseCache, store, checks, connections, background };
}

interface Views {
  readonly tree: UsageTree;
  readonly statusBar: StatusBar;
  readonly dashboard: DashboardSlot;
}

function createViews(
  context: vscode.ExtensionContext,
  base: Base,
  data: Data,
  { view, memory, restored }: Registered,
): Views {
  const { now, log, formats, keychain, preferences } = base;
  const { accounts, databaseCache, store, checks } = data;
  const standings = new BudgetStandings({
    budgets: () => settings.budgets.budgets.map(({ budget }) => budget),
    usage: (accountId) => store.known(accountId)?.usage,
    dayCache: (accountId) => store.known(accountId)?.dayCache,
    capabilitiesOf: ({ provider }) => PROVIDERS[provider].capabilities,
    moneyOf: (account, usage, at) => estimatedMoney(account, usage, store.known(account.id)?.dayCache, at),
    estimatesOf: estimateMeters,
    now,
  });
  const rowMemory = new AccountRowMemory({ memento: context.globalState, store, now });
  const tree = new UsageTree({ view, accounts, store, checks, preferences, rowMemory, formats, now });
  const statusBar = new StatusBar({ accounts, store, standings, formats, now, memory, restored });
  const dashboard = new DashboardSlot({
    ...{ accounts, store, checks, standings, formats, now },
    extensionUri: context.extensionUri,
    reveal: (accountId, subjectId) => tree.revealMachine(accountId, subjectId),
  });
  const views = { tree, statusBar, dashboard };
  context.subscriptions.push(
    ...[tree, statusBar, dashboard],
    new VisibilityRefresh({ accounts, store, keychain, now, ...views }),
    new BudgetNotices({ accounts, store, databaseCache, standings, formats, log, now }),
    logRatesTrouble(log),
  );
  return views;
}

/** Reads the list of accounts, now and whenever any window writes it, and updates menus and welcome views. */
function readAccounts(context: vscode.ExtensionContext, accounts: AccountList): void {
  accounts.onDidChange(() => {
    setContextKey('ready', true);
    setContextKey('hasAccounts', accounts.all.length > 0);
    setContextKey(
      'hasVendorAccounts',
      accounts.all.some(({ provider }) => PROVIDERS[provider].key !== undefined),
    );
    setContextKey('accountsSetAside', ['setAside', 'damaged'].includes(accounts.trouble?.kind ?? ''));
  });
  void accounts.reload();
  context.subscriptions.push(watchFile(ownFile(context, ACCOUNT_FILE), () => void accounts.reload()));
}

function ownFile(context: vscode.ExtensionContext, name: string): vscode.Uri {
  return vscode.Uri.joinPath(context.globalStorageUri, name);
}
