import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ProviderCapabilities } from '../../providers/capabilities';
import type { AccountUsage, Reading } from '../../store/accountUsage';
import type { DatabaseCache } from '../../store/databaseCache';
import type { DayBlock } from '../../store/dayBlock';
import type { DayCache } from '../../store/dayCache';
import { CLOSING_MS } from '../../usage/closing';
import type { UsageColumns } from '../../usage/columns/columns';
import { COMPUTE_METERS, STORAGE_METERS } from '../../usage/columns/totals';
import { compareRestatements, type Restatement } from '../../usage/restatement';
import { dayPeriod, daysOf, type EpochMs, type UtcDay } from '../../usage/time';
import { type Badge, badgeOf } from './badge';
import { type BucketSum, bucketSums, type RowSums } from './bucketSums';
import { checkDays } from './dayChecks';
import { type Finding, type FindingGroup, FindingList } from './finding';
import { checkRows } from './rowChecks';
import { addUpRows, checkSums, type MeteredDay, SAME_READING, type SumCheck } from './sumCheck';
import type { TimeSliced } from './timeSliced';

/** The result of checking an account's month to date. */
export interface AccountCheck {
  readonly badge: Badge;
  /** One per billed meter. */
  readonly sums: readonly SumCheck[];
  readonly findings: readonly FindingGroup[];
}

export interface AccountChecksOptions {
  readonly capabilities: ProviderCapabilities;
  readonly databaseCache: DatabaseCache;
  /** The account's id in the database. */
  readonly accountId: string;
  readonly dayCache: DayCache;
  readonly usage: () => AccountUsage;
  /** Whether anything is being read; new data changes the answer. */
  readonly isBusy: () => boolean;
  /** Called when the result or the list of restatements changes. */
  readonly onChange: () => void;
}

/** Maximum time in milliseconds before the checks let the thread do other work. */
const SLICE_MS = 2;

/** What is computed once from a day's columns. */
interface CheckedDay {
  readonly findings: readonly FindingGroup[];
  readonly buckets: readonly BucketSum[];
  readonly metered: RowSums;
}

/** Looks through an account's figures after each change, a little at a time, and keeps what it found. */
export class AccountChecks {
  readonly #options: AccountChecksOptions;
  /** By columns, or by the block where its columns are not always in memory. */
  readonly #days = new WeakMap<UsageColumns | DayBlock, CheckedDay>();
  /** Storage buckets are not kept in memory, so their findings are cached by the daily sums made from them. */
  readonly #storage = new WeakMap<UsageColumns, CheckedDay>();
  #seen: readonly unknown[] = [];
  #running = false;
  #disposed = false;
  #sliceEnd = 0;
  #result: AccountCheck | undefined;
  #restatements: readonly Restatement[] = [];

  constructor(options: AccountChecksOptions) {
    this.#options = options;
  }

  /** Undefined while nothing is known, and where the vendor does not tell what it has billed. */
  get result(): AccountCheck | undefined {
    return this.#result;
  }

  /** Closed buckets whose value changed after it had been read, the newest first. */
  get restatements(): readonly Restatement[] {
    return this.#restatements;
  }

  /** Call when something may have changed. Does nothing while data is being read, because that ends with a change. */
  update(): void {
    if (!this.#running && !this.#disposed && this.#isDue()) {
      void this.#run();
    }
  }

  dispose(): void {
    this.#disposed = true;
  }

