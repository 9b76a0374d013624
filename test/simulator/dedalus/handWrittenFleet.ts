import { DAY, type EpochMs, HOUR } from '../clock';
import {
  type ComputeUse,
  type Fleet,
  type Machine,
  type MachineState,
  type Shape,
  type StorageUse,
} from './fleet';

const GREATEST_INT64 = 2n ** 63n - 1n;

/** A quantity of the wire, an int64; a bigint where it may pass 2^53. */
export type Quantity = number | bigint;

/** One compute row of one hour; what is left out is 0, or what an undisturbed hour would have. */
export interface HandWrittenCompute {
  /** The start of a UTC hour, RFC 3339. */
  readonly hour: string;
  readonly awakeSeconds: Quantity;
  readonly cpuMillicoreSeconds?: Quantity;
  readonly memoryMibSeconds?: Quantity;
  readonly shape?: Shape;
  readonly windowCount?: number;
  /** RFC 3339; the end of the hour, or now if that is earlier, when left out. */
  readonly lastWindowEnd?: string;
}

export interface HandWrittenStorage {
  /** The start of a UTC hour, RFC 3339. */
  readonly hour: string;
  readonly mibSeconds: Quantity;
  readonly logicalBytes?: Quantity;
}

export interface HandWrittenMachine {
  /** Any text, hostile ones too. */
  readonly id: string;
  readonly shape?: Shape;
  readonly compute?: readonly HandWrittenCompute[];
  readonly storage?: readonly HandWrittenStorage[];
  /** What the machine list says that differs from a running machine; `destroyed` keeps it out of the list. */
  readonly state?: Partial<MachineState> | 'destroyed';
}

export const PLAIN_SHAPE: Shape = { fingerprint: 'spec-plain', vcpu: 1, memoryMib: 1024, storageGib: 10 };

/** A fleet with known answers: it used what is written here and nothing else. */
export function handWrittenFleet(machines: readonly HandWrittenMachine[]): Fleet {
  return { machines: machines.map((machine) => new WrittenMachine(machine)) };
}

class WrittenMachine implements Machine {
  readonly id: string;
  readonly #shape: Shape;
  readonly #compute: ReadonlyMap<EpochMs, readonly HandWrittenCompute[]>;
  readonly #storage: ReadonlyMap<EpochMs, readonly HandWrittenStorage[]>;
  readonly #state: Partial<MachineState> | 'destroyed';

  constructor(written: HandWrittenMachine) {
    this.id = written.id;
    this.#shape = written.shape ?? PLAIN_SHAPE;
    this.#compute = Map.groupBy(written.compute ?? [], ({ hour }) => startOfHour(hour));
    this.#storage = Map.groupBy(written.storage ?? [], ({ hour }) => startOfHour(hour));
    this.#state = written.state ?? {};
  }

  compute(hour: EpochMs, now: EpochMs): readonly ComputeUse[] {
    const rows = hour < now ? (this.#compute.get(hour) ?? []) : [];
    return rows.map((row) => ({
      shape: row.shape ?? this.#shape,
      awakeSeconds: int64(row.awakeSeconds),
      cpuMillicoreSeconds: int64(row.cpuMillicoreSeconds ?? 0),
      memoryMibSeconds: int64(row.memoryMibSeconds ?? 0),
      windowCount: row.windowCount ?? 12,
      lastWindowEnd:
        row.lastWindowEnd === undefined ? Math.min(hour + HOUR, now) : Date.parse(row.lastWindowEnd),
    }));
  }

  storage(hour: EpochMs, now: EpochMs): StorageUse | undefined {
    const row = hour < now ? this.#storage.get(hour)?.[0] : undefined;
    if (row === undefined) return undefined;
    return { logicalBytes: int64(row.logicalBytes ?? 0), mibSeconds: int64(row.mibSeconds) };
  }

  state(now: EpochMs): MachineState | undefined {
    if (this.#state === 'destroyed') return undefined;
    return {
      shape: this.#shape,
      createdAt: now - 90 * DAY,
      desired: 'running',
      phase: 'running',
      reason: 'guest is ready',
      retryable: false,
      changedAt: now - DAY,
      ...this.#state,
    };
  }
}

function startOfHour(text: string): EpochMs {
  const at = Date.parse(text);
  if (!text.endsWith('Z') || !Number.isInteger(at / HOUR))
    throw new RangeError(`${text} is not the start of a UTC hour`);
  return at;
}

function int64(quantity: Quantity): bigint {
  const value = BigInt(quantity);
  if (value < 0n || value > GREATEST_INT64)
    throw new RangeError(`${String(value)} is not a quantity of int64`);
  return value;
}
