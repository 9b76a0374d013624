import * as vscode from 'vscode';
import { registerCommands } from './commands/register';
import { setContextKey } from './platform/contextKeys';
import { watchFile } from './platform/files';
import { Keychain } from './platform/keychain';
import { createLog } from './platform/log';
import { Preferences } from './platform/preferences';
import { settings } from './platform/settings';
import { PROVIDERS, isProviderId } from './providers/registry';
import { AccountList } from './store/accountList';
import { type ConnectOptions, checkKey, connect } from './store/connect';
import { UsageStore } from './store/usageStore';
import { createFormats } from './usage/format';
import { Attention } from './views/attention';
import { DashboardSlot } from './views/dashboard/dashboardSlot';
import { StatusBar } from './views/statusBar';
import { UsageTree } from './views/tree/usageTree';

/** Builds the extension, from what is known to what is shown. Nothing here waits for the network or a file. */
export function activate(context: vscode.ExtensionContext): object | undefined {
  const now = (): number => Date.now();
  const log = createLog();
  const formats = createFormats(vscode.env.language);
  const keychain = new Keychain(context.secrets);
  const preferences = new Preferences(context.globalState);

  const accountFile = vscode.Uri.joinPath(context.globalStorageUri, 'accounts.json');
  const accounts = new AccountList({ file: accountFile.fsPath, isKnownProvider: isProviderId, log });
  const connections: ConnectOptions = {
    now,
    baseUrl: (provider) => settings.baseUrl(provider),
    http: async () => (await import('./http/create')).httpClient(log, now),
  };
  const store = new UsageStore({
    now,
    log,
    open: async ({ id, provider, organisationId }) =>
      connect({ provider: PROVIDERS[provider], organisationId, key: await keychain.find(id) }, connections),
  });

  const tree = new UsageTree({ accounts, store, preferences, formats, now });
  const statusBar = new StatusBar({ accounts, store, formats, now });
  const dashboard = new DashboardSlot({
    ...{ accounts, store, formats, now },
    extensionUri: context.extensionUri,
    reveal: (accountId, machineId) => tree.revealMachine(accountId, machineId),
  });
  const attention = new Attention({ accounts, store, keychain, tree, statusBar, dashboard, now });
  const commands = registerCommands(
    {
      ...{ accounts, store, keychain, preferences, formats, now, tree, dashboard },
      environment: process.env,
      checkKey: (draft, signal) => checkKey(draft, connections, signal),
      showLog: () => {
        log.show();
      },
    },
    log,
  );

  accounts.onDidChange(() => {
    setContextKey('ready', true);
    setContextKey('hasAccounts', accounts.all.length > 0);
  });
  accounts.reload().catch((error: unknown) => {
    log.error(`the list of accounts could not be read: ${String(error)}`);
  });
  const reload = watchFile(accountFile, () => void accounts.reload());
  context.subscriptions.push(log, store, tree, statusBar, dashboard, attention, reload, ...commands);
  return context.extensionMode === vscode.ExtensionMode.Test
    ? { accounts, keychain, store, tree, statusBar, dashboard }
    : undefined;
}
