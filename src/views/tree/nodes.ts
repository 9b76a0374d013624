import type { Finding, FindingGroup } from '../../insights/checks/finding';
import type { SumCheck } from '../../insights/checks/sumCheck';
import type { MonthEnd } from '../../insights/forecast/monthEnd';
import type { SampledResource, TopResources } from '../../insights/topResources/topResources';
import type { MeteringBucket } from '../../insights/trail/meteringBuckets';
import type { HourQuery } from '../../providers/provider';
import type { Account } from '../../usage/account';
import type { Amount } from '../../usage/amount';
import type { Price, Quantities, SpendNode, UsageBucket } from '../../usage/bucket';
import type { Breakdown } from '../../usage/columns/breakdown';
import type { MachineUsage } from '../../usage/columns/machines';
import type { BucketUsage, ShapeUsage, UsageTotals } from '../../usage/columns/totals';
import type { Failure } from '../../usage/failure';
import type { MeterId } from '../../usage/meter';
import type { Restatement } from '../../usage/restatement';
import type { EpochMs, Period, UtcDay } from '../../usage/time';

/** A row of the tree: what it stands for, in plain data. The words are made in `treeItem.ts`. */
interface Row {
  /** Stable over refreshes, so that VS Code keeps rows open and selected. */
  readonly id: string;
  readonly account: Account;
}

export interface AccountNode extends Row {
  readonly kind: 'account';
}

/** The month's figures, billed and metered. */
export interface FiguresNode extends Row {
  readonly kind: 'figures';
}

export interface FigureNode extends Row {
  readonly kind: 'figure';
  readonly meter: MeterId;
}

/** Where the month will end. */
export interface MonthEndNode extends Row {
  readonly kind: 'monthEnd';
}

/** The forecast of one meter. */
export interface ForecastNode extends Row {
  readonly kind: 'forecast';
  readonly end: MonthEnd;
}

/** The month's money by the person's own rates. */
export interface EstimateNode extends Row {
  readonly kind: 'estimate';
}

export interface MachinesNode extends Row {
  readonly kind: 'machines';
}

export interface MachineNode extends Row {
  readonly kind: 'machine';
  readonly usage: MachineUsage;
}

export interface DayNode extends Row {
  readonly kind: 'day';
  readonly machineId: string;
  readonly day: UtcDay;
  readonly totals: UsageTotals;
}

export interface HourNode extends Row {
  readonly kind: 'hour';
  readonly hour: BucketUsage;
}

/** One shape's part of a bucket in which the machine had several. */
export interface ShapeNode extends Row {
  readonly kind: 'shape';
  readonly usage: ShapeUsage;
}

export interface MeteringNode extends Row {
  readonly kind: 'metering';
}

export interface MeteringDayNode extends Row {
  readonly kind: 'meteringDay';
  readonly day: UtcDay;
  /** How many metering buckets the day's usage names. */
  readonly bucketCount: number;
}

export interface MeteringBucketNode extends Row {
  readonly kind: 'meteringBucket';
  readonly bucket: MeteringBucket;
  /** The rows of its day, from which the machines that feed it are told. */
  readonly breakdown: Breakdown;
}

/** What a machine adds to a metering bucket. */
export interface MachineBucketNode extends Row {
  readonly kind: 'machineBucket';
  readonly usage: UsageBucket;
  readonly asOf: EpochMs;
}

/** Usage that is in no metering bucket yet. */
export interface UnassignedNode extends Row {
  readonly kind: 'unassigned';
  readonly quantities: Quantities;
  /** When the older of the rows that it is summed of were asked for. */
  readonly asOf: EpochMs;
}

/** The groups of the month, by the account's grouping. */
export interface GroupsNode extends Row {
  readonly kind: 'groups';
}

export interface GroupNode extends Row {
  readonly kind: 'group';
  readonly groupId: string;
  readonly quantities: Quantities;
}

