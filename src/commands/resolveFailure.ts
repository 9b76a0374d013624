import { commands } from 'vscode';
import { SETTINGS_SECTION } from '../contributions';
import type { Remedy } from '../views/failureWords';
import { refresh } from './refresh';
import type { Services } from './services';
import { updateKey } from './updateKey';

export interface FailureToResolve {
  readonly remedy: Remedy;
  readonly accountId: string | undefined;
}

/** The one action that helps against a failure. */
export async function resolveFailure(
  services: Services,
  { remedy, accountId }: FailureToResolve,
): Promise<void> {
  const account = accountId === undefined ? undefined : services.accounts.find(accountId);
  switch (remedy) {
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
