import { add, type Amount, compareAmounts, subtract, sum } from '../../usage/amount';
import type { HourSpend, Price, SpendNode, UsageBucket } from '../../usage/bucket';
import { columnsByDay, type DayColumns } from '../../usage/columns/columns';
import type { MeterId } from '../../usage/meter';
import { contains, daysOf, type EpochMs, HOUR, type Period, utcDay } from '../../usage/time';
import { contradicts, coveredDays, isFuture } from '../coverage';
import type { Page } from '../pages';
import type { WireEntry, WireHour, WireNode } from './wire';

/** Northflank's terms → ours. Names and shapes differ, values and units do not. */

/** What the vendor's total has beyond its categories. */
const OTHER = 'other';

/** A page of the list, and when it was sent, by the vendor's clock. */
export interface ListPage extends Page<WireEntry> {
  readonly answeredAt: EpochMs;
}

/**
 * A bucket for each category of each hour, by day. Covers the days of the period up to the first page's reply, except days
 * with an hour of unknown price. Throws UsageError `malformed` for an hour that was not requested, had not begun, or has two
 * prices on one page.
 */
export function toDays(pages: readonly ListPage[], period: Period): DayColumns {
  const hours = new Map<EpochMs, WireEntry>();
  for (const page of pages) {
    for (const [start, entry] of hoursOf(page, period)) {
      hours.set(start, over(hours.get(start), entry));
    }
  }
  const entries = [...hours.values()].sort((a, b) => a.start - b.start);
  const isKnown = knownBeside(entries);
  const unknown = new Set(entries.filter((entry) => !isKnown(entry)).map(({ start }) => utcDay(start)));
  const answeredAt = pages[0]?.answeredAt ?? period.start;
  const covered = { start: period.start, end: Math.min(period.end, answeredAt) };
  const days = coveredDays(covered, daysOf(period), answeredAt).filter((day) => !unknown.has(day));
  return columnsByDay(entries.flatMap(toHourBuckets), days);
}

/** The hours of a page. An hour may have one entry per kind of usage. */
function hoursOf({ items, answeredAt }: ListPage, period: Period): Map<EpochMs, WireEntry> {
  const hours = new Map<EpochMs, WireEntry>();
  for (const [index, entry] of items.entries()) {
    const { start } = entry;
    if (!contains(period, start) || isFuture(start, answeredAt)) {
      contradicts(`reply.data.usage[${index}].timestamp`, 'inPeriod');
    }
    const other = hours.get(start);
    if (differ(other?.paas, entry.paas) || differ(other?.byoc, entry.byoc)) {
      contradicts(`reply.data.usage[${index}]`, 'onlyOne');
    }
    hours.set(start, over(other, entry));
  }
  return hours;
}

/** The later of two readings counts: while pages are read, a new hour moves older ones to the next page. */
function over(before: WireEntry | undefined, after: WireEntry): WireEntry {
  return {
    start: after.start,
    paas: after.paas ?? before?.paas,
    byoc: after.byoc ?? before?.byoc,
    unpriced: after.unpriced || before?.unpriced === true,
  };
}

function differ(a: Price | undefined, b: Price | undefined): boolean {
  return a !== undefined && b !== undefined && textOf(a) !== textOf(b);
}

function textOf({ meter, total, categories }: Price): string {
  return [meter, total, ...[...categories].flat()].map(String).join(' ');
}

/** Whether an hour is fully known: it has a price, and a total if others of its kind have one. */
function knownBeside(entries: readonly WireEntry[]): (entry: WireEntry) => boolean {
  const kinds = (['paas', 'byoc'] as const).filter((kind) =>
    entries.some((entry) => entry[kind]?.total !== undefined),
  );
  return (entry) =>
    !entry.unpriced &&
    (entry.paas ?? entry.byoc) !== undefined &&
    kinds.every((kind) => entry[kind] === undefined || entry[kind].total !== undefined);
}

function toHourBuckets({ start, paas, byoc }: WireEntry): UsageBucket[] {
  const categories = new Map<string, Partial<Record<MeterId, Amount>>>();
  for (const price of [paas, byoc].filter((known) => known !== undefined)) {
    for (const [category, amount] of categoriesOf(price)) {
      categories.set(category, { ...categories.get(category), [price.meter]: amount });
    }
  }
  return Array.from(categories, ([subjectId, quantities]) => ({
    kind: 'usage',
    ...{ subjectId, start, end: start + HOUR, quantities },
    ...{ meteringBucketIds: [], meterEvents: [] },
  }));
}

/**
 * Categories that add up to the vendor's total exactly. A total without any category is known as well, even if it is zero. A
 * difference that is only rounding, such as from thirds of a cent, goes to the largest category.
 */
function categoriesOf({ total, categories }: Price): (readonly [string, Amount])[] {
  const known = [...categories];
  if (total === undefined) {
    return known;
  }
  const beyond = subtract(total, sum(categories.values()));
  if (beyond === 0 && known.length > 0) {
    return known;
  }
  if (known.length > 0 && Math.abs(Number(beyond)) <= rounding(categories)) {
    const [largest] = known.reduce((a, b) => (size(b[1]) > size(a[1]) ? b : a));
    return known.map(([name, amount]) => [name, name === largest ? add(amount, beyond) : amount]);
  }
  return [...known, [OTHER, beyond]];
}

/** How much prices and their total may differ by rounding alone: half a unit each, plus what doubles of their size lose. */
function rounding(categories: ReadonlyMap<string, Amount>): number {
  const sizes = [...categories.values()].map(size);
  const terms = sizes.length + 1;
  return terms / 2 + terms * sizes.reduce((a, b) => a + b, 0) * Number.EPSILON;
}

function size(amount: Amount): number {
  return Math.abs(Number(amount));
}

/** The filters sent with a request for an hour. */
export interface HourFilters {
  readonly teamId: string | undefined;
  readonly projectId: string | undefined;
  readonly resourceType: string | undefined;
}

/** All pages of an hour as one, with the first prices found. The filters tell which nodes are slices. */
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
