import { type EpochMs } from '../clock';

/** What was ordered for a machine. A resize gives the machine another shape, hence another fingerprint. */
export interface Shape {
  readonly fingerprint: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: number;
}

/** What one machine used in one UTC hour under one shape, as far as it was measured at the time of asking. */
export interface ComputeUse {
  readonly shape: Shape;
  readonly awakeSeconds: bigint;
  readonly cpuMillicoreSeconds: bigint;
  readonly memoryMibSeconds: bigint;
  readonly windowCount: number;
  readonly lastWindowEnd: EpochMs;
  /** In a row of its own, which lies half a bucket later than the bucket; no well-behaved machine has one. */
  readonly overlapping?: true;
}

/** What one machine stored in one UTC hour; `logicalBytes` is a level, `mibSeconds` an amount. */
export interface StorageUse {
  readonly logicalBytes: bigint;
  readonly mibSeconds: bigint;
}

export type Phase =
  | 'accepted'
  | 'placement_pending'
  | 'starting'
  | 'running'
  | 'stopping'
  | 'sleeping'
  | 'destroying'
  | 'failed';

/** What `GET /v1/machines` says about a machine. */
export interface MachineState {
  readonly shape: Shape;
  readonly createdAt: EpochMs;
  readonly desired: 'running' | 'sleeping' | 'destroyed';
  readonly phase: Phase;
  readonly reason: string;
  readonly retryable: boolean;
  readonly changedAt: EpochMs;
  readonly lastError?: string;
}

export interface Machine {
  readonly id: string;
  /** One entry a shape, none when the machine slept; `hour` is the start of a UTC hour. Never later than `now`. */
  compute(hour: EpochMs, now: EpochMs): readonly ComputeUse[];
  storage(hour: EpochMs, now: EpochMs): StorageUse | undefined;
  /** Undefined when the machine is destroyed: it keeps its usage and leaves the list. */
  state(now: EpochMs): MachineState | undefined;
}

export interface Fleet {
  readonly machines: readonly Machine[];
}

/** What each of the vendor's operations tells of; one and the same while it behaves. */
export interface Fleets {
  /** Of `/v1/usage/machines/…`. */
  readonly rows: Fleet;
  /** Of `/v1/usage`. */
  readonly summary: Fleet;
  /** Of `/v1/machines`. */
  readonly list: Fleet;
}
