import { basename } from 'node:path';
import { commands, Uri } from 'vscode';
import { l10n } from '../../platform/l10n';
import { tell } from '../../platform/messages';
import type { AccountListTrouble } from '../../store/accountList';
import { actions } from '../actions';

/** Says why the accounts may differ from the file, and offers a remedy; the log has the rest. */
export async function tellAccountListTrouble(
  trouble: AccountListTrouble,
  showLog: () => void,
): Promise<void> {
  if (trouble.kind !== 'setAside' && trouble.kind !== 'damaged') {
    const show = l10n.t('Show Log');
    if ((await tell('warning', troubleSentence(trouble), show)) === show) {
      showLog();
    }
    return;
  }
  const [restore, open] = [l10n.t('Restore'), l10n.t('Open the File')];
  const answer = await tell('warning', troubleSentence(trouble), restore, open);
  if (answer === restore) {
    actions.restoreAccounts();
  } else if (answer === open) {
    await commands.executeCommand('vscode.open', Uri.file(trouble.file));
  }
}

export function troubleSentence(trouble: AccountListTrouble): string {
  switch (trouble.kind) {
    case 'setAside':
      return l10n.t(
        'The list of accounts could not be read. The file was set aside as {0}; keys and stored usage are still there.',
        basename(trouble.file),
      );
    case 'damaged':
      return trouble.count === 1
        ? l10n.t(
            'One account in the list could not be read and is not shown. Its key and its stored usage are still there.',
          )
        : l10n.t(
            '{0} accounts in the list could not be read and are not shown. Their keys and their stored usage are still there.',
            trouble.count,
          );
    case 'unreadable':
      return l10n.t(
        'The list of accounts cannot be opened. Usage Explorer keeps trying; until it succeeds, the accounts stay as last read.',
      );
    case 'newer':
      return l10n.t(
        'The list of accounts was written by a later version of Usage Explorer. It is left unchanged, and cannot be changed here.',
      );
  }
}
