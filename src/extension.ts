import * as vscode from 'vscode';
import { registerCommands } from './commands/register';
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
import { createFormats } from './usage/format';
import { createTyping } from './usage/typedNumber';
import { DashboardSlot } from './views/dashboard/dashboardSlot';
import { tellAccountListTrouble } from './views/notices/accountListTrouble';
import { BudgetNotices } from './views/notices/budgetNotices';
import { tellDatabaseTrouble } from './views/notices/databaseTrouble';
import { StatusBar } from './views/statusBar/statusBar';
import { UsageTree } from './views/tree/usageTree';
import { VisibilityRefresh } from './views/visibilityRefresh';
import { estimatedMoney, estimateMeters } from './views/words/estimateWords';
import { BackgroundWorker } from './worker/backgroundWorker';

let close = (): Promise<void> => Promise.resolve();

/** When the window closes, before what was built is disposed of: other windows need not wait for this one. */
export function deactivate(): Promise<void> {
  return close();
}

/** Builds the extension, from data to views. Nothing here waits for the network or a file. */
export function activate(context: vscode.ExtensionContext): object | undefined {
  // Everything takes the time from here; tests move it.
  const clock = { now: (): number => Date.now() };
  const now = (): number => clock.now();
  const log = createLog();
  const formats = createFormats(vscode.env.language);
  const keychain = new Keychain(context.secrets);
  const preferences = new Preferences(context.globalState);

  const ownFile = (name: string): vscode.Uri => vscode.Uri.joinPath(context.globalStorageUri, name);
  const showLog = (): void => {
    log.show();
  };

  const accountFile = ownFile('accounts.json');
  const accounts = new AccountList({
    ...{ file: accountFile.fsPath, isKnownProvider: isProviderId, log },
    onTrouble: (trouble) => void tellAccountListTrouble(trouble, showLog),
  });
  const background = new BackgroundWorker(context.asAbsolutePath('dist/worker.js'), {
    file: ownFile('usage.sqlite').fsPath,
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
    open: async ({ id, provider, organisationId, grouping }, told, { moneyRule: rule, baseUrl }) =>
      connect(
        { provider: PROVIDERS[provider], organisationId, grouping, key: await keychain.find(id) },
        // The settings as they were when the account's figures were begun: one that changes meanwhile is for the next.
        { ...connections, moneyRule: () => rule, baseUrl: () => baseUrl },
        told,
      ),
  });

  close = () => store.close();

  const checks = new UsageChecks({
    ...{ store, databaseCache },
    onError: (error) => {
      log.error(`a listener of the checks: ${String(error)}`);
    },
  });
  const tree = new UsageTree({ accounts, store, checks, preferences, formats, now });
  const standings = new BudgetStandings({
    budgets: () => settings.budgets.budgets.map(({ budget }) => budget),
    usage: (accountId) => store.usage(accountId),
    dayCache: (accountId) => store.dayCache(accountId),
    capabilitiesOf: ({ provider }) => PROVIDERS[provider].capabilities,
    moneyOf: (account, usage, at) => estimatedMoney(account, usage, store.dayCache(account.id), at),
    estimatesOf: estimateMeters,
    now,
  });
  const budgetNotices = new BudgetNotices({ accounts, store, databaseCache, standings, formats, log, now });
  const statusBar = new StatusBar({ accounts, store, standings, formats, now });
  const dashboard = new DashboardSlot({
    ...{ accounts, store, checks, standings, formats, now },
    extensionUri: context.extensionUri,
    reveal: (accountId, machineId) => tree.revealMachine(accountId, machineId),
  });
  const visibilityRefresh = new VisibilityRefresh({
    accounts,
    store,
    keychain,
    tree,
    statusBar,
    dashboard,
    now,
  });
  const commands = registerCommands(
    {
      ...{ accounts, store, keychain, preferences, formats, now, tree, statusBar, dashboard },
      typing: createTyping(vscode.env.language),
      environment: process.env,
      checkKey: (draft, signal) => checkKey(draft, connections, signal),
      showLog,
    },
    log,
  );

  accounts.onDidChange(() => {
    setContextKey('ready', true);
    setContextKey('hasAccounts', accounts.all.length > 0);
    setContextKey('accountsSetAside', ['setAside', 'damaged'].includes(accounts.trouble?.kind ?? ''));
  });
  void accounts.reload();
  const reload = watchFile(accountFile, () => void accounts.reload());
  context.subscriptions.push(
    ...[
      log,
      accounts,
      databaseCache,
      store,
      checks,
      tree,
      statusBar,
      dashboard,
      visibilityRefresh,
      reload,
      ...commands,
    ],
    ...[budgetNotices, background, logRatesTrouble(log)],
  );
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { clock, accounts, keychain, store, checks, databaseCache, tree, statusBar, dashboard }
    : undefined;
}
