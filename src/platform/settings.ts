import * as vscode from 'vscode';
import { SETTINGS, SETTINGS_SECTION } from '../contributions';
import { type BudgetRecord, type BudgetSetting, readBudgets } from '../insights/budgets/budgetSetting';
import type { AccountProblem } from '../insights/estimate/problems';
import { readRatesSetting } from '../insights/estimate/readRates';
import type { ProviderId } from '../usage/account';
import type { MoneyRule } from '../usage/meter';
import type { Rates, RatesSetting } from '../usage/rates';
import { MINUTE } from '../usage/time';

export type StatusBarFormat = 'seconds' | 'hours';
export type StatusBarClick = 'dashboard' | 'next';

const SHORTEST_INTERVAL_MINUTES = 1;
const LONGEST_INTERVAL_MINUTES = 24 * 60;

/** The settings, typed, in final units and within their limits; the only place that reads them. */
export const settings = {
  get refreshIntervalMs(): number {
    const minutes = read<number>('refreshInterval', SETTINGS.refreshInterval, isNumber);
    return Math.min(Math.max(minutes, SHORTEST_INTERVAL_MINUTES), LONGEST_INTERVAL_MINUTES) * MINUTE;
  },
  get statusBarVisible(): boolean {
    return read<boolean>('statusBar.visible', SETTINGS['statusBar.visible'], isFlag);
  },
  get statusBarFormat(): StatusBarFormat {
    return read<StatusBarFormat>('statusBar.format', SETTINGS['statusBar.format'], isFormat);
  },
  /** The label of the account to show; empty for all. */
  get statusBarAccount(): string {
    return read<string>('statusBar.account', SETTINGS['statusBar.account'], isText);
  },
  /** What a click on the figure does. */
  get statusBarClick(): StatusBarClick {
    return read<StatusBarClick>('statusBar.click', SETTINGS['statusBar.click'], isClick);
  },
  /** How to read a provider's prices; `auto` if it has no such setting. */
  moneyRule(provider: ProviderId): MoneyRule {
    const name = `providers.${provider}.moneyUnit`;
    return isSettingName(name) ? read<MoneyRule>(name, 'auto', isMoneyRule) : 'auto';
  },
  /** The address of a provider's API, as typed; empty for a provider without one. */
  baseUrl(provider: ProviderId): string {
    const name = `providers.${provider}.baseUrl`;
    const fallback = isSettingName(name) ? SETTINGS[name] : undefined;
    return isSettingName(name) && isAddress(fallback) ? read<string>(name, fallback, isAddress) : '';
  },
  /** A person's own rates for the account with this label; undefined if there are none, or something is wrong with them. */
  rates(label: string): Rates | undefined {
    return readRatesSetting(ratesAsWritten()).rates.get(label);
  },
  /** What is wrong with the rates of all accounts. */
  get ratesProblems(): readonly AccountProblem[] {
    return readRatesSetting(ratesAsWritten()).problems;
  },
  /** The rates of one account as written in the person's own settings, valid or not. */
  writtenRates(label: string): unknown {
    const own = ownRates();
    return Object.hasOwn(own, label) ? own[label] : undefined;
  },
  /** Writes to the person's own settings; undefined removes the account's rates. */
  async setRates(label: string, rates: RatesSetting | undefined): Promise<void> {
    const before = ownRates();
    const others = Object.entries(before).filter(([own]) => own !== label);
    if (rates !== undefined || Object.hasOwn(before, label)) {
      await writeRates(rates === undefined ? others : [...others, [label, rates]]);
    }
  },
  /** Moves an account's rates to its new label. */
  async moveRates(from: string, to: string): Promise<void> {
    const own = ownRates();
    if (from !== to && Object.hasOwn(own, from)) {
      const others = Object.entries(own).filter(([label]) => label !== from && label !== to);
      await writeRates([...others, [to, own[from]]]);
    }
  },
  /** The budgets that can be read, and what is wrong with the others. */
  get budgets(): BudgetSetting {
    return readBudgets(writtenBudgets());
  },
  /** Replaces the budget at `index`, or appends one; an undefined record removes it. */
  async setBudget(index: number | undefined, record: BudgetRecord | undefined): Promise<void> {
    const written = writtenBudgets();
    const list: unknown[] = Array.isArray(written) ? [...(written as unknown[])] : [];
    const own = record === undefined ? [] : [record];
    await writeBudgets(index === undefined ? [...list, ...own] : list.toSpliced(index, 1, ...own));
  },
  /** Moves an account's budgets to its new name. */
  async renameInBudgets(before: string, label: string): Promise<void> {
    const written = writtenBudgets();
    const isOwn = isBudgetOf(before);
    if (Array.isArray(written) && written.some(isOwn)) {
      const list = written as unknown[];
      await writeBudgets(list.map((entry) => (isOwn(entry) ? { ...entry, account: label } : entry)));
    }
  },
  /** Whether there are rates or budgets under a name. */
  isNamed(label: string): boolean {
    const written = writtenBudgets();
    return Object.hasOwn(ownRates(), label) || (Array.isArray(written) && written.some(isBudgetOf(label)));
  },
  /** Removes the rates and budgets under a name, so that another account of that name does not get them. */
  async forgetName(label: string): Promise<void> {
    await this.setRates(label, undefined);
    const written = writtenBudgets();
    if (Array.isArray(written) && written.some(isBudgetOf(label))) {
      const isOwn = isBudgetOf(label);
      await writeBudgets((written as unknown[]).filter((entry) => !isOwn(entry)));
    }
  },
  async setStatusBarAccount(label: string): Promise<void> {
    await vscode.workspace
      .getConfiguration(SETTINGS_SECTION)
      .update('statusBar.account' satisfies SettingName, label, vscode.ConfigurationTarget.Global);
  },
  onDidChange(listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTINGS_SECTION)) {
        listener();
      }
    });
  },
};

