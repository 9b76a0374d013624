import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type ProcessGroup } from '../processes';

const LIMIT_MS = 60_000;

/**
 * Copies a server's output to its log, and returns the port from the line that says it is listening.
 *
 * @param line its first group is the port
 * @throws {Error} when the server ends first, or is not ready after a minute; it is then stopped
 */
export async function portWhenReady(group: ProcessGroup, line: RegExp, log: string): Promise<number> {
  try {
    return await portFrom(group, line, log);
  } catch (error) {
    await group.stop();
    throw error;
  }
}

function portFrom(group: ProcessGroup, line: RegExp, log: string): Promise<number> {
  const { stdout, stderr } = group.child;
  if (stdout === null || stderr === null) throw new Error('The server was started without pipes');
  // Servers print the secret that they ask for.
  const file = createWriteStream(log, { flags: 'a', mode: 0o600 });
  stdout.pipe(file, { end: false });
  stderr.pipe(file, { end: false });
  group.child.once('close', () => file.end());
  return new Promise<number>((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(new Error(`VS Code Server was not ready after ${LIMIT_MS / 1000} s; its log is ${log}`));
    }, LIMIT_MS);
    createInterface(stdout).on('line', (printed) => {
      const port = line.exec(printed)?.[1];
      if (port === undefined) return;
      clearTimeout(limit);
      resolve(Number(port));
    });
    void group.exited.then((code) => {
      clearTimeout(limit);
      reject(new Error(`VS Code Server ended with ${code ?? 'a signal'} at its start; its log is ${log}`));
    });
  });
}
