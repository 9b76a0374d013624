import { basename } from 'node:path';
import { l10n } from 'vscode';
import { tell } from '../../platform/messages';
import type { DatabaseTrouble } from '../../store/databaseCache';

/** Says what is wrong with the database, and what follows from it; the log has the rest. */
export async function tellDatabaseTrouble(trouble: DatabaseTrouble, showLog: () => void): Promise<void> {
  const show = l10n.t('Show Log');
  if ((await tell('warning', troubleSentence(trouble), show)) === show) {
    showLog();
  }
}

export function troubleSentence({ kind, setAside, rescued = 0 }: DatabaseTrouble): string {
  switch (kind) {
    case 'missing':
      return l10n.t(
        'This VS Code cannot keep usage between windows: it comes without SQLite. Usage Explorer works from memory.',
      );
    case 'readOnly':
      return l10n.t(
        'Usage Explorer cannot write into its folder, so it keeps no usage and works from memory.',
      );
    case 'full':
      return l10n.t(
        'The disk is full, so what Usage Explorer reads now is not kept. What was kept before is still there.',
      );
    case 'newer':
      return l10n.t(
        'The kept usage was written by a later version of Usage Explorer. It is left as it is; this window works from memory.',
      );
    case 'corrupt':
      if (setAside === undefined) {
        return l10n.t('The kept usage could not be read. Usage Explorer works from memory.');
      }
      return rescued > 0
        ? l10n.t(
            'The file of the kept usage is damaged and was set aside as {0}. What could still be read of it is kept; the rest is read anew.',
            basename(setAside),
          )
        : l10n.t(
            'The kept usage could not be read. The file was set aside as {0}, and reading begins anew.',
            basename(setAside),
          );
    case 'busy':
      return l10n.t(
        'Another window keeps the kept usage locked. It is asked again; until it answers, what is read may not be kept.',
      );
    case 'internal':
      return l10n.t(
        'The kept usage does not answer. It is asked again; until it answers, what is read may not be kept.',
      );
  }
}
