import { type ChildProcess, spawn, type SpawnOptions, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { build } from 'esbuild';
import { CHECKOUT } from '../../../scripts/checkout';
import type { Told } from './child';

/** Bundles what the processes run; started by plain Node it is there at once. */
export async function bundleChild(folder: string): Promise<string> {
  const outfile = path.join(folder, 'child.cjs');
  await build({
    entryPoints: [path.join(CHECKOUT, 'test', 'unit', 'database', 'child.ts')],
    bundle: true,
    platform: 'node',
    outfile,
  });
  return outfile;
}

/** Runs a command until it ends, and reads what it prints. Rejects when that is no JSON. */
export async function tell(command: readonly string[], options: SpawnOptions = {}): Promise<Told> {
  return (await result(command, options)) as Told;
}

export async function result(command: readonly string[], options: SpawnOptions = {}): Promise<unknown> {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const [text] = await Promise.all([textOf(child), once(child, 'exit')]);
  return JSON.parse(text) as unknown;
}

/** Whether a command works here. */
export function works(command: readonly string[], options: SpawnOptions = {}): boolean {
  const [program = '', ...args] = command;
  return spawnSync(program, args, { ...options, stdio: 'ignore' }).status === 0;
}

async function textOf({ stdout }: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of stdout ?? []) {
    text += String(chunk);
  }
  return text;
}
