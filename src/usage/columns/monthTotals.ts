import type { Amount } from '../amount';
import type { MeterId } from '../meter';
import type { Period } from '../time';
import { ColumnsBuilder, type UsageColumns } from './columns';
import type { MachineUsage } from './machines';

/** One row per machine with usage: its totals over the whole period. Shapes and trails are left out. */
export function monthTotals(machines: readonly MachineUsage[], { start, end }: Period): UsageColumns {
  const used = machines.filter(({ hasRows }) => hasRows);
  const builder = new ColumnsBuilder('shared', used.length);
  for (const { machineId, quantities, dataThrough } of used) {
    const row = builder.addRow({
      subject: builder.subjectIndex(machineId),
      ...{ shape: -1, trail: 0, start, end, emittedAt: Number.NaN },
      dataThrough: dataThrough ?? Number.NaN,
    });
    for (const [meter, amount] of Object.entries(quantities) as [MeterId, Amount][]) {
      builder.setAmount(row, meter, amount);
    }
  }
  return builder.build();
}
