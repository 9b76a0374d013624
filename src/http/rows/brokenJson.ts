/** Each matches only at `lastIndex`. `$` allows for a token that the text's end cuts off. */
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:$|(?:0|[1-9]\d*)(?:\.(?:$|\d+))?(?:e(?:[+-]?(?:$|\d+)))?)/iy;
const WORD = /true|false|null|(?:t|tr|tru|f|fa|fal|fals|n|nu|nul)$/y;
const CHARACTERS = /[ !#-[\]-\u{ff}]*/uy;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4}|(?:u[\da-fA-F]{0,3})?$)/y;

/** What may come next. */
type Next = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd';

/**
 * Where a JSON text is broken: at the first byte not allowed there, or at an invalid number, word or escape. Undefined if it
 * is whole, or merely ends too early. `JSON.parse` is many times faster, but does not always say where.
 */
export function brokenAt(bytes: Uint8Array): number | undefined {
  // One character per byte, so that places count bytes.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const closers: string[] = [];
  let next: Next = 'value';
  for (let at = endOf(SPACE, text, 0); at < text.length; at = endOf(SPACE, text, at)) {
    const character = text[at] ?? '';
    const closer = closers.at(-1);
    const mayEnd = next === 'valueOrEnd' || next === 'keyOrEnd' || next === 'commaOrEnd';
    const isValue: boolean = next === 'value' || next === 'valueOrEnd';
    if (character === closer && mayEnd) {
      closers.pop();
      next = 'commaOrEnd';
    } else if (character === ',' && next === 'commaOrEnd' && closer !== undefined) {
      next = closer === '}' ? 'key' : 'value';
    } else if (character === ':' && next === 'colon') {
      next = 'value';
    } else if (isValue && (character === '{' || character === '[')) {
      closers.push(character === '{' ? '}' : ']');
      next = character === '{' ? 'keyOrEnd' : 'valueOrEnd';
    } else if (isValue || next === 'key' || next === 'keyOrEnd') {
      const { end, broken } = scalarFrom(text, at, isValue);
      if (broken) {
        return end;
      }
      next = isValue ? 'commaOrEnd' : 'colon';
      at = end - 1;
    } else {
      return at;
    }
    at += 1;
  }
  return undefined;
}

/** The end of a string, or of any scalar; or where it is broken. */
function scalarFrom(text: string, start: number, anyScalar: boolean): { end: number; broken: boolean } {
  if (text[start] !== '"') {
    const end = anyScalar ? Math.max(endOf(NUMBER, text, start), endOf(WORD, text, start)) : start;
    return { end, broken: end === start };
  }
  for (let at = start + 1; ;) {
    at = endOf(CHARACTERS, text, at);
    if (at === text.length || text[at] === '"') {
      return { end: at + 1, broken: false };
    }
    const end = endOf(ESCAPE, text, at);
    if (end === at) {
      return { end, broken: true };
    }
    at = end;
  }
}

/** The end of the pattern's match at a place: the place itself if it does not match. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
