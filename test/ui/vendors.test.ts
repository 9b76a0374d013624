import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before } from 'node:test';
import { decimalText } from '../../src/usage/decimal';
import { createFormats } from '../../src/usage/format';
import { DAY, HOUR, monthOf, startOfDay, utcDay } from '../../src/usage/time';
import type { MiosaSimulator } from '../simulator/miosa/simulator';
import type { NorthflankSimulator } from '../simulator/northflank/simulator';
import type { Simulator } from '../simulator/server';
import { NOW } from '../support/knownDay';
import { DashboardPage } from './driver/dashboardPage';
import type { Theme } from './driver/theme';
import { pictured } from './pictured';
import { type Session, startSession } from './session';
import { type ThreeVendors, addThreeAccounts, startThreeVendors } from './threeVendors';

/*
 * An account of each vendor in one window: tree, status bar, dashboard and files say what the three vendors' books say. Each
 * test goes on where the one before it stopped.
 */
const ITEM = 'usage-explorer.usage-explorer.usageExplorer.monthToDate';
const month = monthOf(NOW);
const formats = createFormats('en');
const THEMES: readonly Theme[] = ['light', 'dark', 'highContrast'];

for (const theme of THEMES) {
  let vendors: ThreeVendors;
  let dedalus: Simulator;
  let miosa: MiosaSimulator;
  let northflank: NorthflankSimulator;
  let session: Session;
  let dashboard: DashboardPage;

  before(async () => {
    vendors = await startThreeVendors(NOW);
    ({ dedalus, miosa, northflank } = vendors);
    session = await startSession({
      settings: { ...vendors.settings, 'files.simpleDialog.enable': true },
      viewport: { width: 1500, height: 1000 },
      theme,
    });
  });

  after(async () => {
    await session.close();
    await vendors.close();
  });

  function step(title: string, body: () => Promise<void>): void {
    pictured(() => session, `${title} (${theme})`, body);
  }

  const shot = (name: string): Promise<string> => session.workbench.screenshot(`vendors-${name}-${theme}`);
  const credits = (): bigint =>
    [...miosa.totals('external_user_id').values()].reduce(
      (all, own) => all + (own['credit_cents'] ?? 0n),
      0n,
    );
  const sumOf = (sums: ReadonlyMap<string, bigint>): bigint => [...sums.values()].reduce((a, b) => a + b, 0n);
  const spent = (): bigint => sumOf(northflank.spent(month.start, NOW));

  step('an account of each vendor stands in the sidebar with its own figure of the month', async () => {
    const { workbench } = session;
    await addThreeAccounts(workbench, vendors, {
      dedalus: /billed · as of/,
      miosa: new RegExp(formats.rounded(credits(), 'credit_cents')),
      northflank: new RegExp(formats.rounded(spent(), 'paas.cents')),
    });
    await shot('tree');
  });

  step('the status bar shows them in turn, and never one sum over all', async () => {
    const { workbench } = session;
    const item = workbench.statusBar.item(ITEM);
    const { billed } = dedalus.totals();
    const figures = [
      formats.short(billed.awake_seconds, 'awake_seconds'),
      formats.short(credits(), 'credit_cents'),
      formats.short(spent(), 'paas.cents'),
    ];
    for (const figure of [...figures, ...figures.slice(0, 2)]) {
      await item.text(new RegExp(`${escape(figure)}$`));
      await workbench.runCommand('Usage Explorer: Next Account in the Status Bar');
    }
    await item.text(new RegExp(`${escape(figures[2] ?? '')}$`));
    const tooltip = await (await item.tooltip()).innerText();
    assert.match(tooltip, /Calendar month to date/);
    assert.match(tooltip, /Prices are cents of a currency that the vendor’s reply does not name/);
    await shot('status-bar');
  });

  step('groups are listed by credits, by whom the person chooses', async () => {
    const { workbench } = session;
    const tree = workbench.tree('Usage');
    await tree.collapse('Dedalus Cloud Services');
    await tree.expand('By External User');
    const [[first] = [''], ...rest] = byCredits('external_user_id');
    assert.ok(rest.length > 2);
    await tree.shows(first);
    await tree.expand(first);
    await tree.shows('Credits');
    await shot('groups');
    await tree.collapse('By External User');
    await tree.clickInline('By External User', 'Group Usage By…');
    await workbench.quickInput.opened('Group Usage');
    await workbench.quickInput.pick('By Workspace');
    await workbench.quickInput.closed();
    const [[workspace] = ['']] = byCredits('workspace_id');
    await tree.expand('By Workspace');
    await tree.shows(workspace);
    await tree.collapse('By Workspace');
  });

  step('an hour of spending opens down to its resources', async () => {
    const { workbench } = session;
    const tree = workbench.tree('Usage');
    await tree.collapse('MIOSA');
    await tree.expand('Days');
    await tree.expand(formats.day(utcDay(NOW)));
    const hour = Math.floor(NOW / HOUR) * HOUR - HOUR;
    await tree.expand(formats.span(hour, hour + HOUR));
    const [team] = [...northflank.hourOf(hour)].sort((a, b) => Number(sumOf(b.price) - sumOf(a.price)));
    assert.ok(team);
    await tree.shows(team.name, new RegExp(escape(formats.rounded(sumOf(team.price), 'paas.cents'))));
    await tree.expand(team.name);
    const [project] = [...team.children].sort((a, b) => Number(sumOf(b.price) - sumOf(a.price)));
    assert.ok(project);
    await tree.expand(project.name);
    await tree.shows('Own cloud (BYOC)');
    await shot('hour');
    await tree.collapse('Days');
  });

  step('the dashboard draws each of them in its own meters, and the accounts are a choice away', async () => {
    await session.workbench.runCommand('Usage Explorer: Open Dashboard');
    dashboard = new DashboardPage(session.workbench.page, session.workbench.webview('Usage'));
    await dashboard.ready();
    const choice = dashboard.body.getByRole('combobox', { name: 'Account' });
    await choice.selectOption({ label: 'Northflank' });
    await dashboard.body.getByRole('heading', { name: 'Northflank', level: 1 }).waitFor();
    await dashboard.ready();
    const spend = dashboard.chart(/^Spend$/);
    await spend.totals(exact(spent(), 'paas.cents'));
    await dashboard
      .chart(/^Own cloud/)
      .totals(exact(sumOf(northflank.byocSpent(month.start, NOW)), 'byoc.cents'));
    assert.deepEqual(await dashboard.seriousProblems(), []);
    await shot('northflank');
    await dashboard.choose('Per', 'Hour');
    await dashboard.ready();
    await spend.totals(exact(spent(), 'paas.cents'));
    await dashboard.choose('Per', 'Day');
    await choice.selectOption({ label: 'MIOSA' });
    await dashboard.body.getByRole('heading', { name: 'MIOSA', level: 1 }).waitFor();
    await dashboard.ready();
    const own = dashboard.chart(/^Credits$/);
    await own.totals(exact(credits(), 'credit_cents'));
    await own.root.getByText(/One request a day/).waitFor();
    await own.root.getByText(/own month to date/).waitFor();
    assert.deepEqual(await dashboard.seriousProblems(), []);
    await shot('miosa');
  });

  step('the days of a series are asked for once', async () => {
    const asked = miosa.requests.length;
    await dashboard.choosePeriod('Last 7 days');
    await dashboard.ready();
    const week = startOfDay(utcDay(NOW)) - 6 * DAY;
    const total = [...miosa.used('workspace_id', week, NOW).values()].reduce(
      (all, own) => all + (own['credit_cents'] ?? 0n),
      0n,
    );
    await dashboard.chart(/^Credits$/).totals(exact(total, 'credit_cents'));
    const before = week < month.start ? (month.start - week) / DAY : 0;
    assert.ok(miosa.requests.length - asked <= before + 1, 'days that are known are not asked for');
    await dashboard.choosePeriod('This month');
  });

  step('every row of a vendor goes to a file, exactly', async () => {
    assert.equal(sumOfColumn(await exported('miosa'), 'credits'), credits());
    const choice = dashboard.body.getByRole('combobox', { name: 'Account' });
    await choice.selectOption({ label: 'Northflank' });
    await dashboard.body.getByRole('heading', { name: 'Northflank', level: 1 }).waitFor();
    await dashboard.ready();
    const spending = await exported('northflank');
    assert.equal(sumOfColumn(spending, 'spend'), spent());
    assert.equal(sumOfColumn(spending, 'own cloud'), sumOf(northflank.byocSpent(month.start, NOW)));
    await choice.selectOption({ label: 'MIOSA' });
    await dashboard.body.getByRole('heading', { name: 'MIOSA', level: 1 }).waitFor();
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
    const tree = workbench.tree('Usage');
    await tree.shows('Northflank', /not allowed|no permission|refused/i);
    await tree.shows('MIOSA', /out of credits/);
    const dedalusRow = await tree.shows('Dedalus Cloud Services', /billed · as of/);
    assert.doesNotMatch(dedalusRow.description ?? '', /refused|out of/);
    await shot('failing');
    northflank.clearFaults();
    miosa.clearFaults();
  });

  function byCredits(grouping: 'external_user_id' | 'workspace_id'): [string, bigint][] {
    return [...miosa.totals(grouping)]
      .map(([id, own]): [string, bigint] => [id, own['credit_cents'] ?? 0n])
      .sort(([, a], [, b]) => Number(b - a));
  }
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
  const units = BigInt(`${whole}${fraction.padEnd(decimals, '0')}`);
  assert.equal(decimalText(units, decimals), text, 'a plain decimal');
  return units;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
