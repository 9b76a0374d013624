import assert from 'node:assert/strict';
import { onDashboard } from './driver/addAccount';
import { DashboardPage } from './driver/dashboardPage';
import { LOADED } from './driver/tree';
import { uiTest } from './session';

/** From nothing to charts without a key: what a person does first. */
uiTest('welcome, sample data, tree, status bar, dashboard', {}, async ({ workbench }) => {
  await workbench.activityBar.open('Usage Explorer');
  const welcome = workbench.welcomeView('Accounts');
  assert.match(await welcome.text(), /Dedalus Cloud Services, MIOSA or Northflank/);
  assert.deepEqual(await welcome.buttons(), ['Add Account', 'Try with Sample Data']);
  await workbench.screenshot('welcome-dark');
  await welcome.click('Try with Sample Data');

  const tree = workbench.tree('Accounts');
  const account = await tree.shows('Sample data', LOADED);
  assert.match(account.ariaLabel, / h billed · as of \d\d:\d\d UTC$/);
  await onDashboard(workbench, 'Sample data'); // without another click
  await workbench.webview('Usage').close();
  await tree.expand('Machines');
  const figure = await tree.shows('Awake time', LOADED);
  assert.equal(figure.description, account.description);
  await tree.shows('Billed', `h of ${account.description ?? '?'}`);
  const web = await tree.shows('dm-web-1', LOADED);
  assert.match(web.ariaLabel, / h · 4 vCPU, 8 GiB · running$/);
  const archive = await tree.shows('dm-archive', '0 h');
  assert.match(archive.ariaLabel, /disk .* GiB-h · 1 vCPU, 2 GiB · sleeping$/);
  await tree.expand('dm-web-1');
  const day = (await tree.rows()).find(({ level }) => level === 4);
  assert.ok(day);
  await tree.expand(day.label);
  const hour = (await tree.rows()).find(({ level }) => level === 5);
  assert.match(hour?.description ?? '', /^[\d.]+ min( so far| · [\d.]+ vCPU-h)$/);
  assert.match(hour?.ariaLabel ?? '', /vCPU-h · mem .* GiB-h · disk .* GiB-h/);
  await workbench.screenshot('tree-dark');

  const item = workbench.statusBar.item('usage-explorer.usage-explorer.usageExplorer.monthToDate');
  const text = await item.text(/^\s*Sample .* s billed$/);
  const tooltip = await (await item.tooltip()).innerText();
  assert.match(tooltip, /closed buckets only/);
  assert.match(tooltip, /plan sample/);
  const exact = /([\d,]+) s\s/.exec(tooltip)?.[1] ?? '';
  const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
  const seconds = Number(exact.replaceAll(',', ''));
  assert.equal(text.trim(), `Sample ${seconds < 1000 ? seconds : short.format(seconds)} s billed`);

  await item.click();
  const dashboard = new DashboardPage(workbench.page, workbench.webview('Usage'));
  await dashboard.ready();
  assert.equal((await dashboard.figure('Awake time')).exact.get('billed'), `${exact} s`);
  await workbench.screenshot('dashboard-dark');
});
