import type { UsageBucket } from '../bucket';
import type { EpochMs } from '../time';
import type { UsageColumns } from './columns';

/** The rows of one kind of usage on a day. */
export interface Breakdown {
  readonly kind: UsageBucket['kind'];
  readonly columns: UsageColumns;
  /** When the rows were requested; they lack anything later. */
  readonly asOf: EpochMs;
}

/** Memoizes a function of rows: views ask for the same day repeatedly, and columns never change. */
export function memoizeByColumns<T>(make: (breakdown: Breakdown) => T): (breakdown: Breakdown) => T {
  const kept = new WeakMap<UsageColumns, { readonly of: Breakdown; readonly made: T }>();
  return (breakdown) => {
    const { kind, columns, asOf } = breakdown;
    const known = kept.get(columns);
    if (known?.of.kind === kind && known.of.asOf === asOf) {
      return known.made;
    }
    const made = make(breakdown);
    kept.set(columns, { of: breakdown, made });
    return made;
  };
}
