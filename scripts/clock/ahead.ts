import path from 'node:path';
import { CHECKOUT } from '../checkout';

const VARIABLE = 'USAGE_EXPLORER_CLOCK_AHEAD_MS';
const PRELOAD = path.join(CHECKOUT, 'scripts', 'clock', 'preload.cjs');

/** By how many milliseconds the clock of this process is ahead of the machine's. */
const OWN_MS = Number(process.env[VARIABLE] ?? 0);

/** What a Node process is started with, so that it has another clock. */
export interface Clock {
  /** Before the script. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * A clock that is ahead of this process's own by so many milliseconds (behind, when negative), and goes on at the usual
 * pace. All that are made so are counted from the machine's clock, and agree with each other to the millisecond.
 *
 * A process hands it on to the children that it starts with its own arguments, as VS Code Server does with its extension
 * host, from whose environment it takes `NODE_OPTIONS` and `LD_PRELOAD` away.
 */
export function clockAhead(milliseconds: number): Clock {
  const ahead = OWN_MS + milliseconds;
  if (ahead === 0) return { args: [], env: {} };
  return { args: ['--require', PRELOAD], env: { [VARIABLE]: String(ahead) } };
}

/** The environment that hands such a clock on to every Node process below. */
export function everyClockAhead(milliseconds: number): NodeJS.ProcessEnv {
  const { args, env } = clockAhead(milliseconds);
  const options = [process.env['NODE_OPTIONS'] ?? '', ...args.map((arg) => JSON.stringify(arg))];
  return { ...env, NODE_OPTIONS: options.join(' ').trim() };
}
