import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import { SampleSource } from '../../../src/providers/sample/source';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import type { DayLoader } from '../../../src/store/dayLoader';
import { readAccount } from '../../../src/store/readAccount';
import { sum } from '../../../src/usage/amount';
import type { MeterId } from '../../../src/usage/meter';
import { DAY, monthToDate, type Period } from '../../../src/usage/time';
import { bucketsIn } from '../usage/builders';
import { alone } from './alone';

export interface SampleMonth {
  readonly source: SampleSource;
  readonly usage: AccountUsage;
  readonly dayCache: DayCache;
  readonly loader: DayLoader;
}

/** The sample account's month, and nothing more. */
export async function readSample(now: number): Promise<SampleMonth> {
  const source = new SampleSource(() => now);
  const dayCache = new DayCache();
  const loader = alone(source, dayCache, () => now);
  const usage = await readAccount({
    ...{ dayCache, capabilities: MACHINE_CAPABILITIES, now: () => now, signal: new AbortController().signal },
    ...{ source, before: emptyUsage(monthToDate(now)), byPerson: true },
    load: (wants) => loader.load(wants),
  });
  return { source, usage, dayCache, loader };
}

/** What all machines used in whole hours, added up from the source's own buckets. */
export async function metered(source: SampleSource, meter: MeterId, { start, end }: Period): Promise<number> {
  const query = { period: { start: Math.floor(start / DAY) * DAY, end: Math.ceil(end / DAY) * DAY } };
  const hours = [
    ...bucketsIn(await source.rows('computeHours', query), 'compute'),
    ...bucketsIn(await source.rows('storage', query), 'storage'),
  ];
  const inside = hours.filter((bucket) => bucket.start >= start && bucket.end <= end);
  return Number(sum(inside.map(({ quantities }) => quantities[meter] ?? 0)));
}
