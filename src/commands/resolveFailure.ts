import { commands } from 'vscode';
import { SETTINGS_SECTION } from '../contributions';
import { isRecord } from '../protocol/choices';
import type { Remedy } from '../protocol/overview';
import { mainFailure } from '../store/accountUsage';
import type { Account } from '../usage/account';
import { failureWords } from '../views/words/failureWords';
import { refresh } from './refresh';
import type { Services } from './shared/services';
import { updateKey } from './updateKey';

/** Opens the settings that help with what keeps an account from being read. */
export async function openSettings(services: Services, account: Account | undefined): Promise<void> {
  const usage = account && services.store.known(account.id)?.usage;
  const failure = usage && mainFailure(usage);
  const remedy = failure && failureWords(failure, services.formats).remedy;
  await resolveFailure(services, { remedy: remedy === 'openProxySettings' ? remedy : 'openSettings' });
}

/** Runs the remedy for a failure. Anybody may run it, so an unknown remedy is ignored. */
export async function resolveFailure(services: Services, argument: unknown): Promise<void> {
  const { remedy, accountId } = isRecord(argument) ? argument : {};
  const account = typeof accountId === 'string' ? services.accounts.find(accountId) : undefined;
  switch (remedy as Remedy) {
    case 'refresh':
      await refresh(services, account);
      return;
    case 'updateKey':
      await updateKey(services, account);
      return;
    case 'openSettings':
      await commands.executeCommand('workbench.action.openSettings', SETTINGS_SECTION);
      return;
    case 'openProxySettings':
      await commands.executeCommand('workbench.action.openSettings', 'http.proxy');
      return;
    case 'showLog':
      services.showLog();
  }
}
