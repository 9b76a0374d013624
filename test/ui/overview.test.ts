import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { createFormats } from '../../src/usage/format';
import { MONTH, NOW } from '../support/knownDay';
import { DashboardPage } from './driver/dashboardPage';
import { readText } from './driver/locators';
import { LOADED } from './driver/tree';
import { lookInThemes } from './inThemes';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';
import { addThreeAccounts, startThreeVendors, type ThreeVendors } from './threeVendors';

/*
 * All accounts side by side on the dashboard: what each row and each total says is what the vendors' books say. Each test goes
 * on where the one before it stopped.
 */
const ALL = 'All accounts';
const VIEWPORT = { width: 1500, height: 1000 };
const formats = createFormats('en');

let vendors: ThreeVendors;
let session: Session;
let dashboard: DashboardPage;

openBefore(async (closeLater) => {
  vendors = await startThreeVendors(NOW, closeLater);
  session = await startSession({ settings: vendors.settings, viewport: VIEWPORT });
  closeLater(session);
  await addThreeAccounts(session.workbench, vendors, {
    ...{ dedalus: LOADED, miosa: /cents$/, northflank: /cents$/ },
  });
  dashboard = pageOf(session);
});

function pageOf({ workbench }: Session): DashboardPage {
  return new DashboardPage(workbench.page, workbench.webview('Usage'));
}

function step(title: string, body: () => Promise<void>): void {
  pictured(() => session, title, body);
}

async function chooseAll(): Promise<void> {
  await dashboard.body.getByRole('combobox', { name: 'Account' }).selectOption({ label: ALL });
  await dashboard.body.getByRole('heading', { name: ALL, level: 1 }).waitFor();
}

/** The row or the total of this name. */
const line = (name: string): Locator =>
  dashboard.body.locator('.overview tr').filter({ has: dashboard.body.getByRole('rowheader', { name }) });

const cell = (name: string, column: string): Locator => line(name).locator(`.${column} bdi`);

const sumOf = (sums: ReadonlyMap<string, bigint>): bigint => [...sums.values()].reduce((a, b) => a + b, 0n);

/** What the vendors' books say of the month, as the status bar counts it. */
function figures(): { dedalus: string; miosa: string; northflank: string } {
  const { dedalus, miosa, northflank } = vendors;
  const credits = [...miosa.totals('external_user_id').values()].reduce(
    (all, own) => all + (own['credit_cents'] ?? 0n),
    0n,
  );
  return {
    dedalus: `${formats.rounded(dedalus.totals().billed.awake_seconds, 'awake_seconds')} billed`,
    miosa: formats.rounded(credits, 'credit_cents'),
    northflank: formats.rounded(sumOf(northflank.spent(MONTH, NOW)), 'paas.cents'),
  };
}

step(
  'all accounts stand side by side with the figures of their vendors, and nothing is asked for it',
  async () => {
    await session.workbench.runCommand('Usage Explorer: Open Dashboard');
    await dashboard.ready();
    // The days of the accounts that were added before are still being read.
    await session.workbench.tree('Accounts').idle();
    const asked = (): number[] =>
      [vendors.dedalus, vendors.miosa, vendors.northflank].map(({ requests }) => requests.length);
    const before = asked();
    await chooseAll();
    const { dedalus, miosa, northflank } = figures();
    for (const [account, figure] of [
      ['Dedalus Cloud Services', dedalus],
      ['MIOSA', miosa],
      ['Northflank', northflank],
    ] as const) {
      assert.equal(await readText(cell(account, 'figure')), figure, account);
      assert.match(await readText(cell(account, 'state')), /^as of \d\d:\d\d UTC$/, account);
    }
    assert.deepEqual(asked(), before);
    assert.match(await readText(cell('Dedalus Cloud Services', 'monthEnd')), /^[\d,]+ h \([\d,]+–[\d,]+\)$/);
    await line('Northflank').getByText('No budget').waitFor();
    const charts = dashboard.body.locator('.tile, section.chart, .toolbar').filter({ visible: true });
    assert.equal(await charts.count(), 0);
  },
);

step('the days are bars, which are told in words', async () => {
  const days = line('Dedalus Cloud Services').locator('.days');
  const [day, seconds] = busiestDay();
  await days
    .getByText(`Highest: ${formats.rounded(seconds, 'awake_seconds')} on ${formats.day(day)}.`)
    .waitFor();
  assert.equal(await days.locator('rect.base').count(), 18);
  assert.equal(await days.locator('rect.open').count(), 1);
});

function busiestDay(): [string, bigint] {
  const days = Array.from({ length: 18 }, (_, index) => {
    const start = MONTH + index * 86_400_000;
    const used = [...vendors.dedalus.used(start, Math.min(start + 86_400_000, NOW)).values()];
    const seconds = used.reduce((sum, own) => sum + own.awake_seconds, 0n);
    return [new Date(start).toISOString().slice(0, 10), seconds] as const;
  });
  const [first = ['', 0n] as const, ...others] = days;
  const [day, seconds] = others.reduce((most, own) => (own[1] > most[1] ? own : most), first);
  return [day, seconds];
}

step('each unit has a total of its own', async () => {
  const { dedalus, miosa, northflank } = figures();
  assert.equal(await readText(cell('Total: Awake time', 'figure')), dedalus);
  assert.equal(await readText(cell('Total: Credits', 'figure')), miosa);
  assert.equal(await readText(cell('Total: Spend', 'figure')), northflank);
  await line('Total: Credits').getByText('Accounts: 1 of 1').waitFor();
  await lookInThemes(session, 'overview', { dashboard });
});

step('an account opens by its name, by keyboard as well, and its list has the focus', async () => {
  await dashboard.body.getByRole('button', { name: 'MIOSA' }).press('Enter');
  await dashboard.body.getByRole('heading', { name: 'MIOSA', level: 1 }).waitFor();
  await dashboard.ready();
  const list = dashboard.body.getByRole('combobox', { name: 'Account' });
  assert.ok(await list.evaluate((own: { matches(selector: string): boolean }) => own.matches(':focus')));
  await chooseAll();
});

step('all accounts are still chosen after the window was closed', async () => {
  await session.restart();
  dashboard = pageOf(session);
  await dashboard.body.getByRole('heading', { name: ALL, level: 1 }).waitFor();
  await cell('Northflank', 'figure').getByText(figures().northflank).waitFor();
});

step('one that fails says so and what helps, and the others are as they were', async () => {
  vendors.northflank.inject({ status: 403 });
  await dashboard.body.getByRole('button', { name: 'Refresh All Accounts' }).click();
  const failed = line('Northflank').locator('.state');
  await failed.getByText(/not allowed · as of/).waitFor();
  await failed.getByRole('button', { name: 'Update Key' }).waitFor();
  assert.match(await readText(cell('MIOSA', 'state')), /^as of/);
  assert.equal(await readText(cell('Total: Spend', 'figure')), figures().northflank);
  await session.workbench.screenshot('overview-failed-dark');
  vendors.northflank.clearFaults();
});

step('a narrow page cuts nothing off', async () => {
  await session.workbench.page.setViewportSize({ width: 760, height: VIEWPORT.height });
  await line('Northflank').getByText('Month to date').or(cell('Northflank', 'figure')).first().waitFor();
  assert.equal(await dashboard.overflow(), 0);
  assert.deepEqual(await dashboard.seriousProblems(), []);
  await session.workbench.screenshot('overview-narrow-dark');
});
