import type { Grouping } from './account';
import type { Amount } from './amount';
import type { MeterId, MoneyMeterId } from './meter';
import type { EpochMs, Period } from './time';

/** Values by meter, in the vendor's own unit. An absent meter is unknown, not zero. */
export type Quantities = Readonly<Partial<Record<MeterId, Amount>>>;

/** The requested size of a machine. A resize gives it another shape, with another fingerprint. */
export interface MachineShape {
  readonly fingerprint: string;
  readonly vcpu: number;
  readonly memoryMib: number;
  readonly storageGib: number;
}

/** An identifier under which the vendor sent usage to its payment meter: emitted, not yet billed. */
export interface MeterEventId {
  readonly meter: MeterId;
  readonly id: string;
}

/** Stands for usage that the vendor attributes to nobody: its group has no id. */
export const NO_GROUP = '\u0000none';

/** Usage of one machine, group or category in one bucket `[start, end)` and, for compute, in one shape. */
export interface UsageBucket extends Period {
  readonly kind: 'compute' | 'storage' | 'usage';
  /** The machine, the group ({@link NO_GROUP} for none), or the category. */
  readonly subjectId: string;
  readonly quantities: Quantities;
  /** Present on compute buckets. */
  readonly shape?: MachineShape;
  /** The end of the newest raw window in this bucket: figures cover the time up to it. */
  readonly dataThrough?: EpochMs;
  /** The organisation's metering buckets that this usage goes into; empty until one is assigned. */
  readonly meteringBucketIds: readonly string[];
  readonly meterEvents: readonly MeterEventId[];
  /** When the latest meter event was emitted; absent if none was. */
  readonly emittedAt?: EpochMs;
}

/** The vendor's own account of the month to date. */
export interface UsageSummary {
  readonly plan?: string;
  /** What the vendor has billed so far, from closed buckets only. */
  readonly billed: Quantities;
  /** Levels: storage of all machines at the time of the request, and the plan's share. */
  readonly levels: Quantities;
  /** What was used so far, closed or not, if the vendor adds that up itself. */
  readonly used?: Quantities;
  /** What each group used, as the vendor adds it up; absent if it has no groups. */
  readonly groups?: GroupedUsage;
}

/** Usage of a period by group, in the vendor's order. */
export interface GroupedUsage {
  readonly grouping: Grouping;
  /** The period that the vendor says it added up. */
  readonly period: Period;
  readonly groups: readonly { readonly id: string; readonly quantities: Quantities }[];
}

/** A price by category. Absent is unknown. `total` is the vendor's own and may differ from the sum of the others. */
export interface Price {
  readonly meter: MoneyMeterId;
  readonly total?: Amount;
  readonly categories: ReadonlyMap<string, Amount>;
}

/** The spend of a team, project, resource type or resource in one hour. */
export interface SpendNode {
  readonly kind: 'team' | 'project' | 'resourceType' | 'resource';
  /** For a resource type: its name at the vendor. */
  readonly id: string;
  readonly name: string;
  readonly price: Price | undefined;
  /** Whether the price covers only what was requested, such as one project of a team. */
  readonly isSlice: boolean;
  /** Undefined if the reply goes no deeper. */
  readonly children: readonly SpendNode[] | undefined;
}

/** One hour of spend, as deep as was requested. */
export interface HourSpend {
  readonly start: EpochMs;
  readonly paas: Price | undefined;
  /** The customer's own cloud: always its full price, whatever was requested; never part of `nodes`. */
  readonly byoc: Price | undefined;
  readonly nodes: readonly SpendNode[];
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
