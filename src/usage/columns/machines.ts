import { type Account, aliasOf } from '../account';
import type { Machine, Quantities, UsageBucket } from '../bucket';
import type { EpochMs, UtcDay } from '../time';
import { bucketAt, type DayColumns, type UsageColumns } from './columns';
import { MachineRows } from './machineRows';
import { compareUsage, type Known, noUsage, type ShapeUsage, totalsOf, type UsageTotals } from './totals';

/** One machine over a period: everything that the breakdowns and the machine list say about it. */
export interface MachineUsage extends UsageTotals {
  readonly machineId: string;
  /** As the vendor lists it now; absent if it is gone or the list could not be read. */
  readonly machine?: Machine;
  /** Whether any day has a row for it. */
  readonly hasRows: boolean;
  /** The days with rows, in order. */
  readonly days: ReadonlyMap<UtcDay, UsageTotals>;
}

export interface UsageParts {
  /** By day, one row per machine and shape; undefined if unknown. */
  readonly compute: DayColumns | undefined;
  /** By day, one row per machine; undefined if unknown. */
  readonly storage: DayColumns | undefined;
  /** The days that a breakdown lacks, so its known figures are incomplete. */
  readonly missing?: Readonly<Record<'compute' | 'storage', ReadonlySet<UtcDay>>> | undefined;
  readonly machines: readonly Machine[] | undefined;
  /** Replaces both breakdowns while neither is loaded: one row per machine. */
  readonly totals?: UsageColumns | undefined;
}

/** Every machine that the vendor lists, or that has usage of any kind on these days. */
export function machineUsages(parts: UsageParts): MachineUsage[] {
  const { compute, storage, machines, totals: kept } = parts;
  if (kept !== undefined && compute === undefined && storage === undefined) {
    return totalledUsages(kept, machines ?? []);
  }
  const known: Known = { compute: isWhole(parts, 'compute'), storage: isWhole(parts, 'storage') };
  const rows = new MachineRows(compute, storage, known);
  const listed = new Map((machines ?? []).map((machine) => [machine.id, machine]));
  const totals = rows.totals();
  const used = rows.machineIds.map((machineId, number) => {
    const { quantities, dataThrough } = totals[number] ?? { quantities: {}, dataThrough: undefined };
    const buckets = (): OnDay[] => rows.bucketsOf(number);
    return new UsedMachine(machineId, listed.get(machineId), {
      quantities,
      dataThrough,
      known,
      parts,
      buckets,
    });
  });
  const withRows = new Set(rows.machineIds);
  const unused = [...listed.values()].filter(({ id }) => !withRows.has(id));
  return [...used, ...unused.map((machine) => unusedMachine(machine, known))];
}

/** Whether no row in a breakdown means no usage: on one day, or on all if `day` is undefined. */
function isWhole({ missing, ...parts }: UsageParts, breakdown: 'compute' | 'storage', day?: UtcDay): boolean {
  const days = parts[breakdown];
  const lost = missing?.[breakdown];
  return day === undefined
    ? days !== undefined && (lost?.size ?? 0) === 0
    : days?.has(day) === true && lost?.has(day) !== true;
}

/** Machines without days, because the days are not loaded. */
function totalledUsages(totals: UsageColumns, machines: readonly Machine[]): MachineUsage[] {
  const listed = new Map(machines.map((machine) => [machine.id, machine]));
  const used = Array.from(totals.subject, (_, row): MachineUsage => {
    const { subjectId: machineId, quantities, dataThrough } = bucketAt(totals, row, 'usage');
    const machine = listed.get(machineId);
    listed.delete(machineId);
    return {
      ...{ machineId, quantities, known: ALL_KNOWN, shapes: [], hasRows: true, days: new Map() },
      ...(machine === undefined ? {} : { machine }),
      ...(dataThrough === undefined ? {} : { dataThrough }),
    };
  });
  return [...used, ...Array.from(listed.values(), (machine) => unusedMachine(machine, ALL_KNOWN))];
}

function unusedMachine(machine: Machine, known: Known): MachineUsage {
  const quantities = noUsage(known);
  const none = { shapes: [], hasRows: false, days: new Map() };
  return { machineId: machine.id, machine, quantities, known, ...none };
}

