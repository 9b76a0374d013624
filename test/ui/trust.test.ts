import assert from 'node:assert/strict';
import { createFormats } from '../../src/usage/format';
import { STORY, storyFleet } from '../simulator/dedalus/storyFleet';
import { type Simulator, startSimulator } from '../simulator/server';
import { HOUR, LAST_MONTH, MONTH, NOW } from '../support/knownDay';
import { addByCommand } from './driver/addAccount';
import { DashboardPage } from './driver/dashboardPage';
import type { ReportSection } from './driver/reportSection';
import { LOADED } from './driver/tree';
import { lookInThemes } from './inThemes';
import { openBefore } from './opened';
import { pictured } from './pictured';
import { type Session, startSession } from './session';

/*
 * Whether the numbers can be trusted, where the month will end, what changed and what idles, as a person sees it; the
 * simulator's own books say what is right.
 */
const ACCOUNT = 'Dedalus Cloud Services';
const formats = createFormats('en');

let vendor: Simulator;
let session: Session;
let dashboard: DashboardPage;

openBefore(async (closeLater) => {
  vendor = await startSimulator({ fleet: storyFleet(NOW), now: () => NOW });
  closeLater(vendor);
  session = await startSession({
    settings: {
      'usageExplorer.providers.dedalus.baseUrl': vendor.url,
      'usageExplorer.rates': { [ACCOUNT]: { currency: 'USD', perVcpuHour: 0.05, perMemoryGibHour: 0.01 } },
    },
    viewport: { width: 1500, height: 1100 },
  });
  closeLater(session);
  const { workbench } = session;
  await workbench.activityBar.open('Usage Explorer');
  await addByCommand(workbench, {
    ...{ vendor: ACCOUNT, key: vendor.key, scope: /Organisation ID/ },
    shows: LOADED,
    takesOver: true,
  });
  dashboard = new DashboardPage(workbench.page, workbench.webview('Usage'));
});

const REPORTS = [
  'Where will the month end?',
  'Do the figures agree?',
  'What changed?',
  'What idles?',
  'Metering trail',
];

function step(title: string, body: () => Promise<void>): void {
  pictured(() => session, title, body);
}

function dashboardStep(title: string, body: () => Promise<void>): void {
  step(title, async () => {
    await session.workbench.runCommand('Usage Explorer: Open Dashboard');
    await dashboard.ready();
    await body();
  });
}

/** With a report at the top of the pictures. */
async function look(report: ReportSection, name: string): Promise<void> {
  await report.toTop();
  await lookInThemes(session, `trust-${name}`, { dashboard });
}

step('an account says at a glance whether its sums match the bill', async () => {
  const tree = session.workbench.tree('Accounts');
  // The dashboard has opened, and has read the hours that explain the difference.
  const badge = await tree.shows('Checks', 'Figures agree');
  assert.match(badge.ariaLabel, /open buckets explain it/);
  await tree.expand('Checks');
  await lookInThemes(session, 'trust-badge');
  await tree.collapse('Checks');
});

step('an estimate stands in the sidebar only as one, by the rates that the person gave', async () => {
  const { metered } = vendor.totals();
  // 0.05 a vCPU-hour and 0.01 a GiB-hour, in 10^−10 of a dollar, from millicore-seconds and MiB-seconds.
  const cpu = (metered.cpu_millicore_seconds * 500_000_000n) / 3_600_000n;
  const memory = (metered.memory_mib_seconds * 100_000_000n) / (1024n * 3600n);
  const dollars = Number(cpu + memory) / 1e10;
  const tree = session.workbench.tree('Accounts');
  const { description, ariaLabel } = await tree.shows('Estimate', '≈');
  assert.match(ariaLabel, /estimate/);
  const shown = Number(/\$([\d,.]+)/.exec(description ?? '')?.[1]?.replaceAll(',', ''));
  assert.ok(
    Math.abs(shown - dollars) <= Math.max(0.01, dollars / 1000),
    `${description}, and not ${dollars}`,
  );
  const tooltip = await (await tree.tooltip('Estimate')).innerText();
  assert.match(tooltip, /Metered usage at your own rates; not the vendor’s bill/);
});

dashboardStep(
  'the dashboard reads the hours, and then the badge tells how many buckets are open',
  async () => {
    const { computeBuckets } = vendor.totals();
    const open = computeBuckets.filter(({ closed }) => !closed).length;
    assert.ok(open > 1);
    const expected = new RegExp(`: ${open} open buckets explain it`);
    await dashboard.report('Do the figures agree?').answer(expected);
    await session.workbench.tree('Accounts').says('Checks', expected);
  },
);

