/** A uint32 that depends on every part; the same parts give the same number on every machine. */
export function hash(...parts: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const part of parts) {
    // Both halves of the number: an hour in milliseconds does not fit in 32 bits.
    state = mix(state ^ (part >>> 0));
    state = mix(state ^ (Math.floor(part / 2 ** 32) >>> 0));
  }
  return state >>> 0;
}

function mix(value: number): number {
  let bits = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** mulberry32: a small seeded generator of numbers in [0, 1). */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Text in the form of a version 4 UUID that depends on every part and on nothing else. */
export function uuid(...parts: readonly number[]): string {
  const word = (index: number): string =>
    hash(index, ...parts)
      .toString(16)
      .padStart(8, '0');
  const digits = word(1) + word(2) + word(3) + word(4);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20),
  ].join('-');
}
