import {
  machineBuckets,
  meteringBucketCount,
  meteringBuckets,
} from '../../../insights/trail/meteringBuckets';
import { daysWithUsage } from '../../../insights/trail/trailDays';
import { isKnown } from '../../../store/accountUsage';
import type { UsageBucket } from '../../../usage/bucket';
import { compareUsage } from '../../../usage/columns/totals';
import { toFailure } from '../../../usage/failure';
import type { TreeContext } from '../context';
import { below } from '../node';
import type { TreeNode } from '../nodes';
import { failureNode } from '../placeholders/nodes';
import type { MachineBucketNode, MeteringBucketNode, MeteringDayNode, MeteringNode } from './nodes';

/** The days of the month with any usage, newest first. */
export function meteringDayRows(node: MeteringNode, { store, now }: TreeContext): TreeNode[] {
  const usage = store.known(node.account.id)?.usage;
  if (usage === undefined) {
    return [];
  }
  const breakdowns = [usage.compute.value, usage.storage.value];
  const rows = daysWithUsage(usage, now()).map((day): MeteringDayNode => {
    const counts = breakdowns.map((days) => meteringBucketCount(days?.get(day)));
    return {
      ...below(node, day),
      kind: 'meteringDay',
      day,
      bucketCount: counts.reduce((a, b) => a + b, 0),
    };
  });
  const reason = isKnown(usage) ? 'noBuckets' : 'notRead';
  return rows.length > 0 ? rows : [{ ...below(node, 'empty'), kind: 'empty', reason }];
}

export async function meteringBucketRows(node: MeteringDayNode, { store }: TreeContext): Promise<TreeNode[]> {
  try {
    const breakdowns = await store.of(node.account).breakdowns(node.day);
    const { buckets, unassigned } = meteringBuckets(breakdowns);
    const rows = buckets.flatMap((bucket): TreeNode[] => {
      const breakdown = breakdowns.find(({ kind }) => kind === bucket.kind);
      const own = below(node, `${bucket.kind}/${bucket.id}`);
      return breakdown === undefined ? [] : [{ ...own, kind: 'meteringBucket', bucket, breakdown }];
    });
    if (unassigned !== undefined) {
      const asOf = Math.min(...breakdowns.map((own) => own.asOf));
      rows.unshift({ ...below(node, 'unassigned'), kind: 'unassigned', quantities: unassigned, asOf });
    }
    return rows.length > 0 ? rows : [{ ...below(node, 'empty'), kind: 'empty', reason: 'noBuckets' }];
  } catch (error) {
    return [failureNode(node, toFailure(error))];
  }
}

/** The machine buckets that feed a metering bucket, the most used first. */
export function machineBucketRows(node: MeteringBucketNode, { machineLimit }: TreeContext): TreeNode[] {
  const { bucket, breakdown } = node;
  const all = machineBuckets(breakdown, bucket).sort(
    (a, b) =>
      compareUsage(a.quantities, b.quantities) || compareText(a.subjectId, b.subjectId) || a.start - b.start,
  );
  const shown = all.slice(0, machineLimit(node.account.id));
  const names = namesOf(shown);
  const rows = shown.map((usage, place): MachineBucketNode => ({
    ...below(node, names[place] ?? ''),
    ...{ kind: 'machineBucket', usage, asOf: breakdown.asOf },
  }));
  const hidden = all.length - shown.length;
  return hidden === 0 ? rows : [...rows, { ...below(node, '…more'), kind: 'more', hidden }];
}

/** Stable and unique, even where a vendor sends the same bucket of a machine twice. */
function namesOf(usages: readonly UsageBucket[]): string[] {
  const seen = new Map<string, number>();
  return usages.map(({ subjectId: machineId, start, end, shape }) => {
    const name = JSON.stringify([machineId, start, end, shape?.fingerprint ?? null]);
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return times === 0 ? name : `${name} ${times}`;
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
