import { type Amount, add, compareAmounts } from './amount';
import type { MachineUsage } from './machines';
import type { MeterId } from './meter';
import type { UtcDay } from './time';

/** One meter of one machine, or of all that are not among the largest, day by day. */
export interface DailySeries {
  /** Undefined for the rest taken together. */
  readonly machineId: string | undefined;
  /** One exact value a day. */
  readonly values: readonly Amount[];
}

/** The `top` largest machines by total, largest first, and then the rest as one series; machines without any are left out. */
export function dailySeries(
  machines: readonly MachineUsage[],
  meter: MeterId,
  days: readonly UtcDay[],
  top: number,
): DailySeries[] {
  const ranked = machines
    .filter(({ quantities }) => (quantities[meter] ?? 0) !== 0)
    .sort(
      (a, b) =>
        compareAmounts(b.quantities[meter] ?? 0, a.quantities[meter] ?? 0) ||
        (a.machineId < b.machineId ? -1 : 1),
    );
  const valuesOf = (machine: MachineUsage): Amount[] =>
    days.map((day) => machine.days.get(day)?.quantities[meter] ?? 0);
  // One machine too many is shown itself: "others" would take its place and say less.
  const shown = ranked.length === top + 1 ? ranked.length : top;
  const series: DailySeries[] = ranked
    .slice(0, shown)
    .map((machine) => ({ machineId: machine.machineId, values: valuesOf(machine) }));
  const rest = ranked.slice(shown).map(valuesOf);
  if (rest.length > 0) {
    const values = days.map((_day, index) =>
      rest.reduce<Amount>((total, own) => add(total, own[index] ?? 0), 0),
    );
    series.push({ machineId: undefined, values });
  }
  return series;
}
