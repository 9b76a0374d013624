import { commands } from 'vscode';
import { VIEW } from '../../contributions';
import type { Account } from '../../usage/account';
import type { Services } from './services';

/** Shows a new account in the sidebar and on the dashboard, which takes the focus: once, whatever had it before. */
export async function showAccount({ dashboard }: Services, { id }: Account): Promise<void> {
  await commands.executeCommand(`${VIEW}.focus`, { preserveFocus: true });
  await dashboard.show(id);
}
