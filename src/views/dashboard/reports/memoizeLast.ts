/**
 * Works a value out again only when one of the things that it is made of is another than last time: views are made far more
 * often than what they are made of changes.
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
