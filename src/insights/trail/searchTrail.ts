import { type Account, aliasOf } from '../../usage/account';
import type { Breakdown } from '../../usage/columns/breakdown';
import type { DayColumns, UsageColumns } from '../../usage/columns/columns';
import type { Trail } from '../../usage/columns/trail';
import type { UtcDay } from '../../usage/time';
import type { MeteringBucket } from './meteringBuckets';

/** A row of a breakdown, by its index. */
export interface FoundRow {
  readonly breakdown: Breakdown;
  readonly row: number;
}

/** What contains a text. */
export interface Found {
  /** Matches by id or identifier, and by id or alias of a machine that feeds them. */
  readonly buckets: readonly MeteringBucket[];
  /** The first machine buckets that contain it: in the machine's id or alias, or in an id of their trail. */
  readonly rows: readonly FoundRow[];
  readonly rowCount: number;
}

/** The person's names for machines, which are searched along with their ids. */
type Names = Pick<Account, 'aliases'>;

/**
 * The days, newest first, on which any id contains the text: machine ids and aliases, ids of metering buckets, identifiers
 * of meter events. Rows of whole days are enough, because they have every id of their day.
 * @param breakdowns by day; undefined where unknown
 */
export function daysWith(
  text: string,
  breakdowns: readonly (DayColumns | undefined)[],
  account: Names,
): UtcDay[] {
  const looksFor = new IdSearch(text, account);
  const found = breakdowns.flatMap((days) =>
    [...(days ?? [])].filter(([, columns]) => looksFor.isIn(columns)).map(([day]) => day),
  );
  return [...new Set(found)].sort().reverse();
}

/**
 * The metering buckets that contain a text, in the given order, and the machine buckets that do: last row of each breakdown
 * first, because vendors send the newest row last.
 * @param most maximum number of machine buckets in the result
 */
export function searchTrail(
  text: string,
  breakdowns: readonly Breakdown[],
  buckets: readonly MeteringBucket[],
  account: Names,
  most: number,
): Found {
  const looksFor = new IdSearch(text, account);
  const fed = new Map<Breakdown['kind'], Set<string>>();
  const rows: FoundRow[] = [];
  let rowCount = 0;
  for (const breakdown of breakdowns) {
    const { kind, columns } = breakdown;
    const { first, count, fedTrails } = looksFor.rowsOf(columns, most - rows.length);
    const ids = [...fedTrails].flatMap((trail) => columns.trails[trail]?.meteringBucketIds ?? []);
    fed.set(kind, new Set([...(fed.get(kind) ?? []), ...ids]));
    rows.push(...first.map((row) => ({ breakdown, row })));
    rowCount += count;
  }
  return {
    ...{ rows, rowCount },
    buckets: buckets.filter(
      ({ id, kind, meterEvents }) =>
        looksFor.isInTrail({ meteringBucketIds: [id], meterEvents }) || fed.get(kind)?.has(id) === true,
    ),
  };
}

/** Looks for a part of any id, ignoring case. Machines are on most days, so each is checked only once. */
class IdSearch {
  readonly #wanted: string;
  readonly #account: Names;
  readonly #machines = new Map<string, boolean>();

  constructor(text: string, account: Names) {
    this.#wanted = text.trim().toLowerCase();
    this.#account = account;
  }

  isIn({ subjectIds: machineIds, trails }: UsageColumns): boolean {
    return trails.some((trail) => this.isInTrail(trail)) || machineIds.some((id) => this.#isMachine(id));
  }

  isInTrail({ meteringBucketIds, meterEvents }: Trail): boolean {
    return meteringBucketIds.some((id) => this.#holds(id)) || meterEvents.some(({ id }) => this.#holds(id));
  }

  /** The last rows that contain the text, and the trails of machines that match it. */
  rowsOf(
    { subjectIds: machineIds, trails, subject: machine, trail, length }: UsageColumns,
    most: number,
  ): {
    readonly first: number[];
    readonly count: number;
    readonly fedTrails: ReadonlySet<number>;
  } {
    const machines = machineIds.map((id) => this.#isMachine(id));
    const inTrail = trails.map((own) => this.isInTrail(own));
    const first: number[] = [];
    let count = 0;
    const fedTrails = new Set<number>();
    for (let row = length - 1; row >= 0; row -= 1) {
      const own = trail[row] ?? 0;
      const isMachine = machines[machine[row] ?? 0] === true;
      if (isMachine) {
        fedTrails.add(own);
      }
      if (isMachine || inTrail[own] === true) {
        count += 1;
        if (first.length < most) {
          first.push(row);
        }
      }
    }
    return { first, count, fedTrails };
  }

  #isMachine(id: string): boolean {
    let known = this.#machines.get(id);
    if (known === undefined) {
      const alias = aliasOf(this.#account, id);
      known = this.#holds(id) || (alias !== undefined && this.#holds(alias));
      this.#machines.set(id, known);
    }
    return known;
  }

  #holds(id: string): boolean {
    return id.toLowerCase().includes(this.#wanted);
  }
}
