/**
 * Works a value out again only when one of the things that it is made of is another than last time: views are made far more
 * often than what they are made of changes.
 */
export function memoizeLast<Parts extends readonly unknown[], Value>(
  work: (...parts: Parts) => Value,
): (...parts: Parts) => Value {
  let last: { readonly parts: Parts; readonly value: Value } | undefined;
  return (...parts) => {
    if (last?.parts.every((part, index) => part === parts[index]) !== true) {
      last = { parts, value: work(...parts) };
    }
    return last.value;
  };
}
