import { gunzipSync, gzipSync } from 'node:zlib';
import { undamaged } from './trouble';

/** Prefixes of texts for values that JSON cannot write. A text that already begins with one gets `TEXT` before it. */
const BIGINT = 'n:';
const NUMBER = 'd:';
const TEXT = 't:';

/** Plain data as bytes, `bigint` and NaN included. The checksum of gzip finds damage. */
export function encodePlain(value: unknown): Uint8Array {
  return gzipSync(
    JSON.stringify(value, (_key, part: unknown) => mark(part)),
    { level: 1 },
  );
}

/** Throws DamagedValueError unless {@link encodePlain} made the bytes. */
export function decodePlain(bytes: Uint8Array): unknown {
  return undamaged((): unknown =>
    JSON.parse(gunzipSync(bytes).toString(), (_key, part: unknown) => unmark(part)),
  );
}

function mark(part: unknown): unknown {
  if (typeof part === 'bigint') {
    return `${BIGINT}${part}`;
  }
  if (typeof part === 'number' && !Number.isFinite(part)) {
    return `${NUMBER}${part}`;
  }
  const marked = typeof part === 'string' && [BIGINT, NUMBER, TEXT].some((start) => part.startsWith(start));
  return marked ? `${TEXT}${part}` : part;
}

function unmark(part: unknown): unknown {
  if (typeof part !== 'string') {
    return part;
  }
  const rest = part.slice(2);
  switch (part.slice(0, 2)) {
    case BIGINT:
      return BigInt(rest);
    case NUMBER:
      return Number(rest);
    case TEXT:
      return rest;
    default:
      return part;
  }
}