dashboardStep('the forecast says what it would have said a month ago, and what came', async () => {
  const report = dashboard.report('Where will the month end?');
  await report.answer(/Awake time/);
  await report.open();
  const [, soFar = '', end = '', , before = ''] = await report.cells(report.row('Awake time'));
  const { metered } = vendor.totals();
  assert.match(end, /\(.*–.*\)/);
  assert.ok(soFar !== '');
  const was = sumOf(vendor, LAST_MONTH, MONTH, 'awake_seconds');
  assert.ok(before.includes(formats.rounded(Number(was), 'awake_seconds')), before);
  assert.match(
    await report.detail(report.row('Awake time').locator('td').first().locator('bdi')),
    /Metered.*as of.*Dedalus/,
  );
  assert.ok(metered.awake_seconds > 0n);
  await report.row('Estimate').waitFor();
  await look(report, 'month-end');
  await report.close();
});

dashboardStep('what changed adds up to the difference, and a line opens the chart on it', async () => {
  const report = dashboard.report('What changed?');
  await report.open();
  await report.row('Awake time').first().waitFor();
  const [, before = '', own = ''] = await report.cells(report.row('Awake time'));
  const through = Math.floor(NOW / HOUR) * HOUR;
  const same = LAST_MONTH + (through - MONTH);
  assert.deepEqual(
    [before, own],
    [
      formats.rounded(Number(sumOf(vendor, LAST_MONTH, same, 'awake_seconds')), 'awake_seconds'),
      formats.rounded(Number(sumOf(vendor, MONTH, through, 'awake_seconds')), 'awake_seconds'),
    ],
  );
  await look(report, 'changes');
  await report.row('Memory').first().getByRole('button', { name: 'Memory' }).click();
  await dashboard.chart(/^Memory$/).root.waitFor();
  await report.close();
});

dashboardStep('a machine that idles is listed with its evidence, and can be put away for good', async () => {
  const report = dashboard.report('What idles?');
  await report.open();
  const idle = report.row(STORY.idle);
  const [, , duty] = await report.cells(idle);
  assert.equal(duty, '1%');
  await report.row(STORY.destroyed).waitFor();
  await look(report, 'idle');
  await idle.getByRole('button', { name: /Dismiss/ }).click();
  await idle.waitFor({ state: 'detached' });
  await report.root.getByRole('button', { name: 'Show 1 Dismissed' }).click();
  await idle.waitFor();
  await report.close();
});

dashboardStep(
  'the trail finds a metering bucket by a part of any id, and says when it was emitted',
  async () => {
    const { computeBuckets } = vendor.totals();
    const wanted = computeBuckets.filter(({ emittedAt }) => emittedAt !== undefined).at(-1);
    assert.ok(wanted?.emittedAt !== undefined);
    const report = dashboard.report('Metering trail');
    await report.open();
    await report.root.getByRole('searchbox').fill(wanted.id.slice(4, 20).toUpperCase());
    const matching = report.root.locator('tbody tr').filter({ hasText: STORY.resized });
    await matching.first().waitFor();
    const found = report.root.locator('table').first().locator('tbody tr');
    await found.filter({ hasText: formats.instant(wanted.emittedAt) }).waitFor();
    assert.equal(await found.count(), 1);
    await look(report, 'trail');
    await report.root.getByRole('searchbox').fill('');
    await report.close();
  },
);

dashboardStep(
  'nothing that a screen reader needs is missing, and nothing is wider than the panel',
  async () => {
    for (const title of ['Where will the month end?', 'Budgets', 'Do the figures agree?']) {
      await dashboard.report(title).open();
    }
    await look(dashboard.report('Do the figures agree?'), 'reports');
  },
);

/** By how many pixels each open table is wider than what is seen of it, once the page is drawn. */
async function hiddenWidths(): Promise<number[]> {
  const frames = dashboard.body.locator('.report-frame:visible');
  return frames.evaluateAll(async (all: { scrollWidth: number; clientWidth: number }[]) => {
    const page = globalThis as unknown as { requestAnimationFrame(drawn: () => void): void };
    const drawn = new Promise<void>((resolve) => {
      page.requestAnimationFrame(() => {
        page.requestAnimationFrame(resolve);
      });
    });
    await drawn;
    return all.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  });
}

dashboardStep('no column of an open report is out of sight, however narrow the panel is', async () => {
  const { page } = session.workbench;
  const size = page.viewportSize();
  for (const title of REPORTS) await dashboard.report(title).open();
  for (const width of [1060, 760]) {
    await page.setViewportSize({ width, height: 1100 });
    const hidden = await hiddenWidths();
    assert.ok(hidden.length >= REPORTS.length, `${hidden.length} tables`);
    assert.deepEqual(
      hidden.filter((pixels) => pixels > 0),
      [],
      `a window of ${width}`,
    );
    await dashboard.report('Where will the month end?').toTop();
    await session.workbench.screenshot(`trust-reports-${width}-dark`);
  }
  if (size) await page.setViewportSize(size);
});

/** What all machines used in whole hours. */
function sumOf(vendor: Simulator, start: number, end: number, meter: 'awake_seconds'): bigint {
  return [...vendor.used(start, end).values()].reduce((all, own) => all + own[meter], 0n);
}
