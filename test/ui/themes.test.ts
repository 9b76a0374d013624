import assert from 'node:assert/strict';
import { DashboardPage } from './driver/dashboardPage';
import { type Theme, THEMES } from './driver/theme';
import { lookInThemes } from './inThemes';
import { type Session, uiTest } from './session';

const ALL = Object.keys(THEMES) as Theme[];

/** Every view in every theme: pictures to look at, and what a screen reader needs. */
uiTest('views in each theme', { viewport: { width: 1400, height: 900 } }, async (session) => {
  const { workbench } = session;
  const inThemes = (name: string, shown?: DashboardPage): Promise<void> =>
    lookInThemes(session, name, { themes: ALL, ...(shown === undefined ? {} : { dashboard: shown }) });
  await showSample(session);
  const tree = workbench.tree('Usage');
  await tree.expand('dm-api');
  await workbench.runCommand('Usage Explorer: Open Dashboard');
  const dashboard = new DashboardPage(workbench.page, workbench.webview('Usage'));
  await dashboard.ready();
  await inThemes('all', dashboard);

  for (const theme of ALL) {
    await session.wear(theme);
    await (await tree.tooltip('dm-api')).waitFor();
    await workbench.screenshot(`tooltip-${theme}`);
    const item = workbench.statusBar.item('usage-explorer.usage-explorer.usageExplorer.monthToDate');
    await (await item.tooltip()).waitFor();
    await workbench.screenshot(`status-bar-${theme}`);
  }

  await dashboard.compute.openTable();
  await dashboard.compute.table.scrollIntoViewIfNeeded();
  await inThemes('table', dashboard);

  await workbench.runCommand('View: Close Primary Side Bar');
  await dashboard.choose('Per', 'Hour');
  await dashboard.body.getByRole('button', { name: 'Show Duty by Hour' }).click();
  await dashboard.ready();
  await dashboard.duty().getByRole('application').scrollIntoViewIfNeeded();
  await inThemes('hours', dashboard);
});

uiTest('a narrow window', { viewport: { width: 640, height: 900 } }, async (session) => {
  await showSample(session);
  await session.workbench.tree('Usage').expand('dm-web-1');
  await session.workbench.screenshot('narrow-tree-dark');
});

for (const width of [400, 1600]) {
  // The activity bar stands beside the page.
  const viewport = { width: width + 60, height: 1000 };
  uiTest(`the dashboard is ${width} pixels wide`, { viewport, theme: 'light' }, async (session) => {
    const { workbench } = session;
    await showSample(session);
    await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.runCommand('Usage Explorer: Open Dashboard');
    const dashboard = new DashboardPage(workbench.page, workbench.webview('Usage'));
    await dashboard.ready();
    await workbench.screenshot(`wide-${width}-light`);
    assert.equal(await dashboard.overflow(), 0);
    await dashboard.body.getByRole('button', { name: 'Show Duty by Hour' }).click();
    await dashboard.ready();
    await dashboard.compute.openTable();
    await dashboard.choosePeriod('Dates…');
    assert.equal(await dashboard.overflow(), 0);
    await dashboard.compute.plot.scrollIntoViewIfNeeded();
    await workbench.screenshot(`wide-${width}-all-light`);
    assert.deepEqual(await dashboard.seriousProblems(), []);
  });
}

uiTest('metering buckets of a day', { theme: 'light' }, async (session) => {
  const { workbench } = session;
  await showSample(session);
  const tree = workbench.tree('Usage');
  await tree.collapse('Machines');
  await tree.expand('Metering Buckets');
  const newestDay = (await tree.rows()).find(({ description }) => /^\d+ buckets?/.test(description ?? ''));
  assert.ok(newestDay);
  await tree.expand(newestDay.label);
  const bucket = (await tree.rows()).find(({ label }) => /^\d.* storage$/.test(label));
  assert.match(bucket?.description ?? '', /^disk .* GiB-h · \d+ machines · (not )?emitted$/);
  await (await tree.tooltip(bucket?.label ?? '')).waitFor();
  await workbench.screenshot('metering-light');
});

async function showSample({ workbench }: Session): Promise<void> {
  await workbench.activityBar.open('Usage Explorer');
  await workbench.welcomeView('Usage').click('Try with Sample Data');
  await workbench.tree('Usage').shows('Sample data', /billed/);
  await workbench.tree('Usage').expand('Month to Date');
  await workbench.tree('Usage').expand('Machines');
}
