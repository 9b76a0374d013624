import { basename } from 'node:path';
import { l10n } from '../../platform/l10n';
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
        'This VS Code comes without SQLite, so usage cannot be stored between windows. Usage Explorer works from memory.',
      );
    case 'readOnly':
      return l10n.t(
        'Usage Explorer cannot write to its folder, so it stores no usage and works from memory.',
      );
    case 'full':
      return l10n.t(
        'The disk is full, so newly loaded usage is not stored. Usage stored before is still there.',
      );
    case 'newer':
      return l10n.t(
        'The stored usage was written by a later version of Usage Explorer. It is left unchanged, and this window works from memory.',
      );
    case 'corrupt':
      if (setAside === undefined) {
        return l10n.t('The stored usage could not be read. Usage Explorer works from memory.');
      }
      return rescued > 0
        ? l10n.t(
            'The file with the stored usage is damaged and was set aside as {0}. What could still be read is kept; the rest is loaded again.',
            basename(setAside),
          )
        : l10n.t(
            'The stored usage could not be read. The file was set aside as {0}, and usage is loaded again.',
            basename(setAside),
          );
    case 'busy':
      return l10n.t(
        'Another window has locked the stored usage. Usage Explorer keeps trying; until it succeeds, newly loaded usage may not be stored.',
      );
    case 'internal':
      return l10n.t(
        'The stored usage does not respond. Usage Explorer keeps trying; until it succeeds, newly loaded usage may not be stored.',
      );
  }
}
