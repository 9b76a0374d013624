/** What several measurements of the same thing come to. */
export function spread(times: readonly number[]): { median: number; least: number; most: number } {
  const sorted = times.toSorted((a, b) => a - b);
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? NaN,
    least: sorted[0] ?? NaN,
    most: sorted.at(-1) ?? NaN,
  };
}
