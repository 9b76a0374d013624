/**
 * Exact money by category, in 10^−8 cents, which is the same as 10^−10 of the whole currency. `other` is what a total has
 * beyond the categories that the vendor has a field for.
 */
export type Sums = ReadonlyMap<string, bigint>;

export function addSums(...parts: readonly Sums[]): Sums {
  const sums = new Map<string, bigint>();
  for (const [category, amount] of parts.flatMap((part) => [...part])) {
    sums.set(category, (sums.get(category) ?? 0n) + amount);
  }
  return sums;
}

export function totalOf(sums: Sums): bigint {
  return [...sums.values()].reduce((total, amount) => total + amount, 0n);
}
