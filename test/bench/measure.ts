/** One line of the benchmark: what was measured beside its peer, and what it is held against. */
export interface Measure {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  /** The least and the most of its rounds; null when there was one, or when it is made of several values. */
  readonly spread: Spread | null;
  /** What it was compared with in the same run; null when it stands alone. */
  readonly peer: string | null;
  readonly peerValue: number | null;
  /** Such as `≥ 1.2`, in `unit`; empty without one. */
  readonly must: string;
  readonly aim: string;
  /** Whether it is what it must be. */
  readonly ok: boolean;
}

interface Spread {
  readonly least: number;
  readonly most: number;
}

type Bound = `${'≤' | '≥'} ${number}`;

interface Measured {
  readonly value: number;
  readonly unit: string;
  readonly spread?: Spread;
  readonly peer?: string;
  readonly peerValue?: number;
}

/** Holds a measured value against its bounds. */
export function held(
  measure: string,
  measured: Measured,
  { must, aim }: { must?: Bound; aim?: Bound },
): Measure {
  const { value, unit, spread, peer = null, peerValue = null } = measured;
  const limits = spread === undefined ? null : { least: spread.least, most: spread.most };
  const ok = must === undefined || keeps(value, must);
  return {
    ...{ measure, value, unit, spread: limits, peer, peerValue },
    ...{ must: must ?? '', aim: aim ?? '', ok },
  };
}

function keeps(value: number, bound: Bound): boolean {
  const limit = Number(bound.slice(2));
  return bound.startsWith('≤') ? value <= limit : value >= limit;
}
