import type { DayColumns } from '../usage/columns';
import { UsageError } from '../usage/failure';
import type { UtcDay } from '../usage/time';
import type { Fold } from './fold';
import { parseJson } from './json';

/** Called for each chunk of a body, with its bytes. */
type Heard = (bytes: number) => void;

/**
 * Reads a reply's body as text, up to `limitBytes` of decoded bytes. The bytes are decoded once, at the end, so that a
 * character cut by a chunk's border stays whole.
 */
export async function readText(response: Response, limitBytes: number, heard: Heard): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOf(response)) {
    heard(chunk.byteLength);
    size += chunk.byteLength;
    if (size > limitBytes) {
      throw new UsageError({ kind: 'tooLarge', limitBytes });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

/** Reads a reply's body as JSON, up to so many bytes. Throws UsageError `notJson` or `tooLarge`. */
export async function readJson(response: Response, limitBytes: number, heard: Heard): Promise<unknown> {
  const text = await readText(response, limitBytes, heard);
  try {
    return parseJson(text);
  } catch {
    throw new UsageError({ kind: 'notJson', contentType: contentTypeOf(response) });
  }
}

/** Reads a reply's rows into columns, as they come. Throws what the fold does. */
export async function readRows(
  response: Response,
  fold: Fold,
  days: readonly UtcDay[],
  heard: Heard,
): Promise<DayColumns> {
  try {
    for await (const chunk of chunksOf(response)) {
      heard(chunk.byteLength);
      await fold.push(chunk);
    }
    return await fold.end(days);
  } catch (error) {
    fold.cancel();
    throw error instanceof UsageError && error.failure.kind === 'notJson'
      ? new UsageError({ ...error.failure, contentType: contentTypeOf(response) }, { cause: error })
      : error;
  }
}

function chunksOf({ body }: Response): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  return (body as AsyncIterable<Uint8Array> | null) ?? [];
}

function contentTypeOf({ headers }: Response): string {
  return headers.get('content-type') ?? 'no content type';
}