const ALL_KNOWN: Known = { compute: true, storage: true };

interface OnDay {
  readonly day: UtcDay;
  readonly bucket: UsageBucket;
}

/** A machine with rows. People open few of thousands, so shapes and days are computed on first access. */
class UsedMachine implements MachineUsage {
  readonly hasRows = true;
  readonly quantities: Quantities;
  readonly known: Known;
  readonly dataThrough?: EpochMs;
  readonly machine?: Machine;
  readonly #parts: UsageParts;
  readonly #buckets: () => readonly OnDay[];
  #shapes: readonly ShapeUsage[] | undefined;
  #days: ReadonlyMap<UtcDay, UsageTotals> | undefined;

  constructor(
    readonly machineId: string,
    machine: Machine | undefined,
    from: {
      readonly quantities: Quantities;
      readonly dataThrough: EpochMs | undefined;
      readonly known: Known;
      readonly parts: UsageParts;
      readonly buckets: () => readonly OnDay[];
    },
  ) {
    this.quantities = from.quantities;
    this.known = from.known;
    if (from.dataThrough !== undefined) {
      this.dataThrough = from.dataThrough;
    }
    if (machine !== undefined) {
      this.machine = machine;
    }
    this.#parts = from.parts;
    this.#buckets = from.buckets;
  }

  get shapes(): readonly ShapeUsage[] {
    const buckets = (): UsageBucket[] => this.#buckets().map(({ bucket }) => bucket);
    return (this.#shapes ??= totalsOf(buckets(), this.known).shapes);
  }

  get days(): ReadonlyMap<UtcDay, UsageTotals> {
    return (this.#days ??= byDay(this.#buckets(), this.#parts));
  }
}

export type MachineSort = 'usage' | 'id' | 'lastActive';

/** How the person chose to sort and filter machines. */
export interface MachineView {
  readonly sort: MachineSort;
  /** Text to look for in ids, aliases and states; empty for all. */
  readonly text: string;
  readonly hideZero: boolean;
}

/** The machines that match the view, in its order. Ties are sorted by id, so that the order is stable. */
export function arrangeMachines(
  all: readonly MachineUsage[],
  view: MachineView,
  account: Pick<Account, 'aliases'>,
): MachineUsage[] {
  const wanted = view.text.trim().toLowerCase();
  const matches = ({ machineId, machine }: MachineUsage): boolean =>
    [machineId, aliasOf(account, machineId), machine?.state].some((text) =>
      text?.toLowerCase().includes(wanted),
    );
  return all
    .filter((usage) => (wanted === '' || matches(usage)) && !(view.hideZero && isZero(usage)))
    .sort((a, b) => ORDERS[view.sort](a, b) || compareIds(a, b));
}

/** Whether it is known to have used nothing; unknown usage is not zero. */
function isZero({ quantities, known }: MachineUsage): boolean {
  const { awake_seconds: awake, storage_mib_seconds: storage } = quantities;
  return known.compute && known.storage && awake === 0 && storage === 0;
}

const ORDERS: Readonly<Record<MachineSort, (a: MachineUsage, b: MachineUsage) => number>> = {
  usage: (a, b) => compareUsage(a.quantities, b.quantities),
  id: compareIds,
  lastActive: (a, b) => (b.dataThrough ?? 0) - (a.dataThrough ?? 0),
};

/** Created on first use: Intl instances are costly, and startup sorts nothing. */
let naturally: Intl.Collator | undefined;

function compareIds(a: MachineUsage, b: MachineUsage): number {
  naturally ??= new Intl.Collator('en', { numeric: true });
  return naturally.compare(a.machineId, b.machineId) || (a.machineId < b.machineId ? -1 : 1);
}

function byDay(buckets: readonly OnDay[], parts: UsageParts): Map<UtcDay, UsageTotals> {
  const groups = Map.groupBy(buckets, ({ day }) => day);
  const days = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(
    days.map(([day, own]) => [
      day,
      totalsOf(
        own.map(({ bucket }) => bucket),
        { compute: isWhole(parts, 'compute', day), storage: isWhole(parts, 'storage', day) },
      ),
    ]),
  );
}
