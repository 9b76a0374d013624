import type { Gauge } from '../../../src/protocol/report';

/** A part of a gauge's length, as shares of it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The drawn parts of a gauge; absent if without length. */
export interface GaugeParts {
  readonly done: Stretch;
  /** The part beyond the limit. */
  readonly over?: Stretch;
  /** What is still to come. */
  readonly expected?: Stretch;
  /** From the lowest to the highest forecast. */
  readonly between?: Stretch;
  readonly limit?: number;
}

export function gaugeParts({ done, expected, limit }: Gauge): GaugeParts {
  return {
    done: { from: 0, to: limit === undefined ? done : Math.min(done, limit) },
    ...(limit !== undefined && done > limit ? { over: { from: limit, to: done } } : {}),
    ...(expected && expected.total > done ? { expected: { from: done, to: expected.total } } : {}),
    ...(expected && expected.high > expected.low
      ? { between: { from: expected.low, to: expected.high } }
      : {}),
    ...(limit === undefined ? {} : { limit }),
  };
}
