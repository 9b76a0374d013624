import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createFormats } from '../../src/usage/format';
import type { MiosaSimulator } from '../simulator/miosa/simulator';
import type { NorthflankSimulator } from '../simulator/northflank/simulator';
import type { Simulator } from '../simulator/server';
import { DAY, HOUR, MONTH, NOW, TODAY } from '../support/knownDay';
import { DashboardPage } from './driver/dashboardPage';
import { LOADED } from './driver/tree';
import { lookInThemes } from './inThemes';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';
import { addThreeAccounts, startThreeVendors, type ThreeVendors } from './threeVendors';

/*
 * An account of each vendor in one window: tree, status bar, dashboard and files say what the three vendors' books say.
 */
const ACCOUNTS = ['Dedalus Cloud Services', 'MIOSA', 'Northflank'];
const ITEM = 'usage-explorer.usage-explorer.usageExplorer.monthToDate';
const formats = createFormats('en');

let vendors: ThreeVendors;
let dedalus: Simulator;
let miosa: MiosaSimulator;
let northflank: NorthflankSimulator;
let session: Session;
let dashboard: DashboardPage;

openBefore(async (closeLater) => {
  vendors = await startThreeVendors(NOW, closeLater);
  ({ dedalus, miosa, northflank } = vendors);
  session = await startSession({
    settings: { ...vendors.settings, 'files.simpleDialog.enable': true },
    viewport: { width: 1500, height: 1000 },
  });
  closeLater(session);
  const { workbench } = session;
  await addThreeAccounts(workbench, vendors, { dedalus: LOADED, miosa: /cents$/, northflank: /cents$/ });
  dashboard = new DashboardPage(workbench.page, workbench.webview('Usage'));
});

function step(title: string, body: () => Promise<void>): void {
  pictured(() => session, title, body);
}

/** Leaves one account open in the sidebar. */
async function showOnly(account: string): Promise<void> {
  const tree = session.workbench.tree('Accounts');
  for (const each of ACCOUNTS) {
    if (each !== account) await tree.collapse(each);
  }
  await tree.expand(account);
}

/** Has the dashboard show the month of an account, by day. */
async function dashboardOf(account: string): Promise<void> {
  await session.workbench.runCommand('Usage Explorer: Open Dashboard');
  await dashboard.ready();
  await dashboard.body.getByRole('combobox', { name: 'Account' }).selectOption({ label: account });
  await dashboard.body.getByRole('heading', { name: account, level: 1 }).waitFor();
  await dashboard.choosePeriod('This month');
  await dashboard.ready();
}

const look = (name: string): Promise<void> => lookInThemes(session, `vendors-${name}`);
const credits = (): bigint =>
  [...miosa.totals('external_user_id').values()].reduce((all, own) => all + (own['credit_cents'] ?? 0n), 0n);
const sumOf = (sums: ReadonlyMap<string, bigint>): bigint => [...sums.values()].reduce((a, b) => a + b, 0n);
const spent = (): bigint => sumOf(northflank.spent(MONTH, NOW));

step('an account of each vendor stands in the sidebar with its own figure of the month', async () => {
  const tree = session.workbench.tree('Accounts');
  await tree.shows('Dedalus Cloud Services', LOADED);
  await tree.shows('MIOSA', new RegExp(formats.rounded(credits(), 'credit_cents')));
  await tree.shows('Northflank', new RegExp(formats.rounded(spent(), 'paas.cents')));
  await look('tree');
});

step('the status bar shows them in turn, and never one sum over all', async () => {
  const { workbench } = session;
  const item = workbench.statusBar.item(ITEM);
  const { billed } = dedalus.totals();
  const figures = [
    `Dedalus ${formats.short(billed.awake_seconds, 'awake_seconds')} billed`,
    `MIOSA ${formats.short(credits(), 'credit_cents')}`,
    `Northflank ${formats.short(spent(), 'paas.cents')}`,
  ];
  for (const figure of [...figures, ...figures.slice(0, 2)]) {
    await item.text(new RegExp(`${escape(figure)}$`));
    await workbench.runCommand('Usage Explorer: Next Account in the Status Bar');
  }
  await item.text(new RegExp(`${escape(figures[2] ?? '')}$`));
  const tooltip = await (await item.tooltip()).innerText();
  assert.match(tooltip, /Calendar month to date/);
  assert.match(tooltip, /Prices are in cents\. The vendor’s reply does not name the currency/);
  await workbench.screenshot('vendors-status-bar-dark');
});

step('the status bar keeps to the account that is chosen for it', async () => {
  const { workbench } = session;
  const item = workbench.statusBar.item(ITEM);
  for (const [choice, figure] of [
    ['MIOSA', formats.short(credits(), 'credit_cents')],
    ['Northflank', formats.short(spent(), 'paas.cents')],
  ] as const) {
    await chooseForStatusBar(choice);
    await item.text(new RegExp(`${escape(figure)}$`));
  }
  await chooseForStatusBar('All accounts');
});

async function chooseForStatusBar(choice: string): Promise<void> {
  const { quickInput } = session.workbench;
  await session.workbench.runCommand('Usage Explorer: Choose Account for the Status Bar…');
  await quickInput.opened('Choose Account for the Status Bar');
  await quickInput.pick(choice);
  await quickInput.closed();
}

