/** Makes something when it is first asked for, and keeps it: for what is costly and not always needed. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
