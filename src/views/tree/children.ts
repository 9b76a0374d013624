import { monthEstimate } from '../../insights/estimate/monthEstimate';
import { headlineOf, metersFor, monthFigure } from '../../insights/month/monthFigure';
import { type AccountUsage, asOf, isKnown, machinesOf, mainFailure } from '../../store/accountUsage';
import type { Account } from '../../usage/account';
import { arrangeMachines } from '../../usage/columns/machines';
import { byBucket, type UsageTotals } from '../../usage/columns/totals';
import { toFailure } from '../../usage/failure';
import { checkRows, checksRow, findingRows, restatementRows } from './checkChildren';
import { below, capabilitiesOf, failureNode, type TreeContext } from './context';
import { groupRows, quantityRows } from './groupChildren';
import { machineBucketRows, meteringBucketRows, meteringDayRows } from './meteringChildren';
import { forecastRows, monthEndRows } from './monthEndChildren';
import type {
  AccountNode,
  DayNode,
  FiguresNode,
  GroupsNode,
  HourNode,
  MachineNode,
  MachinesNode,
  TreeNode,
} from './nodes';
import { rowOf } from './rowOf';
import { branchRows, categoryRows, spendDayRows, spendHourRows, topResourceRows } from './spendChildren';

export function accountNode(account: Account): AccountNode {
  return { kind: 'account', id: account.id, account };
}

/** The rows below a row. Rows that need a request come as a promise; it never rejects. */
export function childrenOf(node: TreeNode, context: TreeContext): TreeNode[] | Promise<TreeNode[]> {
  switch (node.kind) {
    case 'account':
      return belowAccount(node, context);
    case 'figures':
      return figureRows(node, context);
    case 'figure':
      return categoryRows(node, context);
    case 'monthEnd':
      return forecastRows(node, context);
    case 'groups':
      return groupRows(node, context);
    case 'group':
      return quantityRows(node);
    case 'spendDays':
      return spendDayRows(node, context);
    case 'spendDay':
      return spendHourRows(node, context);
    case 'topResources':
      return topResourceRows(node, context);
    case 'spendHour':
    case 'branch':
      return branchRows(node, context);
    case 'machines':
      return machineRows(node, context);
    case 'machine':
      return dayRows(node);
    case 'day':
      return hourRows(node, context);
    case 'hour':
      return shapeRows(node);
    case 'metering':
      return meteringDayRows(node, context);
    case 'meteringDay':
      return meteringBucketRows(node, context);
    case 'checks':
      return checkRows(node, context);
    case 'findings':
      return findingRows(node);
    case 'restatements':
      return restatementRows(node);
    case 'meteringBucket':
      return machineBucketRows(node, context);
    case 'checkSum':
    case 'finding':
    case 'restatement':
    case 'estimate':
    case 'forecast':
    case 'shape':
    case 'machineBucket':
    case 'unassigned':
    case 'quantity':
    case 'category':
    case 'ownCloud':
    case 'sample':
    case 'topResource':
    case 'failure':
    case 'empty':
    case 'more':
      return [];
  }
}

function belowAccount(node: AccountNode, context: TreeContext): TreeNode[] {
  const { store } = context;
  const usage = store.usage(node.account.id);
  const failure = usage === undefined ? undefined : mainFailure(usage);
  const failureRow = failure === undefined ? [] : [failureNode(node, failure)];
  if (usage === undefined || asOf(usage) === undefined) {
    return failureRow.length > 0
      ? failureRow
      : [{ ...below(node, 'empty'), kind: 'empty', reason: 'loading' }];
  }
  return [
    { ...below(node, 'figures'), kind: 'figures' },
    ...monthEndRows(node, context),
    ...subjectRows(node),
    ...checksRow(node, context),
    ...failureRow,
  ];
}

/** What the vendor's usage is of. */
function subjectRows(node: AccountNode): TreeNode[] {
  switch (capabilitiesOf(node).subject) {
    case 'machine':
      return [machinesNode(node.account), { ...below(node, 'metering'), kind: 'metering' }];
    case 'group':
      return [groupsNode(node.account)];
    case 'category':
      return [
        { ...below(node, 'spendDays'), kind: 'spendDays' },
        { ...below(node, 'topResources'), kind: 'topResources' },
      ];
  }
}

