import { DAY } from '../../src/usage/time';
import { startClockedVendor } from './clockedVendor';
import { VARIABLES } from './host/variables';
import { inHost } from './inHost';
import { held, type Measure } from './measure';
import type { DayOfGrowth } from './results';
import { spread } from './spread';

/** With 2,000 it would take hours. */
const MACHINES = 200;
const FROM = Date.parse('2026-10-13T00:00:00Z');

/** The same days of October and of November, so that as much of a month is known: only what stays behind differs. */
const FIRST = { from: 3, to: 7 };
const OCTOBER = 31;
const LAST = { from: FIRST.from + OCTOBER, to: FIRST.to + OCTOBER };

const LIMIT_MS = 60 * 60_000;

/** What the extension host gains in memory while an account is refreshed for a month of simulated time. */
export async function memoryGrowth(): Promise<Measure[]> {
  const vendor = await startClockedVendor(MACHINES, 'day', FROM);
  try {
    const days = await inHost<DayOfGrowth[]>({
      script: 'memoryGrowth',
      settings: { 'usageExplorer.providers.dedalus.baseUrl': vendor.url },
      env: { ...vendor.env, [VARIABLES.from]: String(FROM), [VARIABLES.days]: String(LAST.to) },
      limitMs: LIMIT_MS,
    });
    return judge(days);
  } finally {
    await vendor.close();
  }
}

function judge(days: readonly DayOfGrowth[]): Measure[] {
  const stale = days.findIndex(({ asOf }, day) => asOf < FROM + (day + 1) * DAY);
  if (stale !== -1) {
    throw new Error(`day ${stale + 1} was not read`);
  }
  const [first, last] = [FIRST, LAST].map(({ from, to }) => {
    const part = days.slice(from - 1, to);
    const rss = spread(part.map((each) => each.rss));
    const heap = spread(part.map((each) => each.heap + each.external));
    console.log(
      `${MACHINES} machines refreshed every three hours, days ${from} to ${to}: extension host median ${rss.median.toFixed(1)} MB (${rss.least.toFixed(1)} to ${rss.most.toFixed(1)}), of it heap and buffers of the main thread ${heap.median.toFixed(1)} MB (${heap.least.toFixed(1)} to ${heap.most.toFixed(1)})`,
    );
    return rss.median;
  });
  return [
    held(
      'memory gained over a month of refreshes',
      { value: (last ?? NaN) - (first ?? NaN), unit: 'MB', peer: 'first days, MB', peerValue: first ?? NaN },
      { must: '≤ 5', aim: '≤ 1' },
    ),
  ];
}
