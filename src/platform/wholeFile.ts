import { randomUUID } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  lstat,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Nobody may write. Asked of the mode itself: for root no file is read-only, and a person who made it so meant it. */
const WRITABLE_BY_ANYONE = 0o222;
const PERMISSIONS = 0o777;

/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * Writes a file on this computer, chunk by chunk. It takes its name only when it is whole: when something goes wrong or
 * `signal` stops it, what was there before is still there, and nothing else. A symbolic link stays one: what it leads to is
 * written. A file that was there before keeps its permissions, and a read-only one is refused with `EACCES`. Rejects with
 * the error of the file system.
 */
export async function writeWholeFile(
  path: string,
  chunks: Iterable<string | Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  const target = await behindLinks(path);
  const mode = await modeOf(target);
  const unfinished = join(dirname(target), `.${randomUUID()}.tmp`);
  try {
    await writeFile(unfinished, chunks, { flag: 'wx', signal, ...(mode === undefined ? {} : { mode }) });
    if (mode !== undefined) {
      await chmod(unfinished, mode); // without what the process' mask takes away
    }
    signal.throwIfAborted();
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Where a path leads to; the file at the end of a link need not be there yet. */
async function behindLinks(path: string): Promise<string> {
  let target = path;
  for (let links = 0; links < MOST_LINKS; links += 1) {
    if ((await ifThere(lstat(target)))?.isSymbolicLink() !== true) {
      return target;
    }
    target = resolve(await realpath(dirname(target)), await readlink(target));
  }
  throw refusal('ELOOP', 'too many symbolic links');
}

/** The permissions of a file that is there and may be written; undefined where there is none. */
async function modeOf(path: string): Promise<number | undefined> {
  const stats = await ifThere(stat(path));
  if (stats === undefined) {
    return undefined;
  }
  if ((stats.mode & WRITABLE_BY_ANYONE) === 0) {
    throw refusal('EACCES', 'the file is read-only');
  }
  await access(path, constants.W_OK);
  return stats.mode & PERMISSIONS;
}

async function ifThere<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

function refusal(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
