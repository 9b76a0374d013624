import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';
import type { Frame } from 'playwright-core';
import { beginAccount, takeKeyOfEnvironment } from '../ui/driver/addAccount';
import { type Session, startSession } from '../ui/session';
import { held, type Measure } from './measure';
import type { PlainChart, Redraw } from './results';
import { spread } from './spread';
import { startVendor } from './vendor';

const MACHINES = 2000;
const ROUNDS = 7;

/** The plain way is not waited for with all machines: with 2,000 series it builds for minutes. */
const PLAIN_SERIES = 200;

const OPENINGS = 5;

type Found = Parameters<typeof held>[1];

const CHART_JS = path.join(path.dirname(createRequire(__filename).resolve('chart.js')), 'chart.umd.min.js');

/**
 * Measures the dashboard in VS Code's own webview, with 2,000 machines of a simulated vendor in the store: the first
 * paint, and redrawing a month of days and a month of hours; beside it the plain way, which sends every series as
 * objects and lets Chart.js parse them. Software drawing, as a headless browser does it.
 */
export async function dashboard(): Promise<Measure[]> {
  const script = await bundleScript();
  // Storage in buckets of a day, as the overview has them.
  const vendor = await startVendor(MACHINES, ['--storage-bucket', 'day']);
  const session = await startSession({
    settings: { 'usageExplorer.providers.dedalus.baseUrl': vendor.url },
    env: { DEDALUS_API_KEY: vendor.key },
    viewport: { width: 1600, height: 1000 },
    beforeOpening: (context) => context.addInitScript({ content: script }),
  });
  try {
    await beginAccount(session.workbench);
    await takeKeyOfEnvironment(session.workbench);
    await session.workbench.tree('Accounts').expand('Machines');
    const paint = await measureFirstPaint(session);
    const frame = await openDashboard(session);
    await choose(session, 'Last 30 days');
    const days = await measureRedraw(frame, 'a month of days (bars)', 30);
    await session.workbench.webview('Usage').body.getByRole('radio', { name: 'Hour' }).click();
    const hours = await measureRedraw(frame, 'a month of hours (areas)', 30 * 24);
    return [
      held('dashboard: first paint', paint, { must: '≤ 118', aim: '≤ 100' }),
      held('dashboard: redraw of a month of days', days, { must: '≤ 23' }),
      held('dashboard: redraw of a month of hours', hours, { must: '≤ 24' }),
    ];
  } finally {
    await session.close();
    await vendor.process.stop();
  }
}

/** What is run inside the webview, as one text. */
async function bundleScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, 'page', 'main.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome134',
  });
  const [bundle] = outputFiles;
  if (bundle === undefined) throw new Error('esbuild wrote nothing');
  return bundle.text;
}

async function openDashboard({ workbench }: Session): Promise<Frame> {
  await workbench.runCommand('Usage Explorer: Open Dashboard');
  const panel = workbench.webview('Usage');
  await panel.body.locator('.plot canvas').first().waitFor();
  return panel.frame();
}

/** The very first time the month before is read meanwhile; after that everything is in the store. */
async function measureFirstPaint(session: Session): Promise<Found> {
  const times: number[] = [];
  for (let opening = 0; opening <= OPENINGS; opening += 1) {
    const frame = await openDashboard(session);
    times.push(await frame.evaluate<number>('bench.paintTime()'));
    await viewIsWhole(frame, 'day');
    await session.workbench.webview('Usage').close();
  }
  const [first = NaN, ...rest] = times;
  const found = spread(rest);
  const { median, least, most } = found;
  console.log(
    `first paint after the page is ready, ${MACHINES} machines: median ${ms(median)} (${ms(least)} to ${ms(most)}); ${ms(first)} the first time`,
  );
  return {
    ...{ value: median, unit: 'ms', spread: found },
    ...{ peer: 'the first time, ms', peerValue: first },
  };
}

/** Waits, frame by frame, until the newest view is by these slots and nothing of it is still being read. */
async function viewIsWhole(frame: Frame, granularity: string): Promise<void> {
  await frame.evaluate(`bench.viewWillBeWhole('${granularity}')`);
}

async function choose({ workbench }: Session, period: string): Promise<void> {
  await workbench
    .webview('Usage')
    .body.getByRole('combobox', { name: 'Period' })
    .selectOption({ label: period });
}

/** Of both charts, beside the plain way. */
async function measureRedraw(frame: Frame, what: string, slots: number): Promise<Found> {
  await viewIsWhole(frame, slots > 100 ? 'hour' : 'day');
  console.log(`${what}:`);
  const both = await redraw(frame, 'both');
  await redraw(frame, 'first');
  await frame.evaluate(readFileSync(CHART_JS, 'utf8'));
  const plain = await frame.evaluate<PlainChart>(
    `bench.plainChart({ series: ${PLAIN_SERIES}, slots: ${slots}, rounds: ${slots > 100 ? 1 : 3} })`,
  );
  const bytes = (plain.bytes * MACHINES) / PLAIN_SERIES;
  console.log(
    `  the plain way, ${PLAIN_SERIES} of ${MACHINES} series as objects in one chart: built in ${ms(plain.built)}, redrawn in ${ms(plain.redrawn)}; ${kilobytes(bytes)} would cross for all`,
  );
  return {
    ...{ value: both.median, unit: 'ms', spread: both },
    ...{ peer: `${PLAIN_SERIES} series the plain way, ms`, peerValue: plain.redrawn },
  };
}

async function redraw(frame: Frame, charts: 'both' | 'first'): Promise<ReturnType<typeof spread>> {
  const own = await frame.evaluate<Redraw>(`bench.redraw('${charts}', ${ROUNDS})`);
  const found = spread(own.times);
  console.log(
    `  ${charts === 'both' ? 'both charts' : 'one chart'}, ${own.series} series, with their page: redrawn in ${ms(found.median)} (${ms(found.least)} to ${ms(found.most)}), on screen after ${ms(spread(own.onScreen).median)}; ${kilobytes(own.bytes)} crossed`,
  );
  return found;
}

function ms(time: number): string {
  return `${time.toFixed(0)} ms`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1024).toFixed(0)} KB`;
}