/** One meter of a group. */
export interface QuantityNode extends Row {
  readonly kind: 'quantity';
  readonly meter: MeterId;
  readonly amount: Amount;
}

/** One category's part of a figure of the month. */
export interface CategoryNode extends Row {
  readonly kind: 'category';
  readonly category: string;
  readonly meter: MeterId;
  readonly amount: Amount;
}

/** The days of the month on which something was spent. */
export interface SpendDaysNode extends Row {
  readonly kind: 'spendDays';
}

export interface SpendDayNode extends Row {
  readonly kind: 'spendDay';
  readonly day: UtcDay;
  readonly quantities: Quantities;
  /** Whether the day was read to its end, as far as it has come. */
  readonly isWhole: boolean;
}

export interface SpendHourNode extends Row {
  readonly kind: 'spendHour';
  readonly hour: Period;
  readonly quantities: Quantities;
}

/** A team, a project, a type of resource or a resource within an hour. */
export interface BranchNode extends Row {
  readonly kind: 'branch';
  /** What to ask for, so that the reply goes below this row; undefined where nothing is below. */
  readonly query: HourQuery | undefined;
  readonly spend: SpendNode;
  /** When the reply that it is of was asked for. */
  readonly askedAt: EpochMs | undefined;
}

/** Asks for a sample of hours when it is opened. */
export interface TopResourcesNode extends Row {
  readonly kind: 'topResources';
}

/** Says of what the resources below it are a sample. */
export interface SampleNode extends Row {
  readonly kind: 'sample';
  readonly sample: TopResources;
}

export interface TopResourceNode extends Row {
  readonly kind: 'topResource';
  readonly resource: SampledResource;
  readonly sample: TopResources;
}

/** The customer's own cloud in an hour: all of it, whatever it is below. */
export interface OwnCloudNode extends Row {
  readonly kind: 'ownCloud';
  readonly price: Price;
  readonly askedAt: EpochMs | undefined;
}

/** Whether the account's figures agree with each other. */
export interface ChecksNode extends Row {
  readonly kind: 'checks';
}

export interface CheckSumNode extends Row {
  readonly kind: 'checkSum';
  readonly sum: SumCheck;
}

/** What was found in rows, of one kind. */
export interface FindingsNode extends Row {
  readonly kind: 'findings';
  readonly group: FindingGroup;
}

export interface FindingNode extends Row {
  readonly kind: 'finding';
  readonly finding: Finding;
}

export interface RestatementsNode extends Row {
  readonly kind: 'restatements';
  readonly restatements: readonly Restatement[];
}

export interface RestatementNode extends Row {
  readonly kind: 'restatement';
  readonly restatement: Restatement;
}

export interface FailureNode extends Row {
  readonly kind: 'failure';
  readonly failure: Failure;
}

/** Says why there is nothing below a row. */
export interface EmptyNode extends Row {
  readonly kind: 'empty';
  readonly reason:
    'loading' | 'noMachines' | 'allFilteredOut' | 'noUsage' | 'noBuckets' | 'noGroups' | 'notRead';
}

export interface MoreNode extends Row {
  readonly kind: 'more';
  readonly hidden: number;
}

export type TreeNode =
  | AccountNode
  | FiguresNode
  | FigureNode
  | MonthEndNode
  | ForecastNode
  | EstimateNode
  | MachinesNode
  | MachineNode
  | DayNode
  | HourNode
  | ShapeNode
  | MeteringNode
  | MeteringDayNode
  | MeteringBucketNode
  | MachineBucketNode
  | UnassignedNode
  | GroupsNode
  | GroupNode
  | QuantityNode
  | CategoryNode
  | SpendDaysNode
  | SpendDayNode
  | SpendHourNode
  | BranchNode
  | OwnCloudNode
  | TopResourcesNode
  | SampleNode
  | TopResourceNode
  | ChecksNode
  | CheckSumNode
  | FindingsNode
  | FindingNode
  | RestatementsNode
  | RestatementNode
  | FailureNode
  | EmptyNode
  | MoreNode;
