import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DAY, dayOf, HOUR, LAST_MONTH, MONTH, NOW, TODAY } from '../../support/knownDay';
import { lookInThemes } from '../inThemes';
import { chooseSixDays, dashboard, dashboardTest, session, simulator, SIX_DAYS } from './window';

/* What each control of the dashboard brings. */
const look = (name: string): Promise<void> => lookInThemes(session, `dashboard-${name}`, { dashboard });
const used = (start: number, end: number, meter: Meter = 'awake_seconds'): bigint =>
  [...simulator.used(start, end).values()].reduce((sum, own) => sum + own[meter], 0n);
const exact = (amount: bigint, unit = 's'): string => `${amount.toLocaleString('en')} ${unit}`;

dashboardTest(
  'three different figures, each named, and compared with the same hours of last month',
  async () => {
    const { billed, metered } = simulator.totals();
    const { exact: lines, compared } = await dashboard.figure('Awake time');
    assert.deepEqual(
      [lines.get('billed'), lines.get('metered'), lines.get('used, not billed yet')],
      [billed.awake_seconds, metered.awake_seconds, metered.awake_seconds - billed.awake_seconds].map((own) =>
        exact(own),
      ),
    );
    const through = Math.floor(NOW / HOUR) * HOUR;
    const before = used(LAST_MONTH, LAST_MONTH + (through - MONTH));
    assert.ok(compared.get('metered')?.includes(exact(before)), compared.get('metered'));
    await dashboard.body.getByText(/closed through \d\d:00 UTC/).waitFor();
    await look('month');
  },
);

dashboardTest('the bar of a day that is still open is hatched, and that of a closed one is not', async () => {
  const today = (TODAY - MONTH) / DAY;
  assert.equal(await dashboard.compute.coloursAt(today - 2), 1);
  assert.ok((await dashboard.compute.coloursAt(today)) > 1);
});

dashboardTest('each meter has its own total', async () => {
  const { metered } = simulator.totals();
  await dashboard.tile('vCPU-time').click();
  await dashboard.compute.totals(exact(metered.cpu_millicore_seconds, 'millicore-s'));
  await dashboard.tile('Memory').click();
  await dashboard.compute.totals(exact(metered.memory_mib_seconds, 'MiB-s'));
  await dashboard.tile('Awake time').click();
  await dashboard.compute.totals(exact(metered.awake_seconds));
  await dashboard.storage.totals(exact(metered.storage_mib_seconds, 'MiB-s'));
  await dashboard.choose('Meter', 'Stored');
  await dashboard.body.getByRole('heading', { name: 'Stored' }).waitFor();
  await dashboard.storage.root.getByText('Latest').waitFor();
  await look('level');
  await dashboard.choose('Meter', 'Over time');
  await dashboard.storage.totals(exact(metered.storage_mib_seconds, 'MiB-s'));
});

dashboardTest('so many machines are told apart, or shapes, and the total stays', async () => {
  const { metered, machines } = simulator.totals();
  const ranked = [...machines].filter(([, own]) => own.awake_seconds > 0n);
  ranked.sort(([a, own], [b, other]) => Number(other.awake_seconds - own.awake_seconds) || (a < b ? -1 : 1));
  await dashboard.select('Show the largest', 'Top 3');
  await dashboard.compute.legend.nth(3).getByText('Others').waitFor();
  const names = await dashboard.compute.names();
  assert.deepEqual(names, [...ranked.slice(0, 3).map(([id]) => id), 'Others']);
  await dashboard.compute.totals(exact(metered.awake_seconds));
  await dashboard.select('Show the largest', 'Top 7');
  await dashboard.select('Stack by', 'By shape');
  await dashboard.compute.legend
    .first()
    .getByText(/vCPU, .* GiB/)
    .waitFor();
  await dashboard.compute.totals(exact(metered.awake_seconds));
  await dashboard.storage.totals(exact(metered.storage_mib_seconds, 'MiB-s'));
  await look('shapes');
  await dashboard.select('Stack by', 'By machine');
  await dashboard.compute.legend
    .first()
    .getByText(ranked[0]?.[0] ?? '?')
    .waitFor();
});

dashboardTest('bars or area, hours or days: another drawing of the same total', async () => {
  const total = exact(simulator.totals().metered.awake_seconds);
  const bars = await dashboard.compute.drawing();
  await dashboard.select('Draw', 'Area');
  await dashboard.compute.redrawn(bars);
  await dashboard.select('Draw', 'Bars');
  await dashboard.choose('Per', 'Hour');
  await dashboard.ready();
  await dashboard.compute.totals(total);
  await dashboard.compute.counts('h per UTC hour');
  assert.equal(
    await dashboard.body.getByRole('combobox', { name: 'Draw' }).inputValue(),
    'area',
    'hours are areas',
  );
  await look('hours');
  await dashboard.choose('Per', 'Day');
  await dashboard.compute.totals(total);
});

