import type { Amount } from './amount';
import type { MeterId } from './meter';
import type { EpochMs, Period } from './time';

/** Values by meter, in the vendor's own unit. A meter that is absent is unknown, which is not zero. */
export type Quantities = Readonly<Partial<Record<MeterId, Amount>>>;

/** What a machine is asked to be. A resize gives it another shape, with another fingerprint. */
export interface MachineShape {
  readonly fingerprint: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: number;
}

/** An identifier under which the vendor sent usage to its payment meter: emitted, which is not yet billed. */
export interface MeterEventId {
  readonly meter: MeterId;
  readonly id: string;
}

/** Usage of one machine in one bucket `[start, end)` and, for compute, in one shape. */
export interface UsageBucket extends Period {
  readonly kind: 'compute' | 'storage';
  readonly machineId: string;
  readonly quantities: Quantities;
  /** Present on compute buckets. */
  readonly shape?: MachineShape;
  /** The end of the newest raw window in this bucket: what the figures cover. */
  readonly dataThrough?: EpochMs;
  /** The organisation's metering buckets that this usage goes into; empty while none is assigned. */
  readonly meteringBucketIds: readonly string[];
  readonly meterEvents: readonly MeterEventId[];
  /** When the latest meter event was emitted; absent while none was. */
  readonly emittedAt?: EpochMs;
}

/** The vendor's own account of the month: what it has billed so far, from closed buckets only. */
export interface UsageSummary {
  readonly plan: string;
  readonly billed: Quantities;
  /** Storage over all machines at the time of the request, and the plan's share; levels. */
  readonly levels: Quantities;
}

/** A machine as the vendor lists it. */
export interface Machine {
  readonly id: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: number;
  /** The vendor's own word for its present state, such as `running` or `sleeping`. */
  readonly state: string;
  readonly createdAt: EpochMs;
}
