import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { Fleet } from '../simulator/dedalus/fleet';
import { handWrittenFleet } from '../simulator/dedalus/handWrittenFleet';
import { DAY, HOUR, NOW, TODAY } from '../support/knownDay';
import type { Theme } from './driver/theme';
import { type OpenDashboard, openDashboard } from './openDashboard';
import { openBefore, whileOpen } from './opened';
import { pictured } from './pictured';
import { LIMIT_MS } from './session';

/* What the dashboard does when days are missing or slow, when there is nothing to draw, and when names are meant to harm. */

const COMPUTE = '/v1/usage/machines/compute';

/** A test in the window of a usual account, on a dashboard as a new one is. Each takes a period of its own. */
function usualTest(title: string, body: (own: OpenDashboard) => Promise<void>): void {
  pictured(
    () => usual.session,
    title,
    async () => {
      await usual.dashboard.reset();
      await body(usual);
    },
  );
}

/** A test in a window of its own, of an account with other machines. */
function fleetTest(
  title: string,
  theme: Theme,
  fleet: Fleet,
  body: (own: OpenDashboard) => Promise<void>,
): void {
  test(title, { timeout: LIMIT_MS }, () =>
    whileOpen(async (closeLater) => {
      const own = await openDashboard(closeLater, { theme, fleet });
      try {
        await body(own);
      } catch (error) {
        await own.session.picture(title);
        throw error;
      }
    }),
  );
}

let usual: OpenDashboard;

openBefore(async (closeLater) => {
  usual = await openDashboard(closeLater, { theme: 'light' });
});

usualTest(
  'a day that fails is a gap and said, and is there once it is asked for again',
  async ({ session, simulator, dashboard }) => {
    await dashboard.choosePeriod('Last 7 days');
    await dashboard.ready();
    const failing = { status: 502, body: { error_code: 'LEDGER', message: 'away', retryable: false } };
    simulator.inject({ ...failing, match: { path: COMPUTE, times: 1 } });
    await dashboard.choose('Per', 'Hour');
    const notice = dashboard.notice(/^Days that could not be loaded: 1\. .*status 502/);
    await notice.waitFor();
    await dashboard.ready();
    await dashboard.compute.root.getByText('Days not loaded, drawn as gaps: 1.').waitFor();
    await dashboard.compute.openTable();
    assert.deepEqual(await dashboard.seriousProblems(), []);
    await session.workbench.screenshot('dashboard-gap-light');
    await notice.getByRole('button', { name: 'Try Again' }).click();
    await notice.waitFor({ state: 'detached' });
    await dashboard.ready();
    const week = TODAY - 6 * DAY;
    const total = [...simulator.used(week, NOW).values()].reduce((sum, own) => sum + own.awake_seconds, 0n);
    await dashboard.compute.totals(`${total.toLocaleString('en')} s`);
  },
);

usualTest('reading can be cancelled, and taken up again', async ({ session, simulator, dashboard }) => {
  simulator.inject({ delayMs: 1500, match: { path: COMPUTE } });
  await dashboard.choosePeriod('Last month');
  await dashboard.choose('Per', 'Hour');
  const progress = dashboard.body.getByRole('progressbar');
  await progress.waitFor();
  await session.workbench.screenshot('dashboard-reading-light');
  assert.deepEqual(await dashboard.seriousProblems(), []);
  await dashboard.body.getByText(/Loading usage: [1-9]\d* \/ \d+/).waitFor();
  await dashboard.body.getByRole('button', { name: 'Cancel' }).click();
  const notice = dashboard.notice(/^Loading was cancelled\. Missing days: \d+\./);
  await notice.waitFor();
  await session.workbench.screenshot('dashboard-cancelled-light');
  const asked = simulator.requests.length;
  simulator.clearFaults();
  await notice.getByRole('button', { name: 'Load Missing Days' }).click();
  await notice.waitFor({ state: 'detached' });
  await dashboard.ready();
  assert.ok(simulator.requests.length > asked);
  await dashboard.compute.root.getByText(/drawn as gaps/).waitFor({ state: 'detached' });
});

