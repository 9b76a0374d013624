/**
 * Memoizes the last value, and computes a new one only when a part has changed, because views are made far more often
 * than their parts change.
 *
 * @param partsOf all that the value depends on; compared by identity
 */
export function memoizeLast<Input, Value>(
  partsOf: (input: Input) => readonly unknown[],
  work: (input: Input) => Value,
): (input: Input) => Value {
  let last: { readonly parts: readonly unknown[]; readonly value: Value } | undefined;
  return (input) => {
    const parts = partsOf(input);
    if (last?.parts.every((part, index) => part === parts[index]) !== true) {
      last = { parts, value: work(input) };
    }
    return last.value;
  };
}
