import type { Grouping } from './account';
import type { Amount } from './amount';
import type { MeterId, MoneyMeterId } from './meter';
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

/** The usage that a vendor attributes to nobody: its group has no id. */
export const NO_GROUP = '\u0000none';

/** Usage of one machine, group or category in one bucket `[start, end)` and, for compute, in one shape. */
export interface UsageBucket extends Period {
  readonly kind: 'compute' | 'storage' | 'usage';
  /** The machine, the group ({@link NO_GROUP} for none), or the category that is used. */
  readonly subjectId: string;
  readonly quantities: Quantities;
  /** Present on compute buckets. */
  readonly shape?: MachineShape;
  /** The end of the newest raw window in this bucket: figures cover the time up to it. */
  readonly dataThrough?: EpochMs;
  /** The organisation's metering buckets that this usage goes into; empty while none is assigned. */
  readonly meteringBucketIds: readonly string[];
  readonly meterEvents: readonly MeterEventId[];
  /** When the latest meter event was emitted; absent while none was. */
  readonly emittedAt?: EpochMs;
}

/** The vendor's own account of the month to date. */
export interface UsageSummary {
  readonly plan?: string;
  /** What it has billed so far, from closed buckets only. */
  readonly billed: Quantities;
  /** Storage over all machines at the time of the request, and the plan's share; levels. */
  readonly levels: Quantities;
  /** What was used so far, closed or not, where the vendor adds that up itself. */
  readonly used?: Quantities;
  /** What each group used, as the vendor adds it up; absent where it has no groups. */
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

/** What was spent in one hour by a team, a project, a type of resource or a resource. */
export interface SpendNode {
  readonly kind: 'team' | 'project' | 'resourceType' | 'resource';
  /** Of a type of resource: its name at the vendor. */
  readonly id: string;
  readonly name: string;
  readonly price: Price | undefined;
  /** The price covers only what was asked for, such as one project of a team. */
  readonly isSlice: boolean;
  /** Undefined where the reply does not go deeper. */
  readonly children: readonly SpendNode[] | undefined;
}

/** One hour, as deep as was asked. */
export interface HourSpend {
  readonly start: EpochMs;
  readonly paas: Price | undefined;
  /** The customer's own cloud, always all of it, whatever was asked for; never a part of `nodes`. */
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
