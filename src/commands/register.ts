import { commands, type Disposable, type LogOutputChannel } from 'vscode';
import { COMMANDS, INTERNAL_COMMANDS, SELECTED_ROW } from '../contributions';
import { l10n } from '../platform/l10n';
import { tell } from '../platform/messages';
import { SaveError, savePicture } from '../platform/saveFile';
import { isRecord } from '../protocol/choices';
import type { Account } from '../usage/account';
import { addAccount } from './addAccount';
import { moveAccount, setColour } from './arrangeAccounts';
import { chooseGrouping } from './chooseGrouping';
import { chooseStatusBarAccount } from './chooseStatusBarAccount';
import { copyId } from './copyId';
import { exportShown, exportUsage } from './exportUsage';
import { clearFilter, filterMachines, hideUnused, showUnused, sortMachines } from './machineView';
import { openBillingPage } from './openBillingPage';
import { openSample } from './openSample';
import { readMonthAgain, refresh } from './refresh';
import { removeAccount } from './removeAccount';
import { renameAccount } from './renameAccount';
import { openSettings, resolveFailure } from './resolveFailure';
import { restoreAccounts } from './restoreAccounts';
import { setAlias } from './setAlias';
import { setBudgets } from './setBudgets';
import { setRates } from './setRates';
import type { Services } from './shared/services';
import { showKeptUsage } from './showKeptUsage';
import { updateKey } from './updateKey';

type Command = (services: Services, argument?: unknown) => unknown;

/** A command on an account: that of the row it was run on, if any. */
function onAccount(command: (services: Services, suggested?: Account) => unknown): Command {
  return (services, argument) => command(services, services.tree.rowOf(argument)?.account);
}

const TABLE: Readonly<Record<keyof typeof COMMANDS, Command>> = {
  addAccount,
  updateKey: onAccount(updateKey),
  renameAccount: onAccount(renameAccount),
  removeAccount: onAccount(removeAccount),
  refresh: (services, argument) => {
    const row = argument === undefined ? undefined : services.tree.rowOf(argument);
    return argument === undefined || row !== undefined ? refresh(services, row?.account) : undefined;
  },
  readMonthAgain: onAccount(readMonthAgain),
  openDashboard: ({ tree, dashboard }, argument) => {
    const node = argument === SELECTED_ROW ? undefined : argument;
    const row = argument === undefined ? undefined : tree.rowOf(node);
    return dashboard.show(row?.account.id, row?.subjectId);
  },
  openSample,
  openBillingPage: onAccount(openBillingPage),
  exportUsage: onAccount(exportUsage),
  showKeptUsage,
  restoreAccounts,
  showLog: ({ showLog }) => {
    showLog();
  },
  openSettings: onAccount(openSettings),
  sortMachines,
  filterMachines,
  clearFilter,
  hideUnused,
  showUnused,
  setAlias,
  copyId,
  chooseStatusBarAccount,
  nextStatusBarAccount: ({ statusBar }) => {
    statusBar.showNext();
  },
  chooseGrouping: onAccount(chooseGrouping),
  moveAccountUp: onAccount((services, account) => moveAccount(services, account, -1)),
  moveAccountDown: onAccount((services, account) => moveAccount(services, account, 1)),
  setColour: onAccount(setColour),
  setBudgets: onAccount(setBudgets),
  setRates: onAccount(setRates),
};

/** Only our own rows and pages run these, but any extension could. */
const INTERNAL_TABLE: Readonly<Record<keyof typeof INTERNAL_COMMANDS, Command>> = {
  showMore: ({ tree, accounts }, accountId) => {
    if (typeof accountId === 'string' && accounts.find(accountId) !== undefined) {
      tree.showMoreMachines(accountId);
    }
  },
  resolveFailure,
  exportRows: exportShown,
  savePicture: (_services, argument) => {
    const { png, name } = isRecord(argument) ? argument : {};
    return png instanceof Uint8Array && typeof name === 'string' ? savePicture(png, name) : undefined;
  },
};

/** Registers every command of `contributions.ts`. A failing command shows one message; the log has the details. */
export function registerCommands(services: Services, log: LogOutputChannel): Disposable[] {
  const register = (id: string, command: Command): Disposable =>
    commands.registerCommand(id, async (argument?: unknown) => {
      try {
        await command(services, argument);
      } catch (error) {
        log.error(`${id}: ${error instanceof Error ? stackOf(error) : String(error)}`);
        const show = l10n.t('Show Log');
        const answer = await tell(
          'error',
          error instanceof SaveError
            ? error.message
            : l10n.t('Usage Explorer could not do this. The log says why.'),
          show,
        );
        if (answer === show) {
          services.showLog();
        }
      }
    });
  const named = Object.entries(COMMANDS) as [keyof typeof COMMANDS, string][];
  const internal = Object.entries(INTERNAL_COMMANDS) as [keyof typeof INTERNAL_COMMANDS, string][];
  return [
    ...named.map(([name, id]) => register(id, TABLE[name])),
    ...internal.map(([name, id]) => register(id, INTERNAL_TABLE[name])),
  ];
}

function stackOf({ stack, message, cause }: Error): string {
  const own = stack ?? message;
  return cause instanceof Error ? `${own}\ncaused by ${stackOf(cause)}` : own;
}
