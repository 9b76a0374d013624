/** In characters: few writes, and never more than a little of a large file in memory. */
const CHUNK = 64 * 1024;

/** Joins short pieces of text into long ones; a last piece may be short. */
export function* chunked(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length >= CHUNK) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') {
    yield chunk;
  }
}
