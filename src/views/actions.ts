import { commands } from 'vscode';
import { COMMANDS, INTERNAL_COMMANDS } from '../contributions';
import type { Remedy } from '../protocol/overview';
import type { Granularity } from '../usage/range';
import type { Period } from '../usage/time';

/** What the dashboard shows for an account, to save as a file. */
export interface ShownExport {
  readonly accountId: string;
  readonly format: 'csv' | 'json';
  readonly period: Period;
  readonly granularity: Granularity;
}

/** What views can do, by account id. Each runs a command, which reports its own failures. */
export const actions = {
  addAccount: (): void => {
    run(COMMANDS.addAccount);
  },
  openSample: (): void => {
    run(COMMANDS.openSample);
  },
  restoreAccounts: (): void => {
    run(COMMANDS.restoreAccounts);
  },
  openDashboard: (accountId: string): void => {
    run(COMMANDS.openDashboard, accountId);
  },
  readMonthAgain: (accountId: string): void => {
    run(COMMANDS.readMonthAgain, accountId);
  },
  setRates: (accountId: string): void => {
    run(COMMANDS.setRates, accountId);
  },
  setBudgets: (accountId: string | undefined): void => {
    run(COMMANDS.setBudgets, accountId);
  },
  resolveFailure: (remedy: Remedy, accountId: string | undefined): void => {
    run(INTERNAL_COMMANDS.resolveFailure, { remedy, accountId });
  },
  exportRows: (shown: ShownExport): void => {
    run(INTERNAL_COMMANDS.exportRows, shown);
  },
  savePicture: (png: Uint8Array, name: string): void => {
    run(INTERNAL_COMMANDS.savePicture, { png, name });
  },
};

function run(command: string, argument?: unknown): void {
  void commands.executeCommand(command, argument);
}
