import { type EpochMs, HOUR } from '../clock';
import {
  type ComputeUse,
  type Fleet,
  type Fleets,
  type Machine,
  type MachineState,
  type StorageUse,
} from './fleet';
import { type Ledger } from './ledger';
import { type MeterName, type UsageMisbehaviour } from './misbehaviour';
import { type Armed, holds, type Misbehaviours, spanOfDate } from './misbehaviours';
import { type Ledgers } from './totals';

const TOO_AWAKE_SECONDS = 3900;
const TOO_BUSY_PERCENT = 150;

/** A fleet as each of the vendor's operations tells of it while it misbehaves. */
export function misbehavingFleets(fleet: Fleet, ledgers: Ledgers, misbehaviours: Misbehaviours): Fleets {
  const told = (to: 'rows' | 'summary'): Fleet => ({
    machines: fleet.machines.map((machine) => new ToldMachine(machine, to, ledgers, misbehaviours)),
  });
  const list = fleet.machines.map((machine) => new ListedMachine(machine, misbehaviours));
  return { rows: told('rows'), summary: told('summary'), list: { machines: list } };
}

class ToldMachine implements Machine {
  readonly id: string;
  readonly #machine: Machine;
  readonly #to: 'rows' | 'summary';
  readonly #ledgers: Ledgers;
  readonly #misbehaviours: Misbehaviours;

  constructor(machine: Machine, to: 'rows' | 'summary', ledgers: Ledgers, misbehaviours: Misbehaviours) {
    this.id = machine.id;
    this.#machine = machine;
    this.#to = to;
    this.#ledgers = ledgers;
    this.#misbehaviours = misbehaviours;
  }

  compute(hour: EpochMs, now: EpochMs): readonly ComputeUse[] {
    const uses = this.#machine.compute(hour, now);
    if (this.#misbehaviours.none || uses.length === 0) return uses;
    return this.#changes(this.#ledgers.compute, hour, now).reduce(changedCompute, uses);
  }

  storage(hour: EpochMs, now: EpochMs): StorageUse | undefined {
    const use = this.#machine.storage(hour, now);
    if (this.#misbehaviours.none) return use;
    return this.#changes(this.#ledgers.storage, hour, now).reduce(changedStorage, use);
  }

  state(now: EpochMs): MachineState | undefined {
    return this.#machine.state(now);
  }

  #changes(ledger: Ledger, hour: EpochMs, now: EpochMs): readonly Armed<UsageMisbehaviour>[] {
    return [...this.#misbehaviours.ofUsage(now)].filter((misbehaviour) => {
      if (this.#to === 'summary' && misbehaviour.summary === 'stays') return false;
      if (misbehaviour.kind === 'lostDay') return holds(spanOfDate(misbehaviour.date), hour, HOUR);
      if ((misbehaviour.machine ?? this.id) !== this.id || !holds(misbehaviour, hour, HOUR)) return false;
      // Only what was closed can be restated; what was open then closes with its own values.
      return misbehaviour.kind !== 'restatement' || ledger.isClosed(ledger.bucket(hour), misbehaviour.since);
    });
  }
}

class ListedMachine implements Machine {
  readonly id: string;
  readonly #machine: Machine;
  readonly #misbehaviours: Misbehaviours;

  constructor(machine: Machine, misbehaviours: Misbehaviours) {
    this.id = machine.id;
    this.#machine = machine;
    this.#misbehaviours = misbehaviours;
  }

  compute(hour: EpochMs, now: EpochMs): readonly ComputeUse[] {
    return this.#machine.compute(hour, now);
  }

  storage(hour: EpochMs, now: EpochMs): StorageUse | undefined {
    return this.#machine.storage(hour, now);
  }

  state(now: EpochMs): MachineState | undefined {
    const unlisted = [...this.#misbehaviours.of('unlisted', now)];
    return unlisted.some(({ machine }) => machine === this.id) ? undefined : this.#machine.state(now);
  }
}

function changedCompute(uses: readonly ComputeUse[], misbehaviour: UsageMisbehaviour): readonly ComputeUse[] {
  switch (misbehaviour.kind) {
    case 'restatement':
      return uses.map((use) =>
        withQuantities(use, misbehaviour.meters, (old) => (old * BigInt(misbehaviour.percent)) / 100n),
      );
    case 'gap':
      return misbehaviour.resource === 'storage' ? uses : [];
    case 'lostDay':
      return [];
    case 'overlap':
      return [...uses, ...uses.map((use): ComputeUse => ({ ...use, overlapping: true }))];
    case 'tooAwake':
      return uses.map((use) => awakeFor(use, misbehaviour.awakeSeconds ?? TOO_AWAKE_SECONDS));
    case 'tooBusy':
      return uses.map((use) => busy(use, misbehaviour.percent ?? TOO_BUSY_PERCENT));
    case 'negative':
      return uses.map((use) => withQuantities(use, misbehaviour.meters, (old) => -old));
  }
}

function changedStorage(
  use: StorageUse | undefined,
  misbehaviour: UsageMisbehaviour,
): StorageUse | undefined {
  if (use === undefined) return undefined;
  const meant = (meters?: readonly MeterName[]): boolean => meters?.includes('storage_mib_seconds') ?? true;
  switch (misbehaviour.kind) {
    case 'restatement':
      return meant(misbehaviour.meters)
        ? { ...use, mibSeconds: (use.mibSeconds * BigInt(misbehaviour.percent)) / 100n }
        : use;
    case 'gap':
      return misbehaviour.resource === 'compute' ? use : undefined;
    case 'lostDay':
      return undefined;
    case 'negative':
      return meant(misbehaviour.meters) ? { ...use, mibSeconds: -use.mibSeconds } : use;
    case 'overlap':
    case 'tooAwake':
    case 'tooBusy':
      return use;
  }
}

function withQuantities(
  use: ComputeUse,
  meters: readonly MeterName[] | undefined,
  change: (old: bigint) => bigint,
): ComputeUse {
  const changed = (meter: MeterName, old: bigint): bigint =>
    (meters?.includes(meter) ?? true) ? change(old) : old;
  return {
    ...use,
    awakeSeconds: changed('awake_seconds', use.awakeSeconds),
    cpuMillicoreSeconds: changed('cpu_millicore_seconds', use.cpuMillicoreSeconds),
    memoryMibSeconds: changed('memory_mib_seconds', use.memoryMibSeconds),
  };
}

function awakeFor(use: ComputeUse, seconds: number): ComputeUse {
  const awakeSeconds = BigInt(seconds);
  return { ...use, awakeSeconds, memoryMibSeconds: BigInt(use.shape.memoryMib) * awakeSeconds };
}

function busy(use: ComputeUse, percent: number): ComputeUse {
  const ordered = BigInt(use.shape.vcpu * 1000) * use.awakeSeconds;
  return { ...use, cpuMillicoreSeconds: (ordered * BigInt(percent)) / 100n };
}
