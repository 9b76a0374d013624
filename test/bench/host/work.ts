import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { SETTINGS_SECTION, VIEW } from '../../../src/contributions';
import { BudgetStandings } from '../../../src/insights/budgets/budgetStandings';
import { AccountChecks } from '../../../src/insights/checks/accountChecks';
import { forecastMeters, meterForecast } from '../../../src/insights/forecast/meterForecast';
import { settings } from '../../../src/platform/settings';
import type { ReportId } from '../../../src/protocol/report';
import { PROVIDERS } from '../../../src/providers/registry';
import type { KnownAccount } from '../../../src/store/accountStore';
import { DayCache } from '../../../src/store/dayCache';
import type { Account } from '../../../src/usage/account';
import { estimatedMoney, estimateMeters } from '../../../src/views/ownRates';
import { ExtensionClock } from '../../integration/clock';
import { extension, type Inside, rowOfKind, rowsBelow } from '../../integration/extension';
import type { WorkDay } from '../results';
import { besideIdle, LoopDelay } from './loopDelay';
import { writeResult } from './result';
import { moveVendor, VARIABLES } from './variables';

/** Until nothing more changes, milliseconds. */
const QUIET_MS = 500;

const DAY = 24 * 3_600_000;

/** In a day. One an hour would take the better part of an hour on a busy machine. */
const REFRESHES = 4;

/** How often each part is done by itself after each refresh. */
const TIMES = 4;

/** The last day but one of a month, so that nearly all of its days are there. */
const BEGINS = Date.parse('2026-11-29T00:20:00Z');

const ACCOUNT: Account = { id: 'account', provider: 'dedalus', label: 'Work' };
const { capabilities } = PROVIDERS.dedalus;

const BUDGETS = [
  { account: 'Work', meter: 'awake_seconds', limit: 900_000, on: ['actual', 'forecast'] },
  { account: 'Work', meter: 'storage_mib_seconds', limit: 90_000_000, on: ['actual', 'forecast'] },
  { account: 'Work', meter: 'estimate.USD', limit: 90_000, on: ['actual', 'forecast'] },
];
const RATES = {
  Work: { currency: 'USD', perVcpuHour: 0.05, perMemoryGibHour: 0.01, perStorageGibHour: 0.0001 },
};

/** Opened in turn, one after each refresh. */
const REPORTS: readonly ReportId[] = ['monthEnd', 'checks', 'budgets', 'idle'];

/** Run inside the extension host: a day with some refreshes, and the parts of the work after it, each by itself. */
export async function run(): Promise<void> {
  const inside = await extension();
  const clock = new ExtensionClock(inside, BEGINS);
  await moveVendor(clock.now());
  await readMonth(inside);
  writeResult(await workDay(inside, clock));
}

/** Adds the account, shows its tree and its dashboard, and reads its month. */
async function readMonth(inside: Inside): Promise<void> {
  const { keychain, accounts, dashboard, store } = inside;
  await configure(`providers.${ACCOUNT.provider}.baseUrl`, process.env[VARIABLES.url]);
  await configure('budgets', BUDGETS);
  await configure('rates', RATES);
  await keychain.keep(ACCOUNT.id, {
    key: process.env[VARIABLES.key] ?? '',
    origin: process.env[VARIABLES.url] ?? '',
  });
  await accounts.add(ACCOUNT);
  await vscode.commands.executeCommand(`${VIEW}.focus`);
  await store.of(ACCOUNT).refresh();
  await dashboard.show(ACCOUNT.id);
  await settled(inside);
  await showMachines(inside);
}

async function configure(name: string, value: unknown): Promise<void> {
  const section = vscode.workspace.getConfiguration(SETTINGS_SECTION);
  await section.update(name, value, vscode.ConfigurationTarget.Global);
}

/** Opens the rows of the account and of its machines. */
async function showMachines(inside: Inside): Promise<void> {
  const [account] = await rowsBelow(inside);
  assert.ok(account, 'there is no account');
  const { node } = await rowOfKind(inside, 'machines', account.node);
  const [machine] = await rowsBelow(inside, node);
  assert.ok(machine?.node.kind === 'machine', 'there is no machine');
  await inside.tree.revealMachine(ACCOUNT.id, machine.node.usage.machineId);
}

