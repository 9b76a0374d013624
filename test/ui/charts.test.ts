import assert from 'node:assert/strict';
import { beforeEach } from 'node:test';
import type { Simulator } from '../simulator/server';
import { DAY, dayOf, TODAY } from '../support/knownDay';
import { ChartSection } from './driver/chartSection';
import type { DashboardPage } from './driver/dashboardPage';
import { dashboardAnew, openDashboard, WINDOW } from './openDashboard';
import { openBefore } from './opened';
import { pictured } from './pictured';
import type { Session } from './session';

/* How charts look, beyond their figures: colours that stay, sharpness, and where a tooltip stands. */
let simulator: Simulator;
let session: Session;
let dashboard: DashboardPage;

/** Six days, from nine days before to the end of the day four days before. */
const SIX_DAYS = { start: TODAY - 9 * DAY, end: TODAY - 3 * DAY };

const used = (start: number, end: number, meter: 'awake_seconds' | 'memory_mib_seconds'): string =>
  [...simulator.used(start, end).values()].reduce((sum, own) => sum + own[meter], 0n).toLocaleString('en');
const memory = (start: number, end: number): string => `${used(start, end, 'memory_mib_seconds')} MiB-s`;

openBefore(async (closeLater) => {
  ({ simulator, session, dashboard } = await openDashboard(closeLater, { theme: 'dark', seed: 11 }));
  await session.workbench.tree('Accounts').expand('Machines');
});

beforeEach(() => dashboardAnew({ session, dashboard }));

function step(title: string, body: () => Promise<void>): void {
  pictured(() => session, title, body);
}

step('a machine keeps its colour over period, meter, zoom, number and stacking', async () => {
  const { compute } = dashboard;
  const known = new Map<string, string>();
  const remember = async (): Promise<void> => {
    const colours = await compute.colours();
    assert.equal(new Set(colours.values()).size, colours.size, 'no two look the same');
    for (const [name, colour] of colours) {
      assert.equal(colour, known.get(name) ?? colour, name);
      known.set(name, colour);
    }
  };
  await remember();
  await dashboard.chooseDates(dayOf(SIX_DAYS.start), dayOf(SIX_DAYS.end - DAY));
  await compute.totals(`${used(SIX_DAYS.start, SIX_DAYS.end, 'awake_seconds')} s`);
  await remember();
  await dashboard.tile('Memory').click();
  await compute.totals(memory(SIX_DAYS.start, SIX_DAYS.end));
  await remember();
  await compute.drag(1 / 12, 5 / 12);
  await compute.totals(memory(TODAY - 9 * DAY, TODAY - 6 * DAY));
  await remember();
  await dashboard.select('Show the largest', 'Top 3');
  await compute.legend.nth(3).getByText('Others').waitFor();
  await remember();
  await dashboard.select('Stack by', 'By shape');
  await compute.legend
    .first()
    .getByText(/vCPU, .* GiB/)
    .waitFor();
  await dashboard.select('Stack by', 'By machine');
  await compute.legend.nth(3).getByText('Others').waitFor();
  await remember();
});

step('the drawings are as sharp as the screen, also when the window moves to another one', async () => {
  const { page } = session.workbench;
  const devtools = await page.context().newCDPSession(page);
  await dashboard.body.getByRole('button', { name: 'Show Duty by Hour' }).click();
  const duty = new ChartSection(page, dashboard.duty());
  await duty.plot.waitFor();
  const drawn = [dashboard.compute, dashboard.storage, duty];
  for (const deviceScaleFactor of [1, 2, 1]) {
    await devtools.send('Emulation.setDeviceMetricsOverride', {
      ...WINDOW,
      width: WINDOW.width - 2 * deviceScaleFactor, // without it some frames of VS Code are told nothing of an emulated screen
      mobile: false,
      deviceScaleFactor,
    });
    for (const each of drawn) await each.hasSharpness(deviceScaleFactor);
  }
  await devtools.send('Emulation.clearDeviceMetricsOverride');
  await devtools.detach();
});

step('a tooltip is whole, and beside what is pointed at, also on a narrow window', async () => {
  const { page } = session.workbench;
  for (const size of [WINDOW, { width: 760, height: 1000 }]) {
    await page.setViewportSize(size);
    for (const share of [0.02, 0.3, 0.6]) {
      const { column, tooltip } = await dashboard.compute.pointAt(share);
      const [x, y] = [tooltip.x + tooltip.width, tooltip.y + tooltip.height];
      assert.ok(tooltip.x >= 0 && tooltip.y >= 0 && x <= size.width && y <= size.height, 'it is whole');
      const isBeside = tooltip.x >= column.x + column.width || x <= column.x;
      const isAboveOrBelow = tooltip.y >= column.y + column.height || y <= column.y;
      assert.ok(isBeside || isAboveOrBelow, `${JSON.stringify({ column, tooltip })} at ${size.width}`);
    }
  }
  await session.workbench.screenshot('dashboard-tooltip-narrow');
  await page.setViewportSize(WINDOW);
});
