import { isDeepStrictEqual } from 'node:util';
import { isKnown, machinesOf } from '../../../store/accountUsage';
import { CLOSING_MS } from '../../../usage/closing';
import { arrangeMachines } from '../../../usage/columns/machines';
import { type BucketUsage, byBucket, type UsageTotals } from '../../../usage/columns/totals';
import { toFailure } from '../../../usage/failure';
import { type EpochMs, HOUR } from '../../../usage/time';
import type { TreeContext } from '../context';
import { below, type RowNode } from '../node';
import type { TreeNode } from '../nodes';
import { failureNode } from '../placeholders/nodes';
import type { DayNode, HourNode, HoursNode, MachineNode, MachinesNode } from './nodes';

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

export async function hourRows(node: DayNode, { store, now }: TreeContext): Promise<TreeNode[]> {
  try {
    const buckets = await store.of(node.account).opened.hours(node.day, node.machineId);
    const storageKnown = store.known(node.account.id)?.usage.storage.value !== undefined;
    const hours = byBucket(buckets, { compute: true, storage: storageKnown });
    return hours.length === 0
      ? [{ ...below(node, 'empty'), kind: 'empty', reason: 'noUsage' }]
      : folded(hours, now()).map((run) => hourOrHours(node, run));
  } catch (error) {
    return [failureNode(node, toFailure(error))];
  }
}

type Run = HoursNode['hours'];

/** The newest hour first, buckets longer than an hour last. Closed hours in a row with the same figures are one run. */
function folded(hours: readonly BucketUsage[], now: EpochMs): Run[] {
  const lasts = ({ start, end }: BucketUsage): number => end - start;
  const sorted = [...hours].sort(
    (a, b) => Number(lasts(a) > HOUR) - Number(lasts(b) > HOUR) || b.start - a.start || lasts(a) - lasts(b),
  );
  const runs: [BucketUsage, ...BucketUsage[]][] = [];
  for (const hour of sorted) {
    const run = runs.at(-1);
    const newer = run?.at(-1);
    if (run !== undefined && newer !== undefined && newer.end + CLOSING_MS <= now && isSame(hour, newer)) {
      run.push(hour);
    } else {
      runs.push([hour]);
    }
  }
  return runs;
}

/** Whether an hour right before another has the same figures in every respect. */
function isSame(hour: BucketUsage, newer: BucketUsage): boolean {
  const figures = ({ quantities, known, shapes }: BucketUsage): unknown => [quantities, known, shapes];
  return (
    newer.start === hour.end &&
    hour.end - hour.start === HOUR &&
    newer.end - newer.start === HOUR &&
    isDeepStrictEqual(figures(hour), figures(newer))
  );
}

function hourOrHours(node: DayNode, run: Run): TreeNode {
  const [hour] = run;
  return run.length === 1
    ? hourNode(node, hour)
    : { ...below(node, `hours/${run.at(-1)?.start}`), kind: 'hours', hours: run };
}

function hourNode(parent: RowNode, hour: BucketUsage): TreeNode {
  return { ...below(parent, `${hour.start}/${hour.end}`), kind: 'hour', hour };
}

export function foldedRows(node: HoursNode): TreeNode[] {
  return node.hours.map((hour) => hourNode(node, hour));
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
