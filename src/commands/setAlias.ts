import { askText } from '../platform/inputs';
import { l10n } from '../platform/l10n';
import { aliasOf } from '../usage/account';
import { displayText } from '../usage/text';
import type { Services } from './shared/services';

/** Sets a person's own name for a machine; an empty name removes it. */
export async function setAlias(services: Services, argument?: unknown): Promise<void> {
  const row = services.tree.rowOf(argument);
  const subjectId = row?.subjectId;
  if (row === undefined || subjectId === undefined) {
    return;
  }
  const answer = await askText({
    title: l10n.t('Name Machine: {0}', displayText(subjectId, 60)),
    prompt: l10n.t(
      'Your own name for this machine, stored on this computer. Leave empty to show its ID again.',
    ),
    value: aliasOf(row.account, subjectId) ?? '',
  });
  if (answer?.kind !== 'answer') {
    return;
  }
  await services.accounts.update(row.account.id, (account) => {
    const others = Object.entries(account.aliases ?? {}).filter(([id]) => id !== subjectId);
    const aliases = answer.value === '' ? others : [...others, [subjectId, answer.value] as const];
    return { ...account, aliases: Object.fromEntries(aliases) };
  });
}
