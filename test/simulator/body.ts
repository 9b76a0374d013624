import { setTimeout as pause } from 'node:timers/promises';
import { type BodyEffect } from './faults';

const CHUNK = 64 * 1024;

/** Collects texts into pieces of about 64 KiB of UTF-8. */
export function* inChunks(texts: Iterable<string>): Generator<Buffer> {
  let parts: string[] = [];
  let length = 0;
  for (const text of texts) {
    parts.push(text);
    length += text.length;
    if (length < CHUNK) continue;
    yield Buffer.from(parts.join(''));
    parts = [];
    length = 0;
  }
  if (length > 0) yield Buffer.from(parts.join(''));
}

/** The body as a fault leaves it; ends early when `signal` is aborted. */
export function spoilt(
  body: Iterable<Buffer>,
  effect: BodyEffect,
  signal: AbortSignal,
): Iterable<Buffer> | AsyncIterable<Buffer> {
  if ('slowBody' in effect) return slowed(body, effect.slowBody.bytes, effect.slowBody.pauseMs, signal);
  if ('cutAfterBytes' in effect) return first(body, effect.cutAfterBytes);
  if ('brokenJson' in effect) return withoutLastByte(body);
  return padded(body, effect.oversizeBytes);
}

async function* slowed(
  body: Iterable<Buffer>,
  bytes: number,
  pauseMs: number,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  for (const chunk of body) {
    for (let at = 0; at < chunk.length; at += bytes) {
      yield chunk.subarray(at, at + bytes);
      await pause(pauseMs, undefined, { signal });
    }
  }
}

function* first(body: Iterable<Buffer>, bytes: number): Generator<Buffer> {
  let left = bytes;
  for (const chunk of body) {
    if (left <= 0) return;
    yield chunk.subarray(0, left);
    left -= chunk.length;
  }
}

function* withoutLastByte(body: Iterable<Buffer>): Generator<Buffer> {
  let held: Buffer | undefined;
  for (const chunk of body) {
    if (held !== undefined) yield held;
    held = chunk;
  }
  if (held !== undefined) yield held.subarray(0, -1);
}

function* padded(body: Iterable<Buffer>, bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= CHUNK) yield Buffer.alloc(Math.min(left, CHUNK), ' ');
  yield* body;
}