  #state(): readonly unknown[] {
    const { usage, dayCache } = this.#options;
    return [usage(), dayCache.version, dayCache.refreshedAt];
  }

  #isDue(): boolean {
    return !this.#options.isBusy() && this.#state().some((part, index) => part !== this.#seen[index]);
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (!this.#disposed && this.#isDue()) {
      const [usageBefore] = this.#seen;
      this.#seen = this.#state();
      const usage = this.#options.usage();
      await this.#giveWay();
      const result = this.#options.capabilities.tellsBilled ? await this.#check(usage) : undefined;
      this.#take(result, usage === usageBefore ? this.#restatements : await this.#readRestatements());
    }
    this.#running = false;
  }

  /** Keeps the old object where the new one equals it. */
  #take(result: AccountCheck | undefined, restatements: readonly Restatement[]): void {
    const isNewResult = !isDeepStrictEqual(result, this.#result);
    const isNewList = !isSameList(restatements, this.#restatements);
    if (this.#disposed || !(isNewResult || isNewList)) {
      return;
    }
    this.#result = isNewResult ? result : this.#result;
    this.#restatements = isNewList ? restatements : this.#restatements;
    this.#options.onChange();
  }

  async #readRestatements(): Promise<readonly Restatement[]> {
    const { databaseCache, accountId, dayCache } = this.#options;
    const kept = await databaseCache.restatements(accountId);
    return kept.filter(({ afterAsOf }) => !dayCache.isVoid(afterAsOf)).sort(compareRestatements);
  }

  async #check(usage: AccountUsage): Promise<AccountCheck | undefined> {
    const { summary, compute, storage } = usage;
    if (summary.value === undefined || (compute.value === undefined && storage.value === undefined)) {
      return undefined;
    }
    const days = daysOf(usage.period).reverse(); // of many findings the newest are kept
    const list = new FindingList();
    const computeDays: MeteredDay[] = [];
    const storageDays: MeteredDay[] = [];
    const kept = await this.#keptStorage(storage);
    for (const day of days) {
      computeDays.unshift(...(await this.#checkCompute(compute, day, list)));
      storageDays.unshift(...(await this.#checkStorage(storage, day, kept, list)));
    }
    list.addAll(await this.#inSlices(checkDays(monthDays(usage))));
    const findings = list.groups();
    const sums = [
      ...checkSums(together(usage, compute, COMPUTE_METERS, computeDays), CLOSING_MS),
      ...checkSums(together(usage, storage, STORAGE_METERS, storageDays), CLOSING_MS),
    ];
    return { badge: badgeOf(sums, findings), sums, findings };
  }

  async #checkCompute(
    { value }: AccountUsage['compute'],
    day: UtcDay,
    list: FindingList,
  ): Promise<MeteredDay[]> {
    const { dayCache } = this.#options;
    const columns = value?.get(day);
    if (columns === undefined) {
      return [];
    }
    const own = await this.#checkedDay(this.#days, columns, () => columns, 'compute');
    const block = dayCache.block('computeHours', day);
    const hours =
      block === undefined
        ? undefined
        : await this.#checkedDay(this.#days, block, () => block.columns, 'compute');
    list.addAll(own.findings);
    list.addAll(hours?.findings ?? []);
    return [
      {
        ...{ ...dayPeriod(day), asOf: this.#askedAt('computeDays', day), ...own.metered },
        buckets: hours?.buckets,
        bucketsAreCurrent: dayCache.isCurrent({ part: 'computeHours', day }),
      },
    ];
  }

  async #checkStorage(
    { value }: AccountUsage['storage'],
    day: UtcDay,
    kept: ReadonlyMap<UtcDay, EpochMs>,
    list: FindingList,
  ): Promise<MeteredDay[]> {
    const { dayCache } = this.#options;
    const columns = value?.get(day);
    if (columns === undefined) {
      return [];
    }
    const asOf = this.#askedAt('storageDays', day);
    const buckets =
      this.#storage.get(columns) === undefined ? await this.#storageBuckets(day, asOf, kept) : undefined;
    const fine =
      buckets === undefined
        ? this.#storage.get(columns)
        : await this.#checkedDay(this.#storage, columns, () => buckets, 'storage');
    list.addAll(fine?.findings ?? []);
    const { metered } = fine ?? (await this.#checkedDay(this.#days, columns, () => columns, 'storage'));
    const bucketsAreCurrent = fine !== undefined && dayCache.isCurrent({ part: 'storageDays', day });
    return [{ ...dayPeriod(day), ...metered, asOf, buckets: fine?.buckets, bucketsAreCurrent }];
  }

  /** The buckets that a day's sums were made from, if at hand or in the database. */
  async #storageBuckets(
    day: UtcDay,
    asOf: EpochMs,
    kept: ReadonlyMap<UtcDay, EpochMs>,
  ): Promise<UsageColumns | undefined> {
    const { databaseCache, accountId, dayCache } = this.#options;
    const atHand = dayCache.block('storage', day);
    if (atHand?.asOf === asOf) {
      return atHand.columns;
    }
    if (kept.get(day) !== asOf) {
      return undefined;
    }
    const [block] = await databaseCache.blocks(accountId, 'storage', [day]);
    return block?.columns;
  }

  /** When each storage day in the database was requested; empty, without asking, if there is nothing new to check. */
  async #keptStorage({ value }: AccountUsage['storage']): Promise<ReadonlyMap<UtcDay, EpochMs>> {
    const { databaseCache, accountId } = this.#options;
    const isNew = [...(value?.values() ?? [])].some((columns) => !this.#storage.has(columns));
    return isNew ? databaseCache.days(accountId, 'storage') : new Map();
  }

  async #checkedDay<Key extends WeakKey>(
    cache: WeakMap<Key, CheckedDay>,
    key: Key,
    read: () => UsageColumns,
    usage: Finding['usage'],
  ): Promise<CheckedDay> {
    const known = cache.get(key);
    if (known !== undefined) {
      return known;
    }
    const columns = read();
    const findings = await this.#inSlices(checkRows(columns, usage));
    const buckets = await this.#inSlices(bucketSums(columns));
    const checked = { findings, buckets, metered: addUpRows(buckets) };
    cache.set(key, checked);
    return checked;
  }

  #askedAt(part: 'computeDays' | 'storageDays', day: UtcDay): EpochMs {
    return this.#options.dayCache.block(part, day)?.asOf ?? 0;
  }

  async #inSlices<T>(steps: TimeSliced<T>): Promise<T> {
    for (;;) {
      const step = steps.next();
      if (step.done === true) {
        return step.value;
      }
      if (performance.now() >= this.#sliceEnd) {
        await this.#giveWay();
      }
    }
  }

  async #giveWay(): Promise<void> {
    await turn();
    this.#sliceEnd = performance.now() + SLICE_MS;
  }
}