fleetTest(
  'an account without usage is explained',
  'highContrastLight',
  handWrittenFleet([]),
  async ({ session, dashboard }) => {
    await dashboard.body.getByText('Awake time: none in this period.').waitFor();
    assert.deepEqual(await dashboard.seriousProblems(), []);
    await session.workbench.screenshot('dashboard-empty-highContrastLight');
  },
);

usualTest(
  'a new theme is painted at once, without a reload, and text stays readable',
  async ({ session, dashboard }) => {
    const { workbench } = session;
    await dashboard.compute.plot.focus();
    const light = await dashboard.compute.drawing();
    await workbench.runCommand('Preferences: Toggle between Light/Dark Themes');
    await dashboard.compute.redrawn(light);
    await dashboard.body.locator('body.vscode-dark').waitFor();
    assert.deepEqual(await dashboard.seriousProblems(), []);
    await workbench.screenshot('dashboard-theme-switched');
  },
);

/** Names of machines, and how they are shown where that is not the same. */
const HOSTILE: readonly (readonly [name: string, shown?: string])[] = [
  ['[click me](command:workbench.action.closeWindow)'],
  ['<img src=x onerror="document.body.dataset.run=1">'],
  ['=HYPERLINK("http://example.com")'],
  ['+cmd|calc'],
  ['@SUM(A1)'],
  ['\u202edetrever\u202c', 'detrever'],
  ['line one\nline two\u0000\u001b[31m', 'line one\ufffdline two\ufffd\ufffd[31m'],
  ['x'.repeat(4000), `${'x'.repeat(119)}…`],
  ['__proto__'],
];

fleetTest(
  'a name is text everywhere: chart, table, selection, file, sidebar',
  'dark',
  handWrittenFleet(
    HOSTILE.map(([id], index) => ({
      id,
      compute: [{ hour: new Date(Math.floor(NOW / HOUR) * HOUR).toISOString(), awakeSeconds: 100 + index }],
    })),
  ),
  async ({ session, dashboard }) => {
    const { compute } = dashboard;
    await dashboard.select('Show the largest', 'Top 20');
    await compute.legend.nth(HOSTILE.length - 1).waitFor();
    const names = await compute.names();
    const expected = [...HOSTILE].reverse().map(([name, shown = name]) => shown);
    assert.deepEqual(names, expected);
    await compute.openTable();
    await compute.table.getByRole('button', { name: '<img src=x' }).first().click();
    const bar = dashboard.body.getByRole('group', { name: 'Selected' });
    await bar.getByText('<img src=x').waitFor();
    assert.equal(await dashboard.body.locator('img, a[href], iframe, object, [data-run]').count(), 0);
    assert.equal(await dashboard.overflow(), 0);
    assert.deepEqual(await dashboard.seriousProblems(), []);
    await compute.plot.focus();
    await session.workbench.page.keyboard.press('End');
    assert.match(await dashboard.body.locator('.tooltip').innerText(), /<img src=x/);
    await session.workbench.screenshot('dashboard-hostile-dark');
    await bar.getByRole('button', { name: 'Reveal in Sidebar' }).click();
    await session.workbench.tree('Accounts').selected('<img src=x');

    await compute.root.getByRole('button', { name: 'Copy' }).click();
    await compute.root.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = String(await session.workbench.page.evaluate('navigator.clipboard.readText()'));
    assert.doesNotMatch(copied, /(^|\t|\n)"?[=+@]/);

    await dashboard.body.getByRole('button', { name: 'Export' }).click();
    await dashboard.body.getByRole('menuitem', { name: 'All rows as CSV' }).click();
    const file = path.join(session.dataDir, 'saved.csv');
    await session.workbench.saveAs(file);
    const csv = readFileSync(file, 'utf8');
    assert.match(csv, /'=HYPERLINK\(""http/);
    assert.doesNotMatch(csv, /(^|,|\n)"?[=+@]/);
  },
);
