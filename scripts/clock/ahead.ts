import path from 'node:path';
import { CHECKOUT } from '../checkout';

const VARIABLE = 'USAGE_EXPLORER_CLOCK_AHEAD_MS';
const PRELOAD = path.join(CHECKOUT, 'scripts', 'clock', 'preload.cjs');

/** By how many milliseconds the clock of this process is ahead of the machine's. */
const OWN_MS = Number(process.env[VARIABLE] ?? 0);

/** What to start a Node process with, to give it another clock. */
export interface Clock {
  /** Before the script. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/**
 * A clock that is ahead of this process's own by so many milliseconds (behind, when negative), and runs at the usual pace.
 * All such clocks are counted from the machine's clock, so they agree to the millisecond.
 *
 * A process passes it on to children that it starts with its own arguments, as VS Code Server does with its extension host.
 * The server removes `NODE_OPTIONS` and `LD_PRELOAD` from the host's environment.
 */
export function clockAhead(milliseconds: number): Clock {
  const ahead = OWN_MS + milliseconds;
  if (ahead === 0) return { args: [], env: {} };
  return { args: ['--require', PRELOAD], env: { [VARIABLE]: String(ahead) } };
}

/** The environment that passes such a clock on to every Node process below. */
export function everyClockAhead(milliseconds: number): NodeJS.ProcessEnv {
  const { args, env } = clockAhead(milliseconds);
  const options = [process.env['NODE_OPTIONS'] ?? '', ...args.map((arg) => JSON.stringify(arg))];
  return { ...env, NODE_OPTIONS: options.join(' ').trim() };
}
