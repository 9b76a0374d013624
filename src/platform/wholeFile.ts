import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file on this computer, chunk by chunk. It takes its name only when it is whole: when something goes wrong or
 * `signal` stops it, what was there before is still there, and nothing else. Rejects with the error of the file system.
 */
export async function writeWholeFile(
  path: string,
  chunks: Iterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const unfinished = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await writeFile(unfinished, chunks, { flag: 'wx', signal });
    signal.throwIfAborted();
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
