import type { Chart } from '../../../protocol/chart';
import type { StackBy } from '../../../protocol/choices';

/**
 * What an account's charts are stacked by until a person chooses. Decided by the first chart that has usage, and kept from
 * then on, so that nothing changes its form while more days are loaded.
 */
export class StackStart {
  #stackBy: StackBy | undefined;

  /** Undefined while there is no usage to decide by. */
  get stackBy(): StackBy | undefined {
    return this.#stackBy;
  }

  /** Decides by charts that are stacked by machine: if the largest are less than half of the first, shapes say more. */
  decide([first]: readonly Chart[]): StackBy {
    if (first === undefined || first.series.length === 0) {
      return 'machine';
    }
    this.#stackBy = isMostlyOthers(first) ? 'shape' : 'machine';
    return this.#stackBy;
  }
}

function isMostlyOthers({ series }: Chart): boolean {
  return totalOf(series.filter(({ kind }) => kind === 'others')) > totalOf(series) / 2;
}

/** The sum of what is known; rounded, so for a comparison only. */
function totalOf(series: Chart['series']): number {
  let total = 0;
  for (const { values } of series) {
    for (const value of values) {
      total += Number.isNaN(value) ? 0 : value;
    }
  }
  return total;
}
