import { COMMANDS, INTERNAL_COMMANDS, SELECTED_ROW } from '../contributions';
import { savePicture } from '../platform/saveFile';
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

const BY_ID: ReadonlyMap<string, Command> = new Map([
  ...byId(COMMANDS, TABLE),
  ...byId(INTERNAL_COMMANDS, INTERNAL_TABLE),
]);

/** The command of `contributions.ts` with this id. */
export function commandOf(id: string): Command | undefined {
  return BY_ID.get(id);
}

function byId<Name extends string>(
  ids: Readonly<Record<Name, string>>,
  table: Readonly<Record<Name, Command>>,
): [string, Command][] {
  return (Object.keys(ids) as Name[]).map((name) => [ids[name], table[name]]);
}
