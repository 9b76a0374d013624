import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { WITHOUT_KEYS } from './withoutKeys';

/** Where a process runs, and what to add to its environment: this process's own, without API keys. */
export interface Surroundings {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** A process with all of its children. */
export interface ProcessGroup {
  child: ChildProcess;
  /**
   * Settles with the exit code, or null after a signal, once everything printed has been read. Never settles when this
   * process is being interrupted.
   */
  exited: Promise<number | null>;
  /** Ends every process of the group: politely first, by force after `graceMs`. Calling it twice is harmless. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * The leader of a group is a shell that waits for the command, beside a reader of a pipe from this process. When this
 * process ends in any way, even by SIGKILL, the pipe closes and the reader kills the whole group.
 */
const LEASH = [
  'exec 3<&0',
  '{ cat <&3 >/dev/null; kill -KILL 0; } &',
  'trap : TERM INT',
  '"$@" 3<&- </dev/null',
].join('\n');

/**
 * Starts a command as a process group of its own, tied to the life of this process.
 *
 * Its standard output and error are pipes (`child.stdout`, `child.stderr`) unless `output` says otherwise; a file
 * descriptor takes both.
 */
export function startGroup(
  command: string,
  args: readonly string[],
  surroundings: Surroundings = {},
  output: 'pipe' | 'inherit' | number = 'pipe',
): ProcessGroup {
  const child = spawn('/bin/sh', ['-c', LEASH, command, command, ...args], {
    cwd: surroundings.cwd,
    env: { ...process.env, ...WITHOUT_KEYS, ...surroundings.env },
    detached: true,
    stdio: ['pipe', output, output],
  });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      forget();
      signalGroup(child, 'SIGKILL');
    });
    child.once('close', resolve);
  });
  // While this process is being interrupted, nobody must start the next thing.
  const exited = closed.then((code) => (ending ? new Promise<never>(() => undefined) : code));
  const stop = async (graceMs = 5000): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    signalGroup(child, 'SIGTERM');
    const force = setTimeout(() => {
      signalGroup(child, 'SIGKILL');
    }, graceMs);
    await closed;
    clearTimeout(force);
  };
  const forget = atInterrupt(stop);
  return { child, exited, stop };
}

/** Runs a command to its end and gives its exit code (1 when a signal ended it). */
export async function run(
  command: string,
  args: readonly string[],
  surroundings: Surroundings = {},
  output: 'inherit' | number = 'inherit',
): Promise<number> {
  return (await startGroup(command, args, surroundings, output).exited) ?? 1;
}

/** Runs a command to its end and returns its output, both streams together, and its exit code. */
export async function capture(
  command: string,
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<{ code: number; text: string }> {
  const group = startGroup(command, args, surroundings);
  let text = '';
  for (const stream of [group.child.stdout, group.child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  return { code: (await group.exited) ?? 1, text };
}

const atEnd = new Set<() => Promise<void>>();

/** Registers work to do when SIGINT, SIGTERM or SIGHUP ends this process. Returns how to withdraw it. */
export function atInterrupt(work: () => Promise<void>): () => void {
  if (atEnd.size === 0 && !ending) for (const signal of SIGNALS) process.on(signal, end);
  atEnd.add(work);
  return () => {
    atEnd.delete(work);
    if (atEnd.size === 0 && !ending) for (const signal of SIGNALS) process.off(signal, end);
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let ending = false;

/** Does the registered work, newest first, and then lets the signal have its usual effect. */
function end(signal: NodeJS.Signals): void {
  if (ending) return;
  ending = true;
  process.exitCode = 128 + constants.signals[signal];
  void inTurn([...atEnd].reverse()).then(() => {
    for (const each of SIGNALS) process.off(each, end);
    process.kill(process.pid, signal);
  });
}

async function inTurn(works: readonly (() => Promise<void>)[]): Promise<void> {
  for (const work of works) {
    await work().catch((error: unknown) => {
      console.error(error);
    });
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
