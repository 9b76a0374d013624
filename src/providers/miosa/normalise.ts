import type { Grouping } from '../../usage/account';
import { add, type Amount, compareAmounts } from '../../usage/amount';
import {
  type GroupedUsage,
  NO_GROUP,
  type Quantities,
  type UsageBucket,
  type UsageSummary,
} from '../../usage/bucket';
import type { MeterId, MoneyMeterId } from '../../usage/meter';
import { type EpochMs, monthOf, type Period, utcDay } from '../../usage/time';
import { checkMeets, contradicts, coveredDays, reachesNow } from '../coverage';
import type { WireLineItemsRow, WireRollupRow, WireUsage } from './wire';

/** MIOSA's terms → ours. Names differ, values and units do not. */

type Group = GroupedUsage['groups'][number];

type Sums = Partial<Record<MeterId, Amount>>;

/** Where either form of the reply names its period. */
const PERIOD = 'reply.period';

/** The groups, most credits first, as the vendor orders them; and their sum, which the vendor does not give. */
export function toSummary(usage: WireUsage, grouping: Grouping): UsageSummary {
  const groups = toGroups(usage);
  const used = noUsage(usage);
  for (const { quantities } of groups) {
    addTo(used, quantities);
  }
  return {
    billed: {},
    levels: {},
    used,
    groups: { grouping, period: usage.period, groups: groups.toSorted(byCredits) },
  };
}

/**
 * Throws UsageError `malformed` unless the vendor added up the calendar month that begins at `start`, up to its reply: another
 * clock's month, or the last thirty days, must not pass for it. A reply may give the month's end, as replies for days do.
 */
export function checkMonth({ period }: WireUsage, start: EpochMs, answeredAt: EpochMs): void {
  const { end } = monthOf(start);
  if (period.start !== start || period.end > end || !reachesNow(period.end, end, answeredAt)) {
    contradicts(PERIOD, 'asAsked');
  }
}

/**
 * A whole-day bucket for each group. Undefined if the vendor added up less than the day, or less than what had passed of an
 * open day. Throws UsageError `malformed` if it added up something else than requested: a month must not pass for a day.
 */
export function toBuckets(usage: WireUsage, day: Period, answeredAt: EpochMs): UsageBucket[] | undefined {
  checkMeets(usage.period, day, PERIOD);
  if (usage.period.start < day.start || usage.period.end > day.end) {
    contradicts(PERIOD, 'asAsked');
  }
  if (coveredDays(usage.period, [utcDay(day.start)], answeredAt).length === 0) {
    return undefined;
  }
  return toGroups(usage).map(({ id, quantities }) => ({
    kind: 'usage',
    subjectId: id,
    start: day.start,
    end: day.end,
    quantities,
    meteringBucketIds: [],
    meterEvents: [],
  }));
}

/** Without rows, usage is known to be none: zero for each meter that every row has. */
function noUsage(usage: WireUsage): Sums {
  return usage.form === 'rollup'
    ? { sandbox_seconds: 0, computer_seconds: 0, storage_gb_hours: 0, credit_cents: 0 }
    : { [usage.meter]: 0 };
}

/** One for each id, in the order of the reply. */
function toGroups(usage: WireUsage): Group[] {
  const groups = new Map<string, Sums>();
  const sumsOf = (group = NO_GROUP): Sums => {
    const sums = groups.get(group) ?? {};
    groups.set(group, sums);
    return sums;
  };
  if (usage.form === 'rollup') {
    for (const row of usage.results) {
      addRollup(sumsOf(row.group), row);
    }
  } else {
    for (const row of usage.data) {
      addLineItems(sumsOf(row.group), row, usage.meter);
    }
  }
  return Array.from(groups, ([id, quantities]) => ({ id, quantities }));
}

function addRollup(sums: Sums, row: WireRollupRow): void {
  addTo(sums, {
    sandbox_seconds: row.sandboxSeconds,
    computer_seconds: row.computerSeconds,
    storage_gb_hours: row.storageGbHours,
    credit_cents: row.creditCents,
  });
}

/** A dimension may occur in several lines. */
function addLineItems(sums: Sums, { total, lineItems }: WireLineItemsRow, money: MoneyMeterId): void {
  addTo(sums, { [money]: total });
  for (const { meter, qty } of lineItems) {
    addTo(sums, { [meter]: qty });
  }
}

/** A meter that only one has keeps its amount. */
function addTo(sums: Sums, more: Quantities): void {
  for (const [meter, amount] of Object.entries(more) as [MeterId, Amount][]) {
    sums[meter] = add(sums[meter] ?? 0, amount);
  }
}

/** Groups whose credits are not known come last. */
function byCredits(a: Group, b: Group): number {
  const [creditsA, creditsB] = [a.quantities.credit_cents, b.quantities.credit_cents];
  if (creditsA === undefined || creditsB === undefined) {
    return Number(creditsA === undefined) - Number(creditsB === undefined);
  }
  return compareAmounts(creditsB, creditsA);
}
