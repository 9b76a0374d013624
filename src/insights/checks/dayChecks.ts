import {
  amountAt,
  dataThroughAt,
  type DayColumns,
  endAt,
  startAt,
  type UsageColumns,
} from '../../usage/columns/columns';
import { DAY, dayPeriod, type EpochMs, HOUR, type Period, SECOND, type UtcDay } from '../../usage/time';
import { type Finding, type FindingGroup, FindingList, type Severity } from './finding';
import { ROWS_A_STEP, type TimeSliced } from './timeSliced';

/** A month by day: compute has a row per machine and shape, storage a row per machine from its first to its last bucket. */
export interface MonthDays {
  readonly compute: DayColumns | undefined;
  readonly storage: DayColumns | undefined;
  /** The machines as the vendor listed them, and when it was asked; undefined when that is not known. */
  readonly listed: { readonly ids: ReadonlySet<string>; readonly asOf: EpochMs } | undefined;
  /** Days that were not read in full: what they lack proves nothing. */
  readonly unknown?: ReadonlySet<UtcDay>;
}

/** Finds what is wrong between the days of a month, and between them and the list of machines. */
export function* checkDays({
  compute,
  storage,
  listed,
  unknown = NONE,
}: MonthDays): TimeSliced<readonly FindingGroup[]> {
  const list = new FindingList();
  const lost = lostDays(storage, unknown, isStored);
  for (const day of lost) {
    list.add(lostDay('storage', day, 'trouble'));
  }
  // A day that all machines slept through has no rows. It is trouble only if a machine never slept on the days beside it.
  const lostCompute = new Set(lostDays(compute, unknown, isAwakeThroughout));
  for (const day of lostDays(compute, unknown, () => true)) {
    list.add(lostDay('compute', day, lostCompute.has(day) ? 'trouble' : 'remark'));
  }
  const skipped = [...lost, ...unknown].map((day) => dayPeriod(day).start);
  yield* gapsBetweenDays(storage ?? new Map(), new Set(skipped), list);
  if (listed !== undefined) {
    yield* unlistedMachines([compute ?? new Map(), storage ?? new Map()], listed, list);
  }
  return list.groups();
}

const NONE: ReadonlySet<UtcDay> = new Set();

function lostDay(usage: Finding['usage'], day: UtcDay, severity: Severity): Finding {
  return { kind: 'lostDay', severity, usage, subjectId: undefined, ...dayPeriod(day) };
}

/** Whether a row suggests that its machine was also there on the days beside its own. */
type Tells = (columns: UsageColumns, row: number) => boolean;

const isStored: Tells = () => true;

const isAwakeThroughout: Tells = (columns, row) =>
  Number(amountAt(columns, 'awake_seconds', row) ?? 0) >= DAY / SECOND;

/**
 * Days without any row between two days that both have telling rows of one machine. If no machine is on both sides, none
 * may have been there in between, as on a weekend. An unknown day is not lost.
 */
function lostDays(days: DayColumns | undefined, unknown: ReadonlySet<UtcDay>, tells: Tells): UtcDay[] {
  const sorted = sortedDays(days).filter(([day]) => !unknown.has(day));
  const used = sorted.flatMap(([, columns], place) => (columns.length > 0 ? [place] : []));
  return used.flatMap((place, index) => {
    const next = used[index + 1];
    const [before, after] = [sorted[place]?.[1], next === undefined ? undefined : sorted[next]?.[1]];
    if (before === undefined || after === undefined || next === place + 1) {
      return [];
    }
    const there = machinesWith(after, tells);
    const stays = [...machinesWith(before, tells)].some((id) => there.has(id));
    return stays ? sorted.slice(place + 1, next).map(([day]) => day) : [];
  });
}

function machinesWith(columns: UsageColumns, tells: Tells): Set<string> {
  const ids = new Set<string>();
  for (let row = 0; row < columns.length; row += 1) {
    if (tells(columns, row)) {
      ids.add(columns.subjectIds[columns.subject[row] ?? 0] ?? '');
    }
  }
  return ids;
}

