import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { DedalusClient } from '../../../src/providers/dedalus/client';
import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import type { DayLoader } from '../../../src/store/dayLoader';
import { readAccount } from '../../../src/store/readAccount';
import { monthToDate } from '../../../src/usage/time';
import type { Sums } from '../../simulator/dedalus/totals';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server';
import { accessTo } from '../../support/access';
import { client } from '../http/helpers';
import { alone } from './alone';

export interface SimulatedMonth {
  readonly simulator: Simulator;
  readonly usage: AccountUsage;
  readonly dayCache: DayCache;
  readonly loader: DayLoader;
}

/** The month of a simulated vendor by a clock that stands still, and nothing more. */
export async function readSimulated(
  t: TestContext,
  time: string,
  options: SimulatorOptions = {},
): Promise<SimulatedMonth> {
  const now = (): number => Date.parse(time);
  const simulator = await startSimulator({ ...options, now });
  t.after(async () => {
    await simulator.close();
    assert.deepEqual(simulator.violations, []);
  });
  const { url, key } = simulator;
  const source = new DedalusClient(accessTo(url, { http: client().http, key, now }));
  const dayCache = new DayCache();
  const loader = alone(source, dayCache, now);
  const usage = await readAccount({
    ...{ dayCache, now, capabilities: MACHINE_CAPABILITIES, signal: new AbortController().signal },
    ...{ source, before: emptyUsage(monthToDate(now())), byPerson: true },
    load: (wants) => loader.load(wants),
  });
  return { simulator, usage, dayCache, loader };
}

/** A period by its first and last instants, RFC 3339 without the zone. */
export type Between = readonly [start: string, end: string];

export function periodOf([start, end]: Between): { readonly start: number; readonly end: number } {
  return { start: Date.parse(`${start}Z`), end: Date.parse(`${end}Z`) };
}

/** What each machine used in whole hours, by the simulator's books. */
export function bookOf(simulator: Simulator, between: Between): ReadonlyMap<string, Sums> {
  const { start, end } = periodOf(between);
  return simulator.used(start, end);
}

/** What all machines of a book used. */
export function totalOf(book: ReadonlyMap<string, Sums>, meter: keyof Sums): bigint {
  return added([...book.values()].map((sums) => sums[meter]));
}

export function added(amounts: Iterable<number | bigint>): bigint {
  let sum = 0n;
  for (const amount of amounts) {
    sum += BigInt(amount);
  }
  return sum;
}
