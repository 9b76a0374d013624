import { type Account, aliasOf } from './account';
import type { Machine, UsageBucket } from './bucket';
import { type Period, type UtcDay, contains, utcDay } from './time';
import { type Known, type UsageTotals, compareUsage, totalsOf } from './totals';

/** One machine over a period: everything that the breakdowns and the machine list say about it. */
export interface MachineUsage extends UsageTotals {
  readonly machineId: string;
  /** As the vendor lists it now; absent when it is gone or when the list could not be read. */
  readonly machine?: Machine;
  readonly days: ReadonlyMap<UtcDay, UsageTotals>;
}

export interface UsageParts {
  readonly period: Period;
  readonly compute: readonly UsageBucket[] | undefined;
  readonly storage: readonly UsageBucket[] | undefined;
  readonly machines: readonly Machine[] | undefined;
}

/**
 * Every machine that the vendor lists or that has usage in the period, whichever kind. A bucket belongs to the UTC day
 * in which it begins; buckets that begin outside the period are not counted.
 */
export function machineUsages({ period, compute, storage, machines }: UsageParts): MachineUsage[] {
  const known: Known = { compute: compute !== undefined, storage: storage !== undefined };
  const buckets = [...(compute ?? []), ...(storage ?? [])].filter((bucket) => contains(period, bucket.start));
  const bucketsOf = Map.groupBy(buckets, (bucket) => bucket.machineId);
  const listed = new Map((machines ?? []).map((machine) => [machine.id, machine]));
  return [...new Set([...bucketsOf.keys(), ...listed.keys()])].map((machineId) => {
    const own = bucketsOf.get(machineId) ?? [];
    const machine = listed.get(machineId);
    return {
      machineId,
      ...(machine === undefined ? {} : { machine }),
      ...totalsOf(own, known),
      days: byDay(own, known),
    };
  });
}

export type MachineSort = 'usage' | 'id' | 'lastActive';

/** What a person chose to see of the machines. */
export interface MachineView {
  readonly sort: MachineSort;
  /** Text to look for in ids, aliases and states; empty for all. */
  readonly text: string;
  readonly hideZero: boolean;
}

/** The machines that the view lets through, in its order; equal ones by id, so that the order never wavers. */
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

/** Nothing used, as far as is known: a machine whose usage is unknown is not zero. */
function isZero({ quantities }: MachineUsage): boolean {
  const { awake_seconds: awake, storage_mib_seconds: storage } = quantities;
  return awake === 0 && storage === 0;
}

const ORDERS: Readonly<Record<MachineSort, (a: MachineUsage, b: MachineUsage) => number>> = {
  usage: (a, b) => compareUsage(a.quantities, b.quantities),
  id: compareIds,
  lastActive: (a, b) => (b.dataThrough ?? 0) - (a.dataThrough ?? 0),
};

/** Made when it is first needed: Intl instances are costly, and nothing is sorted at the start. */
let naturally: Intl.Collator | undefined;

function compareIds(a: MachineUsage, b: MachineUsage): number {
  naturally ??= new Intl.Collator('en', { numeric: true });
  return naturally.compare(a.machineId, b.machineId) || (a.machineId < b.machineId ? -1 : 1);
}

function byDay(buckets: readonly UsageBucket[], known: Known): Map<UtcDay, UsageTotals> {
  const groups = Map.groupBy(buckets, (bucket) => utcDay(bucket.start));
  const days = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(days.map(([day, own]) => [day, totalsOf(own, known)]));
}