dashboardTest('choices made faster than they are drawn all stay', async () => {
  const kept = await dashboard.chooseAtOnce('Last 7 days', { Per: 'Hour', 'Stack by': 'By shape' });
  assert.ok(kept.length >= 3, 'a view came for each choice');
  assert.deepEqual(new Set(kept), new Set([true]));
  await dashboard.ready();
  await dashboard.compute.totals(exact(used(TODAY - 6 * DAY, NOW)));
  await dashboard.compute.counts('h per UTC hour');
});

dashboardTest('any period, read through the store, with the sums of the vendor’s own books', async () => {
  await dashboard.choosePeriod('Last month');
  await dashboard.compute.totals(exact(used(LAST_MONTH, MONTH)));
  await dashboard.choosePeriod('Last 7 days');
  await dashboard.compute.totals(exact(used(TODAY - 6 * DAY, NOW)));
  await dashboard.choosePeriod('Last 30 days');
  await dashboard.compute.totals(exact(used(TODAY - 29 * DAY, NOW)));
  await dashboard.choosePeriod('Dates…');
  const asked = simulator.requests.length;
  await session.workbench.runCommand('Usage Explorer: Refresh'); // what is drawn meanwhile leaves the choice alone
  await simulator.waitForRequest(({ state }, at) => at >= asked && state !== 'open');
  await dashboard.body.locator('button.refreshing').waitFor({ state: 'detached' });
  await dashboard.body.getByLabel('First day (UTC)').waitFor();
  await dashboard.chooseDates(dayOf(TODAY - 4 * DAY), dayOf(TODAY - 9 * DAY));
  await dashboard.body.getByText('The first day is after the last one.').waitFor();
  await look('bad-dates');
  await chooseSixDays();
  await dashboard.body.getByLabel('Compare').check();
  await dashboard.compute.root.getByText(/^Before: /).waitFor();
  await look('dates');
});

dashboardTest('dragging zooms in, a double-click goes back, and keys do the same', async () => {
  await chooseSixDays();
  const whole = exact(used(SIX_DAYS.start, SIX_DAYS.end));
  await dashboard.compute.drag(1 / 12, 5 / 12);
  const zoomed = exact(used(TODAY - 9 * DAY, TODAY - 6 * DAY));
  await dashboard.compute.totals(zoomed);
  await dashboard.body.getByRole('button', { name: /^Zoom Out/ }).waitFor();
  await look('zoomed');
  await dashboard.compute.doubleClick();
  await dashboard.compute.totals(whole);
  const { page } = session.workbench;
  await dashboard.compute.plot.focus();
  await page.keyboard.press('ArrowRight');
  const total = used(TODAY - 9 * DAY, TODAY - 8 * DAY);
  assert.match(await dashboard.spoken(/UTC/), new RegExp(`Total: ${hours(total)}`));
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await dashboard.compute.totals(exact(used(TODAY - 9 * DAY, TODAY - 7 * DAY)));
  await dashboard.body.getByRole('button', { name: /^Zoom Out/ }).click();
  await dashboard.compute.totals(whole);
});

dashboardTest(
  'a machine that is selected stands out everywhere, is shown in the sidebar, and comes back from there',
  async () => {
    const { compute } = dashboard;
    await compute.openTable();
    const [name = '', other = ''] = await compute.names();
    await compute.filter(name);
    await compute.rows.first().getByRole('button').click();
    const bar = dashboard.body.getByRole('group', { name: 'Selected' });
    await bar.getByText(name, { exact: true }).waitFor();
    for (const chart of [compute, dashboard.storage]) {
      assert.equal(await chart.legend.filter({ hasText: name }).getAttribute('aria-pressed'), 'true');
    }
    await look('selected');
    await bar.getByRole('button', { name: 'Reveal in Sidebar' }).click();
    const tree = session.workbench.tree('Accounts');
    await tree.selected(name);
    await tree.clickInline(other, 'Open Dashboard');
    await bar.getByText(other, { exact: true }).waitFor();
    await bar.getByRole('button', { name: 'Clear Selection' }).click();
    await bar.waitFor({ state: 'hidden' });
    await dashboard.storage.clickSeries(1 / 12);
    await bar.waitFor();
  },
);

dashboardTest('duty by hour: of all, and of one', async () => {
  await dashboard.body.getByRole('button', { name: 'Show Duty by Hour' }).click();
  await dashboard.ready();
  const duty = dashboard.duty();
  await duty.getByRole('application').waitFor();
  const { page } = session.workbench;
  await duty.getByRole('application').focus();
  await page.keyboard.press('ArrowRight');
  await dashboard.spoken(/%/);
  const [name = ''] = await dashboard.compute.names();
  await duty.getByRole('combobox').selectOption({ label: name });
  await dashboard.body.getByRole('group', { name: 'Selected' }).getByText(name, { exact: true }).waitFor();
  await duty.scrollIntoViewIfNeeded();
  await look('duty');
  await duty.getByRole('combobox').selectOption({ label: 'All machines' });
  await duty.getByRole('button', { name: 'Hide' }).click();
  await duty.getByRole('application').waitFor({ state: 'hidden' });
});

