/** One line of the benchmark: what was measured beside its peer, and what it is held against. */
export interface Measure {
  readonly measure: string;
  readonly value: number;
  readonly unit: string;
  /** What it was compared with in the same run; null when it stands alone. */
  readonly peer: string | null;
  readonly peerValue: number | null;
  /** Such as `≥ 1.2`, in `unit`. */
  readonly must: string;
  readonly aim: string;
  /** Whether it is what it must be. */
  readonly ok: boolean;
}

type Bound = `${'≤' | '≥'} ${number}`;

/** Holds a measured value against its bounds. */
export function held(
  measure: string,
  measured: { value: number; unit: string; peer?: string; peerValue?: number },
  bounds: { must: Bound; aim: Bound },
): Measure {
  const { value, unit, peer = null, peerValue = null } = measured;
  const limit = Number(bounds.must.slice(2));
  const ok = bounds.must.startsWith('≤') ? value <= limit : value >= limit;
  return { measure, value, unit, peer, peerValue, ...bounds, ok };
}
