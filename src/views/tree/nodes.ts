import type { AccountNode } from './account/nodes';
import type {
  ChecksNode,
  CheckSumNode,
  FindingNode,
  FindingsNode,
  RestatementNode,
  RestatementsNode,
} from './checks/nodes';
import type { EstimateNode } from './estimate/nodes';
import type { ForecastNode, ForecastsNode } from './forecast/nodes';
import type { GroupNode, GroupsNode, QuantityNode } from './groups/nodes';
import type { DayNode, HourNode, HoursNode, MachineNode, MachinesNode, ShapeNode } from './machines/nodes';
import type {
  MachineBucketNode,
  MeteringBucketNode,
  MeteringDayNode,
  MeteringNode,
  UnassignedNode,
} from './metering/nodes';
import type { BilledNode, CategoryNode, FigureNode } from './month/nodes';
import type { EmptyNode, FailureNode, MoreNode } from './placeholders/nodes';
import type { BranchNode, OwnCloudNode, SpendDayNode, SpendDaysNode, SpendHourNode } from './spend/nodes';
import type { SampleNode, TopResourceNode, TopResourcesNode } from './topResources/nodes';

/** Any row of the tree. */
export type TreeNode =
  | AccountNode
  | FigureNode
  | BilledNode
  | ForecastsNode
  | ForecastNode
  | EstimateNode
  | MachinesNode
  | MachineNode
  | DayNode
  | HourNode
  | HoursNode
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