/** Storage is measured whether or not a machine is awake, so its buckets follow one another over midnight. */
function* gapsBetweenDays(days: DayColumns, lost: ReadonlySet<EpochMs>, list: FindingList): TimeSliced<void> {
  const ends = new Map<string, EpochMs>();
  let looked = 0;
  for (const [, columns] of sortedDays(days)) {
    for (let row = 0; row < columns.length; row += 1) {
      const subjectId = columns.subjectIds[columns.subject[row] ?? 0] ?? '';
      const [start, end] = [startAt(columns, row), endAt(columns, row)];
      const gap = gapBetween(ends.get(subjectId) ?? start, start, lost);
      if (gap !== undefined) {
        list.add({ kind: 'gap', severity: 'attention', usage: 'storage', subjectId, ...gap });
      }
      ends.set(subjectId, Math.max(end, ends.get(subjectId) ?? end));
      looked += 1;
      if (looked % ROWS_A_STEP === 0) {
        yield;
      }
    }
  }
}

/** What is missing, without days lost for all machines. */
function gapBetween(end: EpochMs, start: EpochMs, lost: ReadonlySet<EpochMs>): Period | undefined {
  let from = end;
  while (lost.has(from)) {
    from += DAY;
  }
  return from < start ? { start: from, end: start } : undefined;
}

/** A machine's last use. */
interface LastUse extends Period {
  readonly usage: Finding['usage'];
  /** Whether it is in the hour in which the list was requested, or later. */
  readonly isNew: boolean;
}

/**
 * Machines that are gone leave the list but keep their usage, and storage may stay, so that is only a remark. But a machine
 * that is awake in the very hour in which the vendor does not list it needs attention.
 */
function* unlistedMachines(
  breakdowns: readonly [DayColumns, DayColumns],
  { ids, asOf }: NonNullable<MonthDays['listed']>,
  list: FindingList,
): TimeSliced<void> {
  const hour = Math.floor(asOf / HOUR) * HOUR;
  const uses = new Map<string, LastUse>();
  let looked = 0;
  for (const [index, days] of breakdowns.entries()) {
    const usage = index === 0 ? 'compute' : 'storage';
    for (const columns of days.values()) {
      const isListed = columns.subjectIds.map((id) => ids.has(id));
      for (let row = 0; row < columns.length; row += 1) {
        looked += 1;
        if (looked % ROWS_A_STEP === 0) {
          yield;
        }
        const machine = columns.subject[row] ?? 0;
        const subjectId = columns.subjectIds[machine] ?? '';
        if (isListed[machine] !== true) {
          const isNew = usage === 'compute' && usedThrough(columns, row) > hour;
          const use = { usage, ...periodOf(columns, row), isNew } as const;
          uses.set(subjectId, laterUse(uses.get(subjectId), use));
        }
      }
    }
  }
  const newestFirst = [...uses].sort(([, a], [, b]) => Number(b.isNew) - Number(a.isNew) || b.end - a.end);
  for (const [subjectId, { isNew, ...use }] of newestFirst) {
    list.add({ kind: 'unlisted', severity: isNew ? 'attention' : 'remark', subjectId, ...use });
  }
}

/** The end of the newest raw window; if not told, the end of the bucket, which may be in the future. */
function usedThrough(columns: UsageColumns, row: number): EpochMs {
  const through = dataThroughAt(columns, row);
  return Number.isNaN(through) ? endAt(columns, row) : through;
}

function laterUse(a: LastUse | undefined, b: LastUse): LastUse {
  return a === undefined || (b.isNew && !a.isNew) || (a.isNew === b.isNew && b.end > a.end) ? b : a;
}

function periodOf(columns: UsageColumns, row: number): Period {
  return { start: startAt(columns, row), end: endAt(columns, row) };
}

function sortedDays(days: DayColumns | undefined): [UtcDay, UsageColumns][] {
  return [...(days ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
}
