import { setImmediate as turn } from 'node:timers/promises';
import { type Amount, sum } from '../../usage/amount';
import type { FetchedBreakdown } from '../../usage/breakdownId';
import type { Machine, MachineShape, Quantities, UsageBucket, UsageSummary } from '../../usage/bucket';
import { columnsByDay, type DayColumns, type UsageColumns } from '../../usage/columns/columns';
import type { MeterId } from '../../usage/meter';
import {
  DAY,
  daysOf,
  type EpochMs,
  HOUR,
  MINUTE,
  monthOf,
  type Period,
  startOfDay,
  type UtcDay,
  utcDay,
} from '../../usage/time';
import type { RowQuery, UsageSource } from '../provider';
import { FLEET, type HourOfWeek, type SampleMachine } from './fleet';

/** An organisation's bucket closes this long after its end, and its meter events go out a little later. */
const CLOSING_LAG = 45 * MINUTE;
const EMISSION_LAG = 58 * MINUTE;
const RAW_WINDOW = 5 * MINUTE;
const MIB_PER_GIB = 1024;

const COMPUTE_METERS = ['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds'] as const;
const BILLED_METERS = [...COMPUTE_METERS, 'storage_mib_seconds'] as const;

/** Generated usage: deterministic, without a network, and shaped like Dedalus' own. */
export class SampleSource implements UsageSource {
  readonly #now: () => EpochMs;

  constructor(now: () => EpochMs) {
    this.#now = now;
  }

  async summary(period: Period): Promise<UsageSummary> {
    const now = this.#now();
    const billed: Partial<Record<MeterId, Amount>> = Object.fromEntries(
      BILLED_METERS.map((meter) => [meter, 0]),
    );
    for (const kind of ['compute', 'storage'] as const) {
      for await (const { hours } of this.#days(kind, { period })) {
        const closed = hours.filter(({ end }) => end <= now - CLOSING_LAG);
        for (const meter of BILLED_METERS) {
          const all = closed.map(({ quantities }) => quantities[meter] ?? 0);
          billed[meter] = sum([billed[meter] ?? 0, ...all]);
        }
      }
    }
    const provisioned = FLEET.filter((machine) => isThere(machine, now));
    return {
      plan: 'sample',
      billed,
      levels: {
        provisioned_storage_gib: sum(provisioned.map((machine) => shapeAt(machine, now).storageGib)),
        included_storage_gib: 20,
      },
    };
  }

  check(): Promise<void> {
    return Promise.resolve();
  }

  async rows(part: FetchedBreakdown, query: RowQuery): Promise<DayColumns> {
    const columns = new Map<UtcDay, UsageColumns>();
    for await (const { day, hours } of this.#days(part === 'storage' ? 'storage' : 'compute', query)) {
      const own =
        part === 'computeDays' ? columnsByDay(toDays(hours), [day], 'shared') : columnsByDay(hours, [day]);
      for (const [of, found] of own) columns.set(of, found);
    }
    return columns;
  }

  machines(): Promise<Machine[]> {
    const now = this.#now();
    const createdAt = monthOf(now).start - 40 * DAY;
    return Promise.resolve(
      FLEET.filter((machine) => isThere(machine, now)).map((machine) => ({
        id: machine.id,
        ...shapeAt(machine, now),
        state: machine.state === 'destroyed' ? 'running' : machine.state,
        createdAt,
      })),
    );
  }

  /** The buckets of each UTC day, machine by machine. Gives way between days, and keeps none of them. */
  async *#days(
    kind: 'compute' | 'storage',
    { period, machineId }: RowQuery,
  ): AsyncGenerator<{ readonly day: UtcDay; readonly hours: readonly UsageBucket[] }> {
    const now = this.#now();
    const fleet = FLEET.filter(({ id }) => machineId === undefined || id === machineId);
    for (const day of daysOf(period)) {
      const from = Math.max(startOfDay(day), period.start);
      const starts = hoursBetween(from, Math.min(startOfDay(day) + DAY, period.end, now));
      const bucketOf = kind === 'compute' ? computeBucket : storageBucket;
      const hours = starts.map((start) => ({ start, now, trail: trailOf(kind, start, now) }));
      yield { day, hours: fleet.flatMap((own) => hours.flatMap((hour) => bucketOf(own, hour) ?? [])) };
      await turn();
    }
  }
}

function hoursBetween(from: EpochMs, to: EpochMs): EpochMs[] {
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / HOUR)) }, (_, hour) => from + hour * HOUR);
}

/** A machine that gets destroyed is listed as long as it has a disk. */
function isThere(machine: SampleMachine, now: EpochMs): boolean {
  const hour = Math.floor(now / HOUR) * HOUR;
  return machine.state !== 'destroyed' || machine.storedGib(describeHour(machine, hour)) > 0;
}

