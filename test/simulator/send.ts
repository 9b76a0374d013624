import { once } from 'node:events';
import { type ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { type Answer } from './answer';
import { inChunks, spoilt } from './body';
import { type BodyEffect } from './faults';

/**
 * Sends an answer with backpressure. What making the body throws is passed on; while nothing was sent yet, which
 * is so for every body up to 64 KiB, the caller can still answer something else.
 * @param signal ends a pause or a wait for the reader.
 */
export async function send(
  response: ServerResponse,
  answer: Answer,
  options: { readonly gzip: boolean; readonly spoil: BodyEffect | undefined; readonly signal: AbortSignal },
): Promise<void> {
  const { gzip, spoil, signal } = options;
  const chunks = inChunks(answer.body);
  const opening = [chunks.next(), chunks.next()].flatMap((result) => (result.done ? [] : [result.value]));
  const body = joined(opening, chunks);

  if (spoil !== undefined) {
    response.writeHead(answer.status, answer.headers);
    response.flushHeaders();
    await write(response, spoilt(body, spoil, signal), signal);
    // No last chunk: the reader must notice that the body is not whole.
    if ('cutAfterBytes' in spoil) {
      response.socket?.destroySoon();
      return;
    }
  } else if (gzip) {
    response.writeHead(answer.status, { ...answer.headers, 'content-encoding': 'gzip' });
    // The iteration below sees the errors that this callback is told.
    const zipped = pipeline(Readable.from(body), createGzip(), () => undefined);
    await write(response, zipped as AsyncIterable<Buffer>, signal);
  } else {
    // Like Go: a small body is sent with its length, a big one in chunks.
    const length = opening.length < 2 ? { 'content-length': opening[0]?.length ?? 0 } : {};
    response.writeHead(answer.status, { ...answer.headers, ...length });
    await write(response, body, signal);
  }
  response.end();
}

function* joined(opening: readonly Buffer[], rest: Iterable<Buffer>): Generator<Buffer> {
  yield* opening;
  yield* rest;
}

async function write(
  response: ServerResponse,
  body: Iterable<Buffer> | AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<void> {
  for await (const chunk of body) {
    signal.throwIfAborted();
    if (!response.write(chunk)) await once(response, 'drain', { signal });
  }
}