dashboardTest('all rows of the period go to a file, exactly, and a chart to a picture', async () => {
  await chooseSixDays();
  await dashboard.body.getByRole('button', { name: 'Show Duty by Hour' }).click();
  await dashboard.duty().getByRole('application').waitFor();
  const csv = await save('.csv', async () => {
    await dashboard.body.getByRole('button', { name: 'Export' }).click();
    await dashboard.body.getByRole('menuitem', { name: 'All rows as CSV' }).click();
  });
  const [header = '', ...rows] = csv.toString('utf8').trimEnd().split('\r\n');
  const column = header.split(',').findIndex((text) => text === 'awake (s)');
  const sum = rows.reduce((all, line) => all + BigInt(line.split(',')[column] ?? 0), 0n);
  assert.equal(sum, used(SIX_DAYS.start, SIX_DAYS.end));

  const json = await save('.json', async () => {
    await dashboard.body.getByRole('button', { name: 'Export' }).press('ArrowUp');
    await session.workbench.page.keyboard.press('Enter');
  });
  const document = JSON.parse(json.toString('utf8')) as {
    provenance: { account: unknown };
    rows: unknown[];
  };
  assert.equal(document.rows.length, rows.length);
  assert.match(JSON.stringify(document.provenance), /metered/);

  for (const section of [dashboard.compute.root, dashboard.storage.root, dashboard.duty()]) {
    const png = await save('.png', () => section.getByRole('button', { name: 'Save as Picture' }).click());
    assert.deepEqual([...png.subarray(1, 4)], [...Buffer.from('PNG')]);
    assert.ok(png.readUInt32BE(16) >= 600, 'wide enough to be read');
  }
});

dashboardTest('the command exports what the dashboard shows', async () => {
  const { quickInput } = session.workbench;
  await chooseSixDays();
  const csv = await save('.csv', async () => {
    await session.workbench.runCommand('Usage Explorer: Export Usage…');
    await quickInput.opened('Export Usage');
    await quickInput.pick('CSV');
  });
  const days = new Set(csv.toString('utf8').match(/\d{4}-\d\d-\d\dT00:00:00Z/g));
  assert.ok(days.has(`${dayOf(SIX_DAYS.start)}T00:00:00Z`));
  assert.ok(!days.has(`${dayOf(TODAY)}T00:00:00Z`), 'nothing after the period');
});

dashboardTest('what was chosen is there again after a reload', async () => {
  await chooseSixDays();
  const total = exact(used(SIX_DAYS.start, SIX_DAYS.end));
  await dashboard.select('Draw', 'Area');
  await dashboard.body.getByLabel('Compare').check();
  await dashboard.body.getByRole('button', { name: 'Show Duty by Hour' }).click();
  await dashboard.duty().getByRole('application').waitFor();
  await session.workbench.reload();
  await dashboard.ready();
  await dashboard.compute.totals(total);
  assert.equal(await dashboard.body.getByRole('combobox', { name: 'Draw' }).inputValue(), 'area');
  assert.equal(await dashboard.body.getByLabel('Compare').isChecked(), true);
  await dashboard.duty().getByRole('application').waitFor();
  await session.workbench.tree('Accounts').shows('Dedalus Cloud Services', / h$/);
});

dashboardTest('another account is a choice away, and the choices stay', async () => {
  await dashboard.body.getByLabel('Compare').check();
  await session.workbench.runCommand('Usage Explorer: Try with Sample Data');
  const choice = dashboard.body.getByRole('combobox', { name: 'Account' });
  await choice.selectOption({ label: 'Sample data (Sample data)' });
  await dashboard.body.getByRole('heading', { name: 'Sample data', level: 1 }).waitFor();
  await dashboard.ready();
  await dashboard.compute.legend.filter({ hasText: 'dm-web-1' }).waitFor();
  assert.equal(await dashboard.body.getByLabel('Compare').isChecked(), true);
  await look('sample');
  await choice.selectOption({ label: 'Dedalus Cloud Services' });
  await dashboard.body.getByRole('heading', { name: 'Dedalus Cloud Services', level: 1 }).waitFor();
});

let saved = 0;

/** Saves a file through VS Code's own dialog, and gives what was written. */
async function save(ending: string, ask: () => Promise<unknown>): Promise<Buffer> {
  saved += 1; // a new file each time: VS Code asks before it writes over one
  const file = path.join(session.dataDir, `saved-${saved}${ending}`);
  await ask();
  await session.workbench.saveAs(file);
  return readFileSync(file);
}

type Meter = 'awake_seconds' | 'cpu_millicore_seconds' | 'memory_mib_seconds' | 'storage_mib_seconds';

/** Seconds as hours, as the page writes them. */
function hours(seconds: bigint): string {
  const value = Number(seconds) / 3600;
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })} h`;
}
