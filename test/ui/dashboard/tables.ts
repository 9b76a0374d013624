import assert from 'node:assert/strict';
import { DAY, NOW, TODAY } from '../../support/knownDay';
import { lookInThemes } from '../inThemes';
import { chooseSixDays, dashboard, dashboardTest, session, simulator, SIX_DAYS } from './window';

/* The tables under the charts. */
const look = (name: string): Promise<void> => lookInThemes(session, `dashboard-${name}`, { dashboard });
const exact = (amount: bigint): string => `${amount.toLocaleString('en')} s`;

dashboardTest('the table has the same numbers: sorted, filtered, summed, copied', async () => {
  const { compute } = dashboard;
  await chooseSixDays();
  await compute.openTable();
  const [name = ''] = await compute.names();
  await compute.filter(name);
  const own = simulator.used(SIX_DAYS.start, SIX_DAYS.end).get(name)?.awake_seconds ?? 0n;
  assert.match(await compute.sumOfRows(), new RegExp(exact(own)));
  await compute.table.getByRole('button', { name: /^Value/ }).click();
  await compute.table.locator('th[aria-sort="descending"]').waitFor();
  await look('table');
  await compute.root.getByRole('button', { name: 'Copy' }).click();
  await compute.root.getByRole('button', { name: 'Copied' }).waitFor();
  const copied = String(await session.workbench.page.evaluate('navigator.clipboard.readText()'));
  const [heading, ...rows] = copied
    .trim()
    .split('\n')
    .map((line) => line.trimEnd().split('\t'));
  const column = heading?.findIndex((text) => text.includes('(s)')) ?? -1;
  assert.equal(rows.length, 6);
  assert.deepEqual(heading?.slice(2, 4), ['Value', 'Unit']);
  assert.deepEqual(new Set(rows.map((cells) => cells[3])), new Set(['h']));
  assert.equal(
    rows.reduce((sum, cells) => sum + BigInt(cells[column] ?? 0), 0n),
    own,
  );
});

dashboardTest(
  'the table has every machine, though the chart names few, and few lines exist at a time',
  async () => {
    const { compute } = dashboard;
    await dashboard.choosePeriod('Last 30 days');
    await dashboard.select('Show the largest', 'Top 3');
    await compute.openTable();
    await compute.filter('');
    const machines = [...simulator.used(TODAY - 29 * DAY, NOW)].filter(([, own]) => own.awake_seconds > 0n);
    const named = await compute.names();
    const [unnamed = '', own] = machines.find(([id]) => !named.includes(id)) ?? [];
    const count = 30 * machines.length;
    await compute.countsRows(new RegExp(`: ${count} / ${count}$`));
    assert.ok((await compute.rows.count()) < 50);
    await compute.rows.first().getByRole('button').focus();
    await session.workbench.page.keyboard.press('End');
    const last = compute.table.locator(`[aria-rowindex="${count + 1}"]`);
    await last.locator('button:focus').waitFor();
    assert.equal(await compute.table.getAttribute('aria-rowcount'), String(count + 2));
    assert.deepEqual(await dashboard.seriousProblems(), []);
    await look('table-all');
    await compute.filter(unnamed);
    assert.match(await compute.sumOfRows(), new RegExp(exact(own?.awake_seconds ?? 0n)));
  },
);

dashboardTest('a table is as it was left, after another tab and after a reload', async () => {
  const { compute } = dashboard;
  await dashboard.choosePeriod('Last 30 days');
  await compute.openTable();
  await compute.filter('d');
  await compute.table.getByRole('button', { name: 'Machine' }).click();
  await compute.scrollTable(1300);
  const left = await compute.left();
  assert.deepEqual([left.filter, left.sorted, left.scroll], ['d', 'Machine', 1300]);
  await session.workbench.runCommand('File: New Untitled Text File');
  await session.workbench.runCommand('Usage Explorer: Open Dashboard');
  await dashboard.ready();
  assert.deepEqual(await compute.left(), left);
  await session.workbench.reload();
  await dashboard.ready();
  assert.deepEqual(await compute.left(), left);
  await compute.filter('');
});
