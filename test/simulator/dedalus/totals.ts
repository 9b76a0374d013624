import { dateOf, DAY, type EpochMs, HOUR, monthStartOf } from '../clock';
import { type ComputeUse, type Fleet, type Machine } from './fleet';
import { type Ledger, type OrgBucket } from './ledger';
import { type EmittedMeter } from './misbehaviour';

/** Exact sums of one scope, named as the vendor names its fields. */
export interface Sums {
  awake_seconds: bigint;
  cpu_millicore_seconds: bigint;
  memory_mib_seconds: bigint;
  storage_mib_seconds: bigint;
}

export interface OrgBucketTotal extends OrgBucket {
  readonly sums: Sums;
  /** How many machines used something in it. */
  readonly machines: number;
  readonly closed: boolean;
  /** Undefined when it was not passed on to Stripe yet. */
  readonly emittedAt: EpochMs | undefined;
  /** Of all its meters, as they were passed on to Stripe. */
  readonly identifiers: readonly string[];
}

/** What a correct client must arrive at for the UTC calendar month to date. */
export interface Totals {
  readonly start: EpochMs;
  readonly now: EpochMs;
  /** All usage up to now. */
  readonly metered: Sums;
  /** The part of it that lies in closed org buckets. */
  readonly billed: Sums;
  /** By machine id; machines that used nothing are there, with zeros. */
  readonly machines: ReadonlyMap<string, Sums>;
  /** By machine id, then by UTC date; only days on which the machine used something. */
  readonly machineDays: ReadonlyMap<string, ReadonlyMap<string, Sums>>;
  /** By UTC date; every date of the month to date. */
  readonly days: ReadonlyMap<string, Sums>;
  /** In order of time; only buckets in which something was used. */
  readonly computeBuckets: readonly OrgBucketTotal[];
  readonly storageBuckets: readonly OrgBucketTotal[];
}

export interface Ledgers {
  readonly compute: Ledger;
  readonly storage: Ledger;
}

/** Counted from the fleet alone: nothing here has been through the wire's rows. */
export function totalsOf(fleet: Fleet, ledgers: Ledgers, now: EpochMs): Totals {
  const start = monthStartOf(now);
  const billed = zero();
  const computeBuckets = new BucketTotals(ledgers.compute, ['cpu', 'memory'], now);
  const storageBuckets = new BucketTotals(ledgers.storage, ['storage'], now);
  const machines = new Map<string, Sums>();
  const machineDays = new Map<string, ReadonlyMap<string, Sums>>();
  const days = new Map<string, Sums>();
  for (let day = start; day < now; day += DAY) days.set(dateOf(day), zero());

  for (const machine of fleet.machines) {
    const ofDays = new Map<string, Sums>();
    for (let hour = start; hour < now; hour += HOUR) {
      const compute = computeSums(machine.compute(hour, now));
      const storage = storageSums(machine, hour, now);
      if (compute !== undefined) computeBuckets.add(machine, hour, compute);
      if (storage !== undefined) storageBuckets.add(machine, hour, storage);
      for (const used of [compute, storage]) if (used !== undefined) add(at(ofDays, dateOf(hour)), used);
    }
    const whole = at(machines, machine.id);
    for (const [date, used] of ofDays) {
      add(whole, used);
      add(at(days, date), used);
    }
    machineDays.set(machine.id, ofDays);
  }
  const metered = zero();
  for (const used of days.values()) add(metered, used);
  for (const bucket of [...computeBuckets.list(), ...storageBuckets.list()]) {
    if (bucket.closed) add(billed, bucket.sums);
  }
  return {
    ...{ start, now, metered, billed, machines, machineDays, days },
    computeBuckets: computeBuckets.list(),
    storageBuckets: storageBuckets.list(),
  };
}

/** By machine id: what each used in the whole hours of `[start, end)`, counted from the fleet alone. */
export function usedWithin(
  fleet: Fleet,
  start: EpochMs,
  end: EpochMs,
  now: EpochMs,
): ReadonlyMap<string, Sums> {
  return new Map(
    fleet.machines.map((machine) => {
      const used = zero();
      for (let hour = start; hour < Math.min(end, now); hour += HOUR) {
        const parts = [computeSums(machine.compute(hour, now)), storageSums(machine, hour, now)];
        for (const part of parts) if (part !== undefined) add(used, part);
      }
      return [machine.id, used];
    }),
  );
}

class BucketTotals {
  readonly #ledger: Ledger;
  readonly #meters: readonly EmittedMeter[];
  readonly #now: EpochMs;
  readonly #buckets = new Map<EpochMs, { sums: Sums; machines: Set<string> }>();

  constructor(ledger: Ledger, meters: readonly EmittedMeter[], now: EpochMs) {
    this.#ledger = ledger;
    this.#meters = meters;
    this.#now = now;
  }

  add(machine: Machine, hour: EpochMs, used: Sums): void {
    const { start } = this.#ledger.bucket(hour);
    const total = this.#buckets.get(start) ?? { sums: zero(), machines: new Set() };
    this.#buckets.set(start, total);
    add(total.sums, used);
    total.machines.add(machine.id);
  }

  list(): OrgBucketTotal[] {
    return [...this.#buckets]
      .sort(([a], [b]) => a - b)
      .map(([start, { sums, machines }]) => {
        const bucket = this.#ledger.bucket(start);
        return {
          ...bucket,
          sums,
          machines: machines.size,
          closed: this.#ledger.isClosed(bucket, this.#now),
          emittedAt: this.#ledger.emittedAt(bucket, this.#now),
          identifiers: this.#meters.flatMap((meter) => this.#ledger.identifiers(meter, bucket, this.#now)),
        };
      });
  }
}

/** Undefined without a row. */
export function computeSums(uses: readonly ComputeUse[]): Sums | undefined {
  if (uses.length === 0) return undefined;
  const sums = zero();
  for (const use of uses) {
    sums.awake_seconds += use.awakeSeconds;
    sums.cpu_millicore_seconds += use.cpuMillicoreSeconds;
    sums.memory_mib_seconds += use.memoryMibSeconds;
  }
  return sums;
}

/** Undefined without a row. */
export function storageSums(machine: Machine, hour: EpochMs, now: EpochMs): Sums | undefined {
  const use = machine.storage(hour, now);
  return use === undefined ? undefined : { ...zero(), storage_mib_seconds: use.mibSeconds };
}

function at(map: Map<string, Sums>, key: string): Sums {
  const sums = map.get(key) ?? zero();
  map.set(key, sums);
  return sums;
}

/** Adds `more` to `to`. */
export function add(to: Sums, more: Sums): void {
  to.awake_seconds += more.awake_seconds;
  to.cpu_millicore_seconds += more.cpu_millicore_seconds;
  to.memory_mib_seconds += more.memory_mib_seconds;
  to.storage_mib_seconds += more.storage_mib_seconds;
}

export function zero(): Sums {
  return { awake_seconds: 0n, cpu_millicore_seconds: 0n, memory_mib_seconds: 0n, storage_mib_seconds: 0n };
}
