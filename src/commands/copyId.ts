import { env } from 'vscode';
import { l10n } from '../platform/l10n';
import { tellBriefly } from '../platform/messages';
import { idText } from '../usage/text';
import type { Services } from './shared/services';

/** Copies the id as the vendor gave it, on one line. */
export async function copyId(services: Services, argument?: unknown): Promise<void> {
  const id = services.tree.rowOf(argument)?.copyable;
  if (id !== undefined) {
    await env.clipboard.writeText(idText(id));
    tellBriefly(l10n.t('ID copied'));
  }
}
