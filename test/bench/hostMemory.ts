import { readdirSync, readFileSync } from 'node:fs';

/** What a process has in memory, in MB of a million bytes. */
export interface Resident {
  readonly rss: number;
  /** The part of it that no file stands behind: heaps and stacks. */
  readonly anonymous: number;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/**
 * What the extension host of the only window on a server's profile has in memory.
 *
 * @throws {Error} when there is not exactly one such process, or no /proc: this is for Linux alone
 */
export function hostMemory(dataDir: string): Resident {
  const all = new Map(processes().map((each) => [each.pid, each]));
  const hosts = [...all.values()].filter(
    (each) => each.command.includes('--type=extensionHost') && isBelow(each, dataDir, all),
  );
  const [host] = hosts;
  if (host === undefined || hosts.length > 1) {
    throw new Error(`there are ${hosts.length} extension hosts on ${dataDir}`);
  }
  const status = readFileSync(`/proc/${host.pid}/status`, 'utf8');
  return { rss: megabytes(status, 'VmRSS'), anonymous: megabytes(status, 'RssAnon') };
}

/** Only the server itself has its profile among its arguments. */
function isBelow(own: Process, dataDir: string, all: ReadonlyMap<number, Process>): boolean {
  for (let each = all.get(own.parent); each !== undefined; each = all.get(each.parent)) {
    if (each.command.split('\0').includes(dataDir)) {
      return true;
    }
  }
  return false;
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, parent] = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8')) ?? [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
        return [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

function megabytes(status: string, field: string): number {
  const [, kibibytes] = new RegExp(`^${field}:\\s*(\\d+) kB`, 'm').exec(status) ?? [];
  return (Number(kibibytes) * 1024) / 1e6;
}
