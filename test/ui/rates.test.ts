import assert from 'node:assert/strict';
import { afterEach } from 'node:test';
import { type Simulator, startSimulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { addByCommand } from './driver/addAccount';
import type { QuickItem } from './driver/quickInput';
import { LOADED } from './driver/tree';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';

/*
 * Rates and budgets of an account: set in dialogs, kept through another name and through its removal. They belong to a name,
 * so each test has an account of another name.
 */
const ITEM = 'usage-explorer.usage-explorer.usageExplorer.monthToDate';
const VENDOR = 'Dedalus Cloud Services';
const PRO = 'Published list prices (Pro)';

let vendor: Simulator;
let session: Session;

openBefore(async (closeLater) => {
  vendor = await startSimulator({ seed: 11, now: () => NOW });
  closeLater(vendor);
  session = await startSession({ settings: { 'usageExplorer.providers.dedalus.baseUrl': vendor.url } });
  closeLater(session);
  await session.workbench.activityBar.open('Usage Explorer');
});

afterEach(remove);

function add(name: string): Promise<void> {
  return addByCommand(session.workbench, {
    ...{ vendor: VENDOR, key: vendor.key, scope: /Organisation ID/ },
    ...{ name, shows: LOADED },
  });
}

async function remove(): Promise<void> {
  const { workbench } = session;
  await workbench.runCommand('Usage Explorer: Remove Account');
  await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Remove' }).click();
  await workbench.welcomeView('Accounts').text();
}

async function rename(from: string, to: string): Promise<void> {
  const { workbench } = session;
  await workbench.tree('Accounts').contextMenu(from, 'Rename Account…');
  await workbench.quickInput.opened(/^Rename Account/);
  await workbench.quickInput.type(to);
  await workbench.quickInput.accept();
  await workbench.quickInput.closed();
}

/** Dollars of the month's awake machines by the list prices that the dialog offers, and of storage above 20 GiB. */
function dollars(): number {
  const { metered } = vendor.totals();
  const cpu = (Number(metered.cpu_millicore_seconds) / 3_600_000) * 0.04536;
  const memory = (Number(metered.memory_mib_seconds) / (1024 * 3600)) * 0.01458;
  const hours = (NOW - Date.UTC(2026, 10)) / 3_600_000;
  const storage = Math.max(0, Number(metered.storage_mib_seconds) / (1024 * 3600) - 20 * hours) * 0.0001;
  return Math.max(0, cpu + memory - 20) + storage;
}

async function showsEstimate(account: string): Promise<void> {
  const tree = session.workbench.tree('Accounts');
  await tree.shows(account, LOADED);
  const { description } = await tree.shows('Estimate', /≈ \$/);
  const shown = Number(/\$([\d,.]+)/.exec(description ?? '')?.[1]?.replaceAll(',', ''));
  assert.ok(Math.abs(shown - dollars()) <= Math.max(0.01, dollars() / 1000), `${shown}, not ${dollars()}`);
}

async function showsBudget(): Promise<void> {
  await session.workbench.statusBar.item(ITEM).tooltip(/Budget, Awake time: .* of 1,000,000 h/);
}

/** Opens the dialog and gives the choices that it begins with. */
async function beginRates(): Promise<readonly QuickItem[]> {
  const { workbench } = session;
  await workbench.runCommand('Usage Explorer: Set Rates…');
  await workbench.quickInput.opened(/^Set Rates/);
  return workbench.quickInput.items();
}

/** Takes the prices from this field on as they are: each is awaited by its number, so that no key goes to the one before. */
async function acceptPrices(from: number): Promise<void> {
  const { quickInput } = session.workbench;
  await quickInput.opened(new RegExp(`\\(${String(from)}/\\d+\\)$`));
  const last = Number(/\/(\d+)\)$/.exec(await quickInput.title())?.[1]);
  for (let at = from; at <= last; at += 1) {
    await quickInput.opened(new RegExp(`\\(${String(at)}/\\d+\\)$`));
    await quickInput.accept();
  }
  await quickInput.has('Save');
}

async function setBudget(): Promise<void> {
  const { workbench } = session;
  const { quickInput } = workbench;
  await workbench.runCommand('Usage Explorer: Set Budget…');
  await quickInput.opened(/^Set Budget/);
  await quickInput.pick('Awake time');
  await quickInput.message(/What is the limit for a calendar month/);
  await quickInput.type('1000000');
  await quickInput.accept();
  await quickInput.has('50%');
  await quickInput.accept();
  await quickInput.has('Actual usage');
  await quickInput.accept();
  await quickInput.closed();
}

pictured(
  () => session,
  'published prices are offered with their source, gone through, and give an estimate',
  async () => {
    const { workbench } = session;
    const { quickInput } = workbench;
    await add('Prices');
    const offered = await beginRates();
    assert.deepEqual(
      offered.map(({ label }) => label),
      ['Your own rates', 'Published list prices (Hobby)', PRO],
    );
    assert.match(
      offered[2]?.detail ?? '',
      /^From https:\/\/www\.dedaluslabs\.ai\/pricing, as quoted by api-evangelist\/dedaluslabs\./,
    );
    assert.match(offered[2]?.description ?? '', /as of 2026-10-07/);
    await workbench.screenshot('rates-offered-dark');
    await quickInput.pick(PRO);
    for (const [prompt, value] of [
      [/currency/, 'USD'],
      [/vCPU-hour/, '0.04536'],
      [/GiB-hour/, '0.01458'],
      [/GiB-hour/, '0.0001'],
    ] as const) {
      await quickInput.message(prompt);
      await quickInput.suggests(new RegExp(`^${value.replace('.', '\\.')}$`));
      await quickInput.accept();
    }
    await acceptPrices(5);
    await workbench.screenshot('rates-save-dark');
    await quickInput.pick('Save');
    await quickInput.closed();
    await showsEstimate('Prices');
  },
);

pictured(
  () => session,
  'rates and a budget go along with another name, and wait for an account of that name',
  async () => {
    const { workbench } = session;
    const { quickInput } = workbench;
    await add('Play');
    await beginRates();
    await quickInput.pick(PRO);
    await acceptPrices(1);
    await quickInput.pick('Save');
    await quickInput.closed();
    await setBudget();
    await showsBudget();

    await rename('Play', 'Work');
    await showsEstimate('Work');
    await showsBudget();

    await remove();
    await add('Play');
    await rename('Play', 'Work');
    const question = workbench.page.locator('.monaco-dialog-box');
    await question.filter({ hasText: 'There are already budgets or rates for the name “Work”.' }).waitFor();
    await question.getByRole('button', { name: 'Use Them' }).click();
    await showsEstimate('Work');
    await showsBudget();
  },
);
