import { env, l10n } from 'vscode';
import { tellBriefly } from '../platform/messages';
import type { Services } from './services';

/** Copies the id as the vendor gave it, to the last character. */
export async function copyId(services: Services, argument?: unknown): Promise<void> {
  const id = services.tree.rowOf(argument)?.copyable;
  if (id !== undefined) {
    await env.clipboard.writeText(id);
    tellBriefly(l10n.t('Id copied'));
  }
}