function monthDays({ compute, storage, machines }: AccountUsage): Parameters<typeof checkDays>[0] {
  const { value, asOf } = machines;
  return {
    unknown: new Set([...(compute.missing ?? []), ...(storage.missing ?? [])]),
    compute: compute.value,
    storage: storage.value,
    listed:
      value === undefined || asOf === undefined
        ? undefined
        : { ids: new Set(value.map(({ id }) => id)), asOf },
  };
}

/** Billed is comparable only with metered usage of the same reading that has every day so far. */
function together(
  { period, summary }: AccountUsage,
  part: Reading<unknown>,
  meters: Parameters<typeof checkSums>[0]['meters'],
  days: readonly MeteredDay[],
): Parameters<typeof checkSums>[0] {
  const { value, asOf } = summary;
  const isTogether =
    summary.failure === undefined &&
    part.failure === undefined &&
    asOf !== undefined &&
    part.asOf !== undefined &&
    Math.abs(part.asOf - asOf) <= SAME_READING;
  const isWhole = part.missing === undefined && days.length === daysOf(period).length;
  return {
    meters,
    billed: isTogether && value !== undefined ? { sums: value.billed, asOf } : undefined,
    days: isWhole ? days : undefined,
  };
}

/** The list only grows at its start, and shrinks at its end. */
function isSameList(a: readonly Restatement[], b: readonly Restatement[]): boolean {
  return a.length === b.length && isDeepStrictEqual(a[0], b[0]) && isDeepStrictEqual(a.at(-1), b.at(-1));
}
