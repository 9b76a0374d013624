import assert from 'node:assert/strict';
import { onDashboard } from './driver/addAccount';
import { DashboardPage } from './driver/dashboardPage';
import { type Theme, THEMES } from './driver/theme';
import type { Tree } from './driver/tree';
import { LOADED } from './driver/tree';
import type { Workbench } from './driver/workbench';
import { lookInThemes } from './inThemes';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';

/* Every view of the sample account in every theme and width: pictures to look at, and what a screen reader needs. */

const ALL = Object.keys(THEMES) as Theme[];

let session: Session;
let workbench: Workbench;
let tree: Tree;

openBefore(async (closeLater) => {
  session = await startSession();
  closeLater(session);
  workbench = session.workbench;
  tree = workbench.tree('Accounts');
  await workbench.activityBar.open('Usage Explorer');
  await workbench.welcomeView('Accounts').click('Try with Sample Data');
  await tree.shows('Sample data', LOADED);
  await onDashboard(workbench, 'Sample data');
});

interface Look {
  readonly theme?: Theme;
  readonly width: number;
  readonly height?: number;
}

/** A test in a window of this theme and size, with the sidebar's machines open and no editor. */
function viewTest(
  title: string,
  { theme = 'dark', width, height = 900 }: Look,
  body: () => Promise<void>,
): void {
  pictured(
    () => session,
    title,
    async () => {
      await session.wear(theme);
      await workbench.page.setViewportSize({ width, height });
      await workbench.runCommand('View: Close All Editors');
      await workbench.activityBar.open('Usage Explorer');
      for (const row of ['Sample data', 'Machines']) {
        await tree.expand(row);
      }
      await body();
    },
  );
}

viewTest('views in each theme', { width: 1400 }, async () => {
  const inThemes = (name: string, dashboard: DashboardPage): Promise<void> =>
    lookInThemes(session, name, { themes: ALL, dashboard });
  await tree.expand('dm-api');
  const dashboard = await openDashboard();
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

  await tree.collapse('dm-api');
  await workbench.runCommand('View: Close Primary Side Bar');
  await dashboard.choose('Per', 'Hour');
  await dashboard.body.getByRole('button', { name: 'Show Duty by Hour' }).click();
  await dashboard.ready();
  await dashboard.duty().getByRole('application').scrollIntoViewIfNeeded();
  await inThemes('hours', dashboard);
});

viewTest('a narrow window', { width: 640 }, async () => {
  await tree.expand('dm-web-1');
  await workbench.screenshot('narrow-tree-dark');
  await tree.collapse('dm-web-1');
});

viewTest('metering buckets of a day', { theme: 'light', width: 1280, height: 800 }, async () => {
  await tree.collapse('Machines');
  await tree.expand('Metering Buckets');
  const newestDay = (await tree.rows()).find(({ description }) => /^\d+ buckets?/.test(description ?? ''));
  assert.ok(newestDay);
  await tree.expand(newestDay.label);
  const bucket = (await tree.rows()).find(({ label }) => /^\d.* storage$/.test(label));
  assert.match(bucket?.description ?? '', /^[\d.,]+ GiB-h disk$/);
  assert.match(bucket?.ariaLabel ?? '', /· \d+ machines · (not )?emitted$/);
  await (await tree.tooltip(bucket?.label ?? '')).waitFor();
  await workbench.screenshot('metering-light');
  await tree.collapse('Metering Buckets');
});

// The narrow one comes last: it narrows the sidebar, too.
for (const width of [1600, 400]) {
  // The activity bar stands beside the page.
  const look: Look = { theme: 'light', width: width + 60, height: 1000 };
  viewTest(`the dashboard is ${width} pixels wide`, look, async () => {
    await workbench.runCommand('View: Close Primary Side Bar');
    const dashboard = await openDashboard();
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

/** As a new one is, at its top. */
async function openDashboard(): Promise<DashboardPage> {
  await workbench.runCommand('Usage Explorer: Open Dashboard');
  const dashboard = new DashboardPage(workbench.page, workbench.webview('Usage'));
  await dashboard.ready();
  await dashboard.reset();
  await dashboard.body.getByRole('heading', { level: 1 }).scrollIntoViewIfNeeded();
  return dashboard;
}
