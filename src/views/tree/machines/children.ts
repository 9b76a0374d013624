import { isKnown, machinesOf } from '../../../store/accountUsage';
import { arrangeMachines } from '../../../usage/columns/machines';
import { byBucket, type UsageTotals } from '../../../usage/columns/totals';
import { toFailure } from '../../../usage/failure';
import type { TreeContext } from '../context';
import { below } from '../node';
import type { TreeNode } from '../nodes';
import { failureNode } from '../placeholders/nodes';
import type { DayNode, HourNode, MachineNode, MachinesNode } from './nodes';

export function machineRows(node: MachinesNode, context: TreeContext): TreeNode[] {
  const usage = context.store.known(node.account.id)?.usage;
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

export function dayRows(node: MachineNode): TreeNode[] {
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

export async function hourRows(node: DayNode, { store }: TreeContext): Promise<TreeNode[]> {
  try {
    const buckets = await store.of(node.account).opened.hours(node.day, node.machineId);
    const storageKnown = store.known(node.account.id)?.usage.storage.value !== undefined;
    const hours = byBucket(buckets, { compute: true, storage: storageKnown });
    return hours.length === 0
      ? [{ ...below(node, 'empty'), kind: 'empty', reason: 'noUsage' }]
      : hours.map((hour) => ({ ...below(node, `${hour.start}/${hour.end}`), kind: 'hour', hour }));
  } catch (error) {
    return [failureNode(node, toFailure(error))];
  }
}

export function shapeRows(node: HourNode): TreeNode[] {
  const { shapes } = node.hour;
  return hasSeveralShapes(node.hour)
    ? shapes.map((usage) => ({ ...below(node, usage.shape.fingerprint), kind: 'shape', usage }))
    : [];
}

export function hasSeveralShapes({ shapes }: UsageTotals): boolean {
  return shapes.length > 1;
}
