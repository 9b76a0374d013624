import { type Amount, compareAmounts, subtract, sum } from '../../usage/amount';
import type { HourSpend, Price, SpendNode, UsageBucket } from '../../usage/bucket';
import type { MeterId } from '../../usage/meter';
import { type EpochMs, HOUR, type Period, contains } from '../../usage/time';
import type { WireEntry, WireHour, WireNode } from './wire';

/** Northflank's terms → ours. Names and shapes differ, values and units do not. */

/** What the vendor's total has beyond its categories. */
const OTHER = 'other';

/**
 * A bucket for each category of each hour of the period, the oldest hour first. Of an hour that was read twice, the later
 * reading counts: while pages are read, a new hour moves the older ones to the next page.
 */
export function toBuckets(entries: readonly WireEntry[], period: Period): UsageBucket[] {
  const hours = new Map<EpochMs, WireEntry>();
  for (const entry of entries) {
    if (contains(period, entry.start)) {
      hours.set(entry.start, entry);
    }
  }
  return [...hours.values()].sort((a, b) => a.start - b.start).flatMap(toHourBuckets);
}

function toHourBuckets({ start, paas, byoc }: WireEntry): UsageBucket[] {
  const categories = new Map<string, Partial<Record<MeterId, Amount>>>();
  for (const price of [paas, byoc].filter((known) => known !== undefined)) {
    for (const [category, amount] of categoriesOf(price)) {
      categories.set(category, { ...categories.get(category), [price.meter]: amount });
    }
  }
  return Array.from(categories, ([machineId, quantities]) => ({
    kind: 'usage',
    ...{ machineId, start, end: start + HOUR, quantities },
    ...{ meteringBucketIds: [], meterEvents: [] },
  }));
}

/** What adds up to the vendor's total, exactly. A total without any category is known as well, also when it is zero. */
function categoriesOf({ total, categories }: Price): (readonly [string, Amount])[] {
  const known = [...categories];
  if (total === undefined) {
    return known;
  }
  const beyond = subtract(total, sum(categories.values()));
  return beyond === 0 && known.length > 0 ? known : [...known, [OTHER, beyond]];
}

/** What was sent with the request for an hour. */
export interface HourFilters {
  readonly teamId: string | undefined;
  readonly projectId: string | undefined;
  readonly resourceType: string | undefined;
}

/** All pages of an hour as one, with the prices of the first. The filters tell of what these are. */
export function toHourSpend(
  pages: readonly WireHour[],
  start: EpochMs,
  { projectId, resourceType }: HourFilters,
): HourSpend {
  const sliced = {
    team: resourceType !== undefined || projectId !== undefined,
    project: resourceType !== undefined,
    ...{ resourceType: false, resource: false },
  };
  return {
    start,
    paas: pages.find(({ paas }) => paas !== undefined)?.paas,
    byoc: pages.find(({ byoc }) => byoc !== undefined)?.byoc,
    nodes: toNodes(
      pages.flatMap(({ teams }) => teams),
      sliced,
    ),
  };
}

/** One node for each id, the dearest first. */
function toNodes(
  nodes: readonly WireNode[],
  sliced: Readonly<Record<SpendNode['kind'], boolean>>,
): SpendNode[] {
  return [...Map.groupBy(nodes, ({ id }) => id).values()]
    .map((same): SpendNode => {
      const [{ kind, id, name }] = same as [WireNode];
      const children = same.flatMap((node) => node.children ?? []);
      const isLeaf = same.every((node) => node.children === undefined);
      return {
        ...{ kind, id, name, isSlice: sliced[kind] },
        price: same.find(({ price }) => price !== undefined)?.price,
        children: isLeaf ? undefined : toNodes(children, sliced),
      };
    })
    .sort(byPrice);
}

/** The dearest first, those without a total last; then by name. */
function byPrice(a: SpendNode, b: SpendNode): number {
  const [totalA, totalB] = [a.price?.total, b.price?.total];
  const byTotal =
    totalA === undefined || totalB === undefined
      ? Number(totalA === undefined) - Number(totalB === undefined)
      : compareAmounts(totalB, totalA);
  return byTotal || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
