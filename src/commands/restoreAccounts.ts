import { commands, Uri } from 'vscode';
import { l10n } from '../platform/l10n';
import { tell } from '../platform/messages';
import type { Services } from './shared/services';

/** Replaces an unreadable list of accounts, or damaged records, with the last good ones; or opens the file to mend. */
export async function restoreAccounts({ accounts }: Services): Promise<void> {
  const { trouble } = accounts;
  if (await accounts.restore()) {
    void tell('info', l10n.t('The list of accounts was restored.'));
    return;
  }
  if (trouble?.kind === 'damaged' || trouble?.kind === 'setAside') {
    await commands.executeCommand('vscode.open', Uri.file(trouble.file));
    void tell(
      'warning',
      trouble.kind === 'damaged'
        ? l10n.t('Not every account could be restored. Fix this file to bring them back.')
        : l10n.t('There is no earlier list of accounts. Fix this file, then restore the accounts.'),
    );
  }
}
