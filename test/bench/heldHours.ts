import { DayCache } from '../../src/store/dayCache';
import { byMachine, stackedSeries } from '../../src/usage/columns/series';
import { dayPeriod, daysOf, HOUR, type UtcDay } from '../../src/usage/time';
import { blocksOf, columnsOf } from '../../src/views/dashboard/charts/chartSource';
import { hoursOf, MACHINES } from './keptMonth';
import { spread } from './spread';

/**
 * What the hours of a large fleet take of memory: 62 days of 2,000 machines come in day by day, are drawn by machine, and are
 * left again. Run with `node --expose-gc` (`NODE_OPTIONS=--expose-gc npx tsx test/bench/heldHours.ts`).
 */

const DAYS: readonly UtcDay[] = daysOf({ start: Date.UTC(2026, 8, 1), end: Date.UTC(2026, 10, 2) });
const NOW = Date.UTC(2026, 10, 10);
const ROUNDS = 5;

function main(): void {
  const dayCache = new DayCache();
  const wants = DAYS.map((day) => ({ part: 'computeHours' as const, day }));
  const before = megabytes();
  const release = dayCache.hold(wants);
  let longest = 0;
  for (const want of wants) {
    const columns = hoursOf(want.day);
    longest = Math.max(
      longest,
      time(() => {
        dayCache.keep(want, { columns, asOf: NOW });
      }),
    );
  }
  tell('held while it is on screen', megabytes() - before);
  const drawn = Array.from({ length: ROUNDS }, () => time(() => draw(dayCache)));
  console.log(
    `drawn in ${spread(drawn).median.toFixed(0)} ms; kept a day in ${longest.toFixed(0)} ms at most`,
  );
  tell('held after it was drawn', megabytes() - before);
  release();
  tell('held when it is not on screen any more', megabytes() - before);
}

function draw(dayCache: DayCache): number {
  const [first = ''] = DAYS;
  const slots = { start: dayPeriod(first).start, length: HOUR, count: DAYS.length * 24 };
  const blocks = columnsOf(blocksOf(dayCache, 'computeHours', DAYS));
  return stackedSeries({ blocks, meter: 'awake_seconds', slots, groupBy: byMachine, top: 10 }).length;
}

function tell(what: string, size: number): void {
  console.log(`${MACHINES} machines, ${DAYS.length} days of hours ${what}: ${size.toFixed(0)} MB`);
}

function megabytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

main();
