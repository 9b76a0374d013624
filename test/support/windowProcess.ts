import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { CHECKOUT } from '../../scripts/checkout';
import { type Clock, clockAhead } from '../../scripts/clock/ahead';

/** What a window shows after a change. */
export interface Shown {
  /** Epoch milliseconds; 0 while nothing is known. */
  readonly asOf: number;
  /** Awake seconds as decimal texts; empty while unknown. */
  readonly billed: string;
  readonly metered: string;
  readonly requests: number;
}

export interface WindowOptions {
  readonly script: string;
  readonly database: string;
  readonly url: string;
  readonly key: string;
  readonly intervalMs: number;
  /** This process's own, without it. */
  readonly clock?: Clock;
}

/** Bundles what such a process runs; started by plain Node it is there at once. */
export async function bundleWindow(folder: string): Promise<string> {
  const outfile = path.join(folder, 'window.cjs');
  await build({
    entryPoints: [path.join(CHECKOUT, 'test', 'support', 'window.ts')],
    bundle: true,
    platform: 'node',
    outfile,
  });
  return outfile;
}

/** A process that shares the database with others, as a window of VS Code does. */
export class WindowProcess {
  readonly child: ChildProcess;
  readonly shown: Shown[] = [];
  #tell: () => void = () => {};

  constructor({ script, database, url, key, intervalMs, clock = clockAhead(0) }: WindowOptions) {
    const args = [...clock.args, script, database, url, key, String(intervalMs)];
    this.child = spawn(process.execPath, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...clock.env },
    });
    const lines = createInterface({ input: this.child.stdout as NodeJS.ReadableStream });
    lines.on('line', (line) => {
      this.shown.push(JSON.parse(line) as Shown);
      this.#tell();
    });
  }

  /** Waits until what it shows is so. */
  async shows(is: (shown: Shown) => boolean): Promise<Shown> {
    for (;;) {
      const found = this.shown.find(is);
      if (found !== undefined) {
        return found;
      }
      await new Promise<void>((resolve) => {
        this.#tell = resolve;
      });
    }
  }

  /** Ends as a window that is closed does. */
  async close(): Promise<void> {
    this.child.stdin?.end();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, 'exit');
    }
  }

  /** Ends as a window whose computer loses power does. */
  kill(): void {
    this.child.kill('SIGKILL');
  }
}
