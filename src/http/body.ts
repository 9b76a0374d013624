import type { DayColumns } from '../usage/columns/columns';
import { UsageError } from '../usage/failure';
import type { EpochMs, UtcDay } from '../usage/time';
import { answeredAt } from './answeredAt';
import { parseJson } from './json';
import type { RowSink } from './rows/rowSink';

/** Called for each chunk of a body, with its size. */
type Heard = (bytes: number) => void;

/** How many bytes a reply may have. */
export interface ByteBudget {
  readonly limit: number;
  left: number;
}

/** Limits for all pages of one answer together. */
export interface PagesBudget extends ByteBudget {
  /** Maximum time for all pages, in ms. */
  readonly limitMs: number;
  /** When that time ends, by `performance.now`. */
  readonly until: number;
}

/**
 * Reads a reply's body as text, unless its decoded bytes exceed a budget. The bytes become text once, at the end, so that a
 * character split between chunks stays whole.
 */
export async function readText(
  response: Response,
  budgets: readonly ByteBudget[],
  heard: Heard,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunksOf(response)) {
    heard(chunk.byteLength);
    size += chunk.byteLength;
    for (const budget of budgets) {
      budget.left -= chunk.byteLength;
      if (budget.left < 0) {
        throw new UsageError({ kind: 'tooLarge', limitBytes: budget.limit });
      }
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

/** Reads a reply's body as JSON. Throws UsageError `notJson`, `malformed` or `tooLarge`. */
export async function readJson(
  response: Response,
  budgets: readonly ByteBudget[],
  heard: Heard,
): Promise<unknown> {
  const text = await readText(response, budgets, heard);
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof UsageError) {
      throw error;
    }
    throw new UsageError({ kind: 'notJson', contentType: contentTypeOf(response) });
  }
}

/** The requested days, and the time by this computer's clock. */
export interface RowsAsked {
  readonly days: readonly UtcDay[];
  readonly now: EpochMs;
}

/** Streams a reply's rows into columns. Throws what the sink throws. */
export async function readRows(
  response: Response,
  sink: RowSink,
  { days, now }: RowsAsked,
  heard: Heard,
): Promise<DayColumns> {
  try {
    for await (const chunk of chunksOf(response)) {
      heard(chunk.byteLength);
      await sink.push(chunk);
    }
    return await sink.end(days, answeredAt(response.headers, now));
  } catch (error) {
    sink.cancel();
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
