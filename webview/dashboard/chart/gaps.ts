import type { Chart } from '../../../src/protocol/chart';
import type { ChartModel } from './chartModel';
import type { Marked } from './walk';

/** A run of slots that are marked as unknown, entirely (`gap`) or in part (`part`). */
export interface Unknown extends Marked {
  readonly kind: 'gap' | 'part';
}

/** Open slots are never `part`: being open already says that they lack some. */
export function unknownRuns({ openFrom }: Pick<Chart, 'openFrom'>, { slotTotals }: ChartModel): Unknown[] {
  const runs: Unknown[] = [];
  slotTotals.forEach((reading, slot) => {
    const kind = reading === undefined ? 'gap' : reading.whole || slot >= openFrom ? undefined : 'part';
    const run = runs.at(-1);
    if (kind !== undefined && run?.kind === kind && run.last === slot - 1) {
      runs[runs.length - 1] = { ...run, last: slot };
    } else if (kind !== undefined) {
      runs.push({ kind, first: slot, last: slot });
    }
  });
  return runs;
}