async function workDay(inside: Inside, clock: ExtensionClock): Promise<WorkDay> {
  const parts: WorkDay['parts'] = { checks: [], forecast: [], budgets: [] };
  const day = new LoopDelay();
  for (let refresh = 0; refresh < REFRESHES; refresh += 1) {
    clock.moveTo(clock.now() + DAY / REFRESHES);
    await moveVendor(clock.now());
    await day.during(() => refreshed(inside, REPORTS[refresh % REPORTS.length] ?? 'monthEnd'));
    for (let time = 0; time < TIMES; time += 1) {
      parts.checks.push(await besideIdle(() => checked(inside)));
      parts.forecast.push(await besideIdle(forecastOf(inside, clock)));
      parts.budgets.push(await besideIdle(standingsOf(inside, clock)));
    }
  }
  const idle = new LoopDelay();
  await idle.during(() => pause(day.milliseconds));
  const { machines, compute } = knownOf(inside).usage;
  return {
    ...{ refreshes: REFRESHES, machines: machines.value?.length ?? 0, days: compute.value?.size ?? 0 },
    ...{ day: day.pauses, idle: idle.pauses, parts },
  };
}

/** What a refresh brings about in the product: all views are drawn again, with this report open, and all is checked. */
async function refreshed(inside: Inside, report: ReportId): Promise<void> {
  await knownOf(inside).refresh();
  const dashboard = await inside.dashboard.load();
  dashboard.receive({ type: 'choose', change: { reports: [report] } });
  await settled(inside);
}

/** Waits until nothing is read, and until nothing has changed for a moment. */
async function settled({ store, checks, dashboard }: Inside): Promise<void> {
  let changed = true;
  const listening = [store, checks].map(({ onDidChange }) =>
    onDidChange(() => {
      changed = true;
    }),
  );
  while (changed || store.known(ACCOUNT.id)?.isBusy === true) {
    changed = false;
    await store.known(ACCOUNT.id)?.refreshing;
    await (await dashboard.load()).load();
    await pause(QUIET_MS);
  }
  for (const one of listening) {
    one.dispose();
  }
}

/** Checks the whole month, with nothing checked before. */
function checked(inside: Inside): Promise<void> {
  const { state, dayCache, usage } = knownOf(inside);
  return new Promise((resolve) => {
    new AccountChecks({
      ...{ capabilities, databaseCache: inside.databaseCache, dayCache, accountId: state.keptAs },
      ...{ usage: () => usage, isBusy: () => false, onChange: resolve },
    }).update();
  });
}

/** Makes the forecast of each meter, with nothing kept. */
function forecastOf(inside: Inside, { now }: ExtensionClock): () => void {
  const { dayCache, usage } = afresh(inside);
  const of = { account: ACCOUNT, capabilities, dayCache, usage, now: now() };
  return () => {
    const ends = forecastMeters(usage, capabilities).map((meter) => meterForecast(of, meter));
    assert.ok(ends.every((end) => end !== undefined));
  };
}

/** Finds how the budgets stand, with nothing kept. */
function standingsOf(inside: Inside, { now }: ExtensionClock): () => void {
  const { dayCache, usage } = afresh(inside);
  const standings = new BudgetStandings({
    ...{ now, capabilitiesOf: () => capabilities, estimatesOf: estimateMeters },
    budgets: () => settings.budgets.budgets.map(({ budget }) => budget),
    usage: () => usage,
    dayCache: () => dayCache,
    moneyOf: (account, own, at) => estimatedMoney(account, own, dayCache, at),
  });
  return () => {
    const all = standings.of(ACCOUNT);
    assert.equal(all.length, BUDGETS.length);
    assert.ok(all.every(({ actual, forecast }) => actual !== undefined && forecast !== undefined));
  };
}

/** The same figures as other objects, for which nothing is kept. */
function afresh(inside: Inside): Pick<KnownAccount, 'usage' | 'dayCache'> {
  const { usage, dayCache: days } = knownOf(inside);
  const dayCache = new DayCache();
  for (const part of ['computeDays', 'storageDays'] as const) {
    for (const day of days.daysAtHand(part)) {
      const block = days.block(part, day);
      if (block !== undefined) {
        dayCache.keep({ part, day }, block);
      }
    }
  }
  return { usage: { ...usage }, dayCache };
}

function knownOf({ store }: Inside): KnownAccount {
  const known = store.known(ACCOUNT.id);
  assert.ok(known, 'nothing is known of the account');
  return known;
}
