import { type Account, aliasOf, type Grouping } from '../../usage/account';
import type { MachineShape, Quantities, UsageBucket } from '../../usage/bucket';
import {
  amountAt,
  dataThroughAt,
  emissionAt,
  endAt,
  metersOf,
  startAt,
  type UsageColumns,
} from '../../usage/columns/columns';
import type { MeterId, MoneyKind } from '../../usage/meter';
import type { Granularity } from '../../usage/range';
import { contains, type EpochMs, type Period, type UtcDay } from '../../usage/time';

/** The usage of an account in a period, as it goes into a file. */
export interface ExportInput extends Pick<Account, 'aliases'> {
  /** `provider` is the vendor's name. */
  readonly account: { readonly label: string; readonly provider: string; readonly organisationId?: string };
  /** What a row is about. */
  readonly subject: 'machine' | 'group' | 'category';
  /** The grouping, if rows are about groups. */
  readonly grouping?: Grouping;
  /**
   * The meters and kinds of money in rows of such an account, even if there are no rows; each row tells the unit of its
   * money.
   */
  readonly meters: readonly MeterId[];
  readonly money: readonly MoneyKind[];
  readonly period: Period;
  /** Only of compute rows, if there is storage beside them: storage comes as the vendor gives it. */
  readonly granularity: Granularity;
  readonly exportedAt: EpochMs;
  readonly blocks: readonly ExportBlock[];
  readonly missingDays: readonly MissingDay[];
}

/** What was read of one day of one breakdown; its rows begin on that day. */
export interface ExportBlock {
  readonly kind: UsageBucket['kind'];
  readonly day: UtcDay;
  /** When it was asked for. */
  readonly asOf: EpochMs;
  readonly columns: UsageColumns;
}

/** A day that is not in the file, and a sentence that says why. */
export interface MissingDay {
  readonly part: ExportBlock['kind'];
  readonly day: UtcDay;
  readonly reason: string;
}

/** A machine, group or category in one bucket `[start, end)` and, for compute, in one shape. What is absent is unknown. */
export interface ExportRow extends Period {
  readonly kind: ExportBlock['kind'];
  /** As in {@link UsageBucket}: the machine, the group or the category. */
  readonly subjectId: string;
  /** The person's own name for it. */
  readonly machineName: string | undefined;
  readonly shape: MachineShape | undefined;
  readonly quantities: Quantities;
  readonly dataThrough: EpochMs | undefined;
  readonly emittedAt: EpochMs | undefined;
  readonly asOf: EpochMs;
}

/** Every row whose bucket begins within the period, by time, kind and id; only one day is in memory at once. */
export function* rowsOf({ aliases = {}, blocks, period }: ExportInput): Generator<ExportRow> {
  const days = Map.groupBy(blocks, ({ day }) => day);
  for (const day of [...days.keys()].sort()) {
    const places = (days.get(day) ?? []).flatMap((block) => placesOf(block, period));
    for (const place of places.sort(compare)) {
      yield rowAt(place, aliases);
    }
  }
}

/** The place of a row, and its sort key. */
interface Place {
  readonly block: ExportBlock;
  readonly row: number;
  readonly start: EpochMs;
  readonly subjectId: string;
}

function placesOf(block: ExportBlock, period: Period): Place[] {
  const { length, subject, subjectIds } = block.columns;
  const places: Place[] = [];
  for (let row = 0; row < length; row += 1) {
    const at = startAt(block.columns, row);
    if (contains(period, at)) {
      places.push({ block, row, start: at, subjectId: subjectIds[subject[row] ?? 0] ?? '' });
    }
  }
  return places;
}

function compare(a: Place, b: Place): number {
  return (
    a.start - b.start || compareText(a.block.kind, b.block.kind) || compareText(a.subjectId, b.subjectId)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function rowAt({ block, row, start, subjectId }: Place, aliases: NonNullable<Account['aliases']>): ExportRow {
  const { kind, asOf, columns } = block;
  const quantities = Object.fromEntries(
    metersOf(columns).flatMap((meter) => {
      const amount = amountAt(columns, meter, row);
      return amount === undefined ? [] : [[meter, amount]];
    }),
  );
  return {
    kind,
    subjectId,
    machineName: aliasOf({ aliases }, subjectId),
    shape: columns.shapes[columns.shape[row] ?? -1],
    start,
    end: endAt(columns, row),
    quantities,
    dataThrough: known(dataThroughAt(columns, row)),
    emittedAt: known(emissionAt(columns, row)),
    asOf,
  };
}

function known(at: EpochMs): EpochMs | undefined {
  return Number.isNaN(at) ? undefined : at;
}
