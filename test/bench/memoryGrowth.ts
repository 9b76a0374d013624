import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DAY } from '../../src/usage/time';
import { startSimulator } from '../simulator/server';
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
  let now = FROM;
  const simulator = await startSimulator({ machines: MACHINES, storageBucket: 'day', now: () => now });
  const clock = await startClock((at) => {
    now = at;
  });
  try {
    const days = await inHost<DayOfGrowth[]>({
      script: 'memoryGrowth',
      settings: { 'usageExplorer.providers.dedalus.baseUrl': simulator.url },
      env: {
        [VARIABLES.url]: simulator.url,
        [VARIABLES.key]: simulator.key,
        [VARIABLES.clock]: `http://127.0.0.1:${(clock.address() as AddressInfo).port}`,
        [VARIABLES.from]: String(FROM),
        [VARIABLES.days]: String(LAST.to),
      },
      limitMs: LIMIT_MS,
    });
    return judge(days);
  } finally {
    clock.close();
    await simulator.close();
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

/** Takes the time from the path of a request. */
async function startClock(set: (at: number) => void): Promise<Server> {
  const server = createServer((request, response) => {
    set(Number((request.url ?? '').slice(1)));
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
