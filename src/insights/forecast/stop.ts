import type { DailySeries, DayNumber, KnownDay } from './dailySeries';

/** Days on which next to nothing was used, after which there may be more. */
export interface Stop {
  /** `[from, end)`. */
  readonly from: DayNumber;
  readonly end: DayNumber;
  /** What its days came to on average, in the meter's unit; never less than zero. */
  readonly rest: number;
  /** There was use again after it. */
  readonly isOver: boolean;
}

/** Known days that follow one another and are all quiet; as indices `[from, end)`. */
interface Run {
  readonly from: number;
  readonly end: number;
  /** How many of its days speak for a stop. */
  readonly telling: number;
}

/** How many days count. */
const WINDOW = 56;
/** A day with less than this share of an ordinary day is quiet. */
const QUIET = 0.15;
/** A run of quiet days is no stop if chance would cause it more often than this. */
const CHANCE = 0.12;
/** Minimum days of usage before a stop counts. */
const LEAST_BEFORE = 3;
/** Minimum known days: with fewer, a quiet Saturday or Sunday may be a usual weekend. */
const KNOWS_WEEKENDS = 21;

/**
 * The newest stop in the eight weeks before `end`; undefined when there was none. A stop is a run of quiet days that is
 * longer than any other, and that chance hardly explains, given how rare quiet days were before it.
 * Weekends and recurring pauses are no stops.
 */
export function newestStop(series: DailySeries, end: DayNumber): Stop | undefined {
  const days = [...series.known(end - WINDOW, end)];
  const values = days.map(({ value }) => value);
  const runs = quietRuns(days);
  const at = runs.findLastIndex((_, index) => isStop(runs, index));
  const run = runs[at];
  if (run === undefined) {
    return undefined;
  }
  const quiet = values.slice(run.from, run.end);
  return {
    from: days[run.from]?.day ?? end,
    end: days[run.end]?.day ?? end,
    rest: Math.max(0, quiet.reduce((sum, value) => sum + value, 0) / quiet.length),
    isOver: run.end < days.length,
  };
}

function isStop(runs: readonly Run[], index: number): boolean {
  const { from, telling } = runs[index] ?? { from: 0, telling: 0 };
  const quiet = runs.slice(0, index).reduce((sum, run) => sum + run.end - run.from, 0);
  // Assumes one more quiet day and one more other day, so that few days prove little.
  const share = (quiet + 1) / (from + 2);
  const isLongest = runs.every((other, at) => at === index || other.telling < telling);
  return from >= LEAST_BEFORE && isLongest && share ** telling <= CHANCE;
}

function quietRuns(days: readonly KnownDay[]): Run[] {
  const limit = QUIET * ordinaryDay(days.map(({ value }) => value));
  const runs: Run[] = [];
  let [from, telling] = [0, 0];
  days.forEach(({ day, value }, index) => {
    if (value > limit) {
      [from, telling] = [index + 1, 0];
      return;
    }
    telling += days.length >= KNOWS_WEEKENDS || !isWeekend(day) ? 1 : 0;
    const next = days[index + 1];
    if (next === undefined || next.value > limit) {
      runs.push({ from, end: index + 1, telling });
    }
  });
  return runs;
}

/** Saturday or Sunday. Day 0 was a Thursday. */
function isWeekend(day: DayNumber): boolean {
  return day % 7 === 2 || day % 7 === 3;
}

/** The median of the days on which there was any use; 0 when there was none. */
function ordinaryDay(values: readonly number[]): number {
  const used = Float64Array.from(values.filter((value) => value > 0)).sort();
  return used[Math.floor(used.length / 2)] ?? 0;
}
