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

/** A mode without these bits is read-only. Even root, who could write the file, respects that, as a person set it. */
const WRITABLE_BY_ANYONE = 0o222;
const PERMISSIONS = 0o777;

/** The same limit as Linux. */
const MOST_LINKS = 40;

/**
 * Writes a file on this computer, chunk by chunk. It gets its name only when it is whole: after an error or an abort, any
 * previous file is still there, and nothing else. A symbolic link stays one; its target is written. An existing file keeps
 * its permissions, and a read-only one is refused with `EACCES`. Rejects with the error of the file system.
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
      await chmod(unfinished, mode); // undoes the process's umask
    }
    signal.throwIfAborted();
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Where a path leads to; the file at the end of a link need not exist. */
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

/** The permissions of a writable file; undefined if there is no file. */
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