interface Hour {
  readonly start: EpochMs;
  readonly now: EpochMs;
  /** All machines share it. */
  readonly trail: TrailPart;
}

/** Undefined for a machine that slept. */
function computeBucket(machine: SampleMachine, { start, now, trail }: Hour): UsageBucket | undefined {
  const at = describeHour(machine, start);
  const through = measuredThrough(start, now);
  const awakeSeconds = Math.round(machine.awake(at) * elapsedSeconds(start, now));
  const shape = shapeAt(machine, start);
  return awakeSeconds > 0
    ? {
        kind: 'compute',
        subjectId: machine.id,
        start,
        end: start + HOUR,
        quantities: {
          awake_seconds: awakeSeconds,
          cpu_millicore_seconds: Math.round(awakeSeconds * shape.vcpu * 1000 * machine.duty(at)),
          memory_mib_seconds: awakeSeconds * shape.memoryMib,
        },
        shape,
        dataThrough: through,
        ...trail,
      }
    : undefined;
}

/** Undefined for a machine without a disk, or before anything was measured. */
function storageBucket(machine: SampleMachine, { start, now, trail }: Hour): UsageBucket | undefined {
  const seconds = elapsedSeconds(start, now);
  const storedMib = Math.round(machine.storedGib(describeHour(machine, start)) * MIB_PER_GIB);
  return storedMib > 0 && seconds > 0
    ? {
        kind: 'storage',
        subjectId: machine.id,
        start,
        end: start + HOUR,
        quantities: {
          logical_storage_bytes: storedMib * 1024 ** 2,
          storage_mib_seconds: storedMib * seconds,
        },
        ...trail,
      }
    : undefined;
}

function measuredThrough(start: EpochMs, now: EpochMs): EpochMs {
  return Math.min(start + HOUR, now - (now % RAW_WINDOW));
}

function elapsedSeconds(start: EpochMs, now: EpochMs): number {
  return Math.max(0, (measuredThrough(start, now) - start) / 1000);
}

type TrailPart = Pick<UsageBucket, 'meteringBucketIds' | 'meterEvents' | 'emittedAt'>;

function trailOf(kind: 'compute' | 'storage', start: EpochMs, now: EpochMs): TrailPart {
  const hour = new Date(start).toISOString().slice(0, 13);
  const emittedAt = start + HOUR + EMISSION_LAG;
  const meters: MeterId[] =
    kind === 'compute' ? ['cpu_millicore_seconds', 'memory_mib_seconds'] : ['storage_mib_seconds'];
  return {
    meteringBucketIds: [`sample-${kind}-${hour}`],
    ...(emittedAt <= now
      ? {
          meterEvents: meters.map((meter) => ({ meter, id: `sample-event-${meter}-${hour}` })),
          emittedAt,
        }
      : { meterEvents: [] }),
  };
}

/** Hours → UTC days, one row per machine, day and shape, as the API gives them for `granularity=day`. */
function toDays(hours: readonly UsageBucket[]): UsageBucket[] {
  const groups = Map.groupBy(
    hours,
    (bucket) => `${bucket.subjectId}|${utcDay(bucket.start)}|${bucket.shape?.fingerprint ?? ''}`,
  );
  return [...groups.values()].map(mergeIntoDay);
}

function mergeIntoDay(hours: readonly UsageBucket[]): UsageBucket {
  const [first] = hours;
  if (first === undefined) {
    throw new RangeError('a day needs an hour');
  }
  const start = startOfDay(utcDay(first.start));
  const emittedAt = Math.max(...hours.map((hour) => hour.emittedAt ?? 0));
  const quantities: Quantities = Object.fromEntries(
    COMPUTE_METERS.map((meter) => [meter, sum(hours.map((hour) => hour.quantities[meter] ?? 0))]),
  );
  return {
    ...first,
    start,
    end: start + DAY,
    quantities,
    dataThrough: Math.max(...hours.map((hour) => hour.dataThrough ?? 0)),
    meteringBucketIds: [...new Set(hours.flatMap((hour) => hour.meteringBucketIds))],
    meterEvents: hours.flatMap((hour) => hour.meterEvents),
    ...(emittedAt > 0 ? { emittedAt } : {}),
  };
}

function shapeAt(machine: SampleMachine, at: EpochMs): MachineShape {
  const { resized } = machine;
  return resized !== undefined && at >= resized.at(monthOf(at).start) ? resized.shape : machine.shape;
}

function describeHour(machine: SampleMachine, start: EpochMs): HourOfWeek {
  const date = new Date(start);
  const weekday = date.getUTCDay();
  return {
    start,
    hour: date.getUTCHours(),
    weekend: weekday === 0 || weekday === 6,
    dayOfMonth: (start - monthOf(start).start) / DAY,
    chance: chanceOf(`${machine.id}@${start / HOUR}`),
  };
}

/** A number in [0, 1) that depends on the text alone (FNV-1a, then one round of mixing). */
function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