/** A copy, because VS Code's own object cannot be changed, nor passed back in part. */
function writtenBudgets(): unknown {
  const value = vscode.workspace.getConfiguration(SETTINGS_SECTION).get<unknown>(BUDGETS);
  return value === undefined ? [] : (JSON.parse(JSON.stringify(value)) as unknown);
}

async function writeBudgets(list: readonly unknown[]): Promise<void> {
  await vscode.workspace
    .getConfiguration(SETTINGS_SECTION)
    .update(BUDGETS, list, vscode.ConfigurationTarget.Global);
}

function isBudgetOf(label: string): (entry: unknown) => entry is object {
  return (entry): entry is object =>
    typeof entry === 'object' && entry !== null && 'account' in entry && entry.account === label;
}

const BUDGETS = 'budgets' satisfies SettingName;

type SettingName = keyof typeof SETTINGS;

const isSettingName = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name);

function ratesAsWritten(): unknown {
  return vscode.workspace.getConfiguration(SETTINGS_SECTION).get<unknown>('rates' satisfies SettingName, {});
}

function inspectRates() {
  return vscode.workspace.getConfiguration(SETTINGS_SECTION).inspect<unknown>('rates' satisfies SettingName);
}

function ownRates(): Readonly<Record<string, unknown>> {
  const value = inspectRates()?.globalValue;
  return isObject(value) ? value : {};
}

async function writeRates(entries: readonly (readonly [string, unknown])[]): Promise<void> {
  await vscode.workspace
    .getConfiguration(SETTINGS_SECTION)
    .update(
      'rates' satisfies SettingName,
      entries.length === 0 ? undefined : Object.fromEntries(entries),
      vscode.ConfigurationTarget.Global,
    );
}

/** A value of the wrong type, typed by hand into settings.json, counts as not set. */
function read<T>(name: SettingName, fallback: T, isValid: (value: unknown) => value is T): T {
  const value = vscode.workspace.getConfiguration(SETTINGS_SECTION).get<unknown>(name);
  return isValid(value) ? value : fallback;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isAddress = (value: unknown): value is string => isText(value) && value.trim() !== '';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isClick = (value: unknown): value is StatusBarClick => value === 'dashboard' || value === 'next';
const isMoneyRule = (value: unknown): value is MoneyRule =>
  value === 'auto' || value === 'cents' || value === 'major';
const isFormat = (value: unknown): value is StatusBarFormat => value === 'seconds' || value === 'hours';
