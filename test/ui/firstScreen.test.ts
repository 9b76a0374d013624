import assert from 'node:assert/strict';
import { NOW } from '../support/knownDay';
import { DashboardPage } from './driver/dashboardPage';
import { lookInThemes } from './inThemes';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';
import { addThreeAccounts, startThreeVendors } from './threeVendors';

/*
 * What is seen before anybody scrolls or widens anything, for an account of each kind: in the panel the first chart, whole,
 * below its figures, and in the sidebar whole rows. Sizes of the panel are those of the page inside VS Code.
 */
const SIZES = [
  { width: 760, height: 698 },
  { width: 1100, height: 698 },
  { width: 1600, height: 700 },
] as const;
const ACCOUNTS = ['Dedalus Cloud Services', 'MIOSA', 'Northflank', 'Sample data'] as const;

let session: Session;
let dashboard: DashboardPage;

openBefore(async (closeLater) => {
  const vendors = await startThreeVendors(NOW, closeLater);
  session = await startSession({
    ...{ theme: 'light', settings: vendors.settings },
    viewport: { width: 1500, height: 1000 },
  });
  closeLater(session);
  const { workbench } = session;
  await addThreeAccounts(workbench, vendors, { dedalus: /h/, miosa: /credit cents/, northflank: /cents/ });
  await workbench.runCommand('Usage Explorer: Try with Sample Data');
  await workbench.tree('Accounts').shows('Sample data', /h/);
  await workbench.runCommand('Usage Explorer: Open Dashboard');
  dashboard = new DashboardPage(workbench.page, workbench.webview('Usage'));
  await dashboard.ready();
});

/** Makes the window so large that the page has this size. */
async function resize({ width, height }: { width: number; height: number }): Promise<void> {
  const { page } = session.workbench;
  const own = await dashboard.size();
  const window = page.viewportSize() ?? { width: 0, height: 0 };
  await page.setViewportSize({
    width: window.width + width - own.width,
    height: window.height + height - own.height,
  });
  await dashboard.hasSize({ width, height });
}

for (const account of ACCOUNTS) {
  for (const size of SIZES) {
    pictured(
      () => session,
      `the first chart of ${account} is whole at ${size.width} × ${size.height}, and no figure is cut`,
      async () => {
        await dashboard.chooseAccount(account);
        await resize(size);
        // Away from the tile below it, whose details would cover the chart.
        await session.workbench.page.mouse.move(0, 0);
        const { plot, legend } = await dashboard.firstChart();
        assert.ok(plot.top > 0 && plot.bottom <= size.height, JSON.stringify(plot));
        assert.ok(legend.bottom <= size.height, JSON.stringify(legend));
        assert.deepEqual(await dashboard.cutTexts('.tile-value, .tile-change, .chart-figures, .answer'), []);
        assert.equal(await dashboard.overflow(), 0);
        await lookInThemes(session, `first-screen-${account.replace(/ .*/, '')}-${size.width}`, {
          ...{ dashboard, themes: ['light', 'dark', 'highContrast', 'highContrastLight'] },
        });
      },
    );
  }
}

pictured(
  () => session,
  'the chart is reached by six steps of Tab at most, and by the first that leads past the rest',
  async () => {
    await dashboard.chooseAccount('Dedalus Cloud Services');
    const { page } = session.workbench;
    await dashboard.body.locator('body').focus();
    const stops: string[] = [];
    while (stops.at(-1) !== 'application' && stops.length < 12) {
      await page.keyboard.press('Tab');
      stops.push(await dashboard.roleOfFocus());
    }
    assert.ok(stops.length <= 6, stops.join(', '));
    await dashboard.body.getByRole('button', { name: 'Skip to Chart' }).focus();
    await page.keyboard.press('Enter');
    assert.equal(await dashboard.roleOfFocus(), 'application');
  },
);

for (const account of ACCOUNTS) {
  pictured(
    () => session,
    `no row of ${account} is cut in a sidebar of 290 px, however deep`,
    async () => {
      const { workbench } = session;
      const tree = workbench.tree('Accounts');
      // So high that all rows are in sight.
      await workbench.page.setViewportSize({ width: 900, height: 3000 });
      await workbench.widenSidebar(290);
      for (const each of ACCOUNTS) await tree.collapse(each);
      await tree.expand(account);
      await tree.openEachKind();
      assert.ok((await tree.rows()).some(({ level }) => level > 2));
      assert.deepEqual(await tree.cutRows(), []);
      await workbench.screenshot(`rows-${account.replace(/ .*/, '')}-light`);
    },
  );
}