step('groups are listed by credits, by whom the person chooses', async () => {
  const { workbench } = session;
  const tree = workbench.tree('Accounts');
  await showOnly('MIOSA');
  await tree.expand('By External User');
  const [[first] = [''], ...rest] = byCredits('external_user_id');
  assert.ok(rest.length > 2);
  await tree.shows(first);
  await tree.expand(first);
  await tree.shows('Credits');
  await look('groups');
  await tree.collapse('By External User');
  await tree.clickInline('By External User', 'Group Usage By…');
  await workbench.quickInput.opened('Group Usage');
  await workbench.quickInput.pick('By Workspace');
  await workbench.quickInput.closed();
  const [[workspace] = ['']] = byCredits('workspace_id');
  await tree.expand('By Workspace');
  await tree.shows(workspace);
});

step('an hour of spending opens down to its resources', async () => {
  const tree = session.workbench.tree('Accounts');
  await showOnly('Northflank');
  await tree.expand('Days');
  await tree.expand('Wed Nov 18');
  const hour = Math.floor(NOW / HOUR) * HOUR - HOUR;
  await tree.expand(formats.clock(hour).replace(' UTC', ''));
  const [team] = [...northflank.hourOf(hour)].sort((a, b) => Number(sumOf(b.price) - sumOf(a.price)));
  assert.ok(team);
  await tree.shows(team.name, new RegExp(escape(formats.rounded(sumOf(team.price), 'paas.cents'))));
  await tree.expand(team.name);
  const [project] = [...team.children].sort((a, b) => Number(sumOf(b.price) - sumOf(a.price)));
  assert.ok(project);
  await tree.expand(project.name);
  await tree.shows('Own cloud (BYOC)');
  await look('hour');
});

step('the dashboard draws each of them in its own meters, and the accounts are a choice away', async () => {
  await dashboardOf('Northflank');
  const spend = dashboard.chart(/^Spend$/);
  await spend.totals(exact(spent(), 'paas.cents'));
  await dashboard.chart(/^Own cloud/).totals(exact(sumOf(northflank.byocSpent(MONTH, NOW)), 'byoc.cents'));
  await lookInThemes(session, 'vendors-northflank', { dashboard });
  await dashboard.choose('Per', 'Hour');
  await dashboard.ready();
  await spend.totals(exact(spent(), 'paas.cents'));
  await dashboard.choose('Per', 'Day');
  await dashboardOf('MIOSA');
  const own = dashboard.chart(/^Credits$/);
  await own.totals(exact(credits(), 'credit_cents'));
  await own.root.getByText(/One request a day/).waitFor();
  await own.root.getByText(/own month to date/).waitFor();
  await lookInThemes(session, 'vendors-miosa', { dashboard });
});

step('the days of a series are asked for once', async () => {
  await dashboardOf('MIOSA');
  const asked = miosa.requests.length;
  await dashboard.choosePeriod('Last 7 days');
  await dashboard.ready();
  const week = TODAY - 6 * DAY;
  const total = [...miosa.used('workspace_id', week, NOW).values()].reduce(
    (all, own) => all + (own['credit_cents'] ?? 0n),
    0n,
  );
  await dashboard.chart(/^Credits$/).totals(exact(total, 'credit_cents'));
  assert.ok(miosa.requests.length - asked <= 1, 'days that are known are not asked for');
});

step('every row of a vendor goes to a file, exactly', async () => {
  await dashboardOf('MIOSA');
  assert.equal(sumOfColumn(await exported('miosa'), 'credits'), credits());
  await dashboardOf('Northflank');
  const spending = await exported('northflank');
  assert.equal(sumOfColumn(spending, 'spend'), spent());
  assert.equal(sumOfColumn(spending, 'own cloud'), sumOf(northflank.byocSpent(MONTH, NOW)));
});

async function exported(name: string): Promise<string> {
  const file = path.join(session.dataDir, `${name}.csv`);
  await dashboard.body.getByRole('button', { name: 'Export' }).click();
  await dashboard.body.getByRole('menuitem', { name: 'All rows as CSV' }).click();
  await session.workbench.saveAs(file);
  return readFileSync(file, 'utf8');
}

step('one account that fails hides no other', async () => {
  const { workbench } = session;
  northflank.inject({ status: 403 });
  miosa.inject({ status: 402 });
  await workbench.runCommand('Usage Explorer: Refresh');
  const tree = workbench.tree('Accounts');
  await tree.shows('Northflank', /not allowed|no permission|refused/i);
  await tree.shows('MIOSA', /out of credits/);
  const dedalusRow = await tree.shows('Dedalus Cloud Services', LOADED);
  assert.doesNotMatch(dedalusRow.description ?? '', /refused|out of/);
  await look('failing');
  northflank.clearFaults();
  miosa.clearFaults();
});

function byCredits(grouping: 'external_user_id' | 'workspace_id'): [string, bigint][] {
  return [...miosa.totals(grouping)]
    .map(([id, own]): [string, bigint] => [id, own['credit_cents'] ?? 0n])
    .sort(([, a], [, b]) => Number(b - a));
}

/** The exact sum of a column of money or credits, in 10^−8 of its unit; an empty cell is unknown. */
function sumOfColumn(csv: string, heading: string): bigint {
  const [header = '', ...rows] = csv.trimEnd().split('\r\n');
  const column = header.split(',').findIndex((text) => text.startsWith(heading));
  assert.ok(column > 0, header);
  return rows
    .map((line) => line.split(',')[column] ?? '')
    .reduce((all, cell) => all + (cell === '' ? 0n : scaled(cell, 8)), 0n);
}

/** As the dashboard writes an exact figure. */
function exact(amount: bigint, meter: Parameters<typeof formats.exact>[1]): string {
  return formats.exact(amount, meter);
}

function scaled(text: string, decimals: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  assert.match(text, /^(0|[1-9]\d*)(\.\d*[1-9])?$/, 'a plain decimal without needless zeros');
  return BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
