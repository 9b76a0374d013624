import assert from 'node:assert/strict';
import { DAY, TODAY } from '../../support/knownDay';
import { ChartSection } from '../driver/chartSection';
import { WINDOW } from '../openDashboard';
import { chooseSixDays, dashboard, dashboardTest, session, simulator, SIX_DAYS } from './window';

/* How charts look, beyond their figures: colours that stay, sharpness, and where a tooltip stands. */
const used = (start: number, end: number, meter: 'awake_seconds' | 'memory_mib_seconds'): string =>
  [...simulator.used(start, end).values()].reduce((sum, own) => sum + own[meter], 0n).toLocaleString('en');
const memory = (start: number, end: number): string => `${used(start, end, 'memory_mib_seconds')} MiB-s`;

dashboardTest('a machine keeps its colour over period, meter, zoom, number and stacking', async () => {
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
  await chooseSixDays();
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

dashboardTest(
  'the drawings are as sharp as the screen, also when the window moves to another one',
  async () => {
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
  },
);

dashboardTest('a tooltip is whole, and beside what is pointed at, also on a narrow window', async () => {
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