/** A meter that the vendor has nothing of is left out, but the one that people look for first. */
function figureRows(node: FiguresNode, context: TreeContext): TreeNode[] {
  const { store } = context;
  const usage = store.usage(node.account.id);
  const capabilities = capabilitiesOf(node);
  if (usage === undefined) {
    return [];
  }
  const figures: TreeNode[] = capabilities.figures
    .flatMap((figure) => metersFor(usage, figure))
    .filter(
      (meter) =>
        capabilities.tellsBilled ||
        meter === headlineOf(usage, capabilities) ||
        monthFigure(usage, meter).meteredSum !== undefined,
    )
    .map((meter) => ({ ...below(node, meter), kind: 'figure', meter }));
  return [...figures, ...estimateRows(node, usage, context)];
}

/** Nothing without rates, and nothing before something with a rate was read. */
function estimateRows(node: FiguresNode, usage: AccountUsage, { ratesOf, now }: TreeContext): TreeNode[] {
  const rates = ratesOf(node.account);
  return rates === undefined || monthEstimate(usage, rates, now()) === undefined
    ? []
    : [{ ...below(node, 'estimate'), kind: 'estimate' }];
}

function machineRows(node: MachinesNode, context: TreeContext): TreeNode[] {
  const usage = context.store.usage(node.account.id);
  if (usage === undefined) {
    return [];
  }
  const all = machinesOf(usage);
  const shown = arrangeMachines(all, context.machineView(), node.account);
  if (shown.length === 0) {
    const none = isKnown(usage) && usage.machines.value !== undefined ? 'noMachines' : 'notRead';
    return [{ ...below(node, 'empty'), kind: 'empty', reason: all.length === 0 ? none : 'allFilteredOut' }];
  }
  const limit = context.machineLimit(node.account.id);
  const rows: TreeNode[] = shown
    .slice(0, limit)
    .map((machine) => ({ ...below(node, machine.machineId), kind: 'machine', usage: machine }));
  return shown.length <= limit
    ? rows
    : [...rows, { ...below(node, '…more'), kind: 'more', hidden: shown.length - limit }];
}

/** A machine's row and its place in the list, which may be beyond the rows that are shown; undefined when filtered out. */
export function machineRow(
  account: Account,
  machineId: string,
  context: TreeContext,
): { readonly row: TreeNode; readonly place: number } | undefined {
  const everything = { ...context, machineLimit: () => Number.POSITIVE_INFINITY };
  const rows = [
    ...machineRows(machinesNode(account), everything),
    ...groupRows(groupsNode(account), everything),
  ];
  const place = rows.findIndex((row) => rowOf(row).machineId === machineId);
  const row = rows[place];
  return row === undefined ? undefined : { row, place };
}

/** The row above a row, as far as VS Code needs it to show a machine or a group. */
export function parentOf(node: TreeNode): TreeNode | undefined {
  if (node.kind === 'machine') {
    return machinesNode(node.account);
  }
  if (node.kind === 'group') {
    return groupsNode(node.account);
  }
  return node.kind === 'machines' || node.kind === 'groups' ? accountNode(node.account) : undefined;
}

function groupsNode(account: Account): GroupsNode {
  return { ...below(accountNode(account), 'groups'), kind: 'groups' };
}

function machinesNode(account: Account): MachinesNode {
  return { ...below(accountNode(account), 'machines'), kind: 'machines' };
}

function dayRows(node: MachineNode): TreeNode[] {
  const days = [...node.usage.days].reverse();
  if (days.length === 0) {
    const { compute, storage } = node.usage.known;
    return [{ ...below(node, 'empty'), kind: 'empty', reason: compute && storage ? 'noUsage' : 'notRead' }];
  }
  return days.map(([day, totals]) => ({
    ...below(node, day),
    kind: 'day',
    machineId: node.usage.machineId,
    day,
    totals,
  }));
}

async function hourRows(node: DayNode, { store }: TreeContext): Promise<TreeNode[]> {
  try {
    const buckets = await store.hours(node.account, node.day, node.machineId);
    const storageKnown = store.usage(node.account.id)?.storage.value !== undefined;
    const hours = byBucket(buckets, { compute: true, storage: storageKnown });
    return hours.length === 0
      ? [{ ...below(node, 'empty'), kind: 'empty', reason: 'noUsage' }]
      : hours.map((hour) => ({ ...below(node, `${hour.start}/${hour.end}`), kind: 'hour', hour }));
  } catch (error) {
    return [failureNode(node, toFailure(error))];
  }
}

function shapeRows(node: HourNode): TreeNode[] {
  const { shapes } = node.hour;
  return hasSeveralShapes(node.hour)
    ? shapes.map((usage) => ({ ...below(node, usage.shape.fingerprint), kind: 'shape', usage }))
    : [];
}

export function hasSeveralShapes({ shapes }: UsageTotals): boolean {
  return shapes.length > 1;
}
