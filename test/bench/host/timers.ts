import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import promises from 'node:timers/promises';

/** How often timers ran that were set from code in a folder. */
export interface WatchedTimers {
  /** By kind, delay and place in the folder. */
  readonly runs: ReadonlyMap<string, number>;
  reset(): void;
}

type Callable = (...args: unknown[]) => unknown;

/**
 * Counts from now on how often timers of this thread run that are set from code in a folder, directly or by what that code
 * calls. Call it before that code is loaded.
 */
export function watchTimers(folder: string): WatchedTimers {
  const runs = new Map<string, number>();
  const count = (what: string): void => {
    runs.set(what, (runs.get(what) ?? 0) + 1);
  };
  for (const name of ['setTimeout', 'setInterval'] as const) {
    const plain = timers[name] as unknown as Callable;
    const counting = (callback: unknown, ms: unknown, ...args: unknown[]): unknown => {
      const place = placeIn(folder);
      if (place === undefined || typeof callback !== 'function') {
        return plain(callback, ms, ...args);
      }
      const counted = (...given: unknown[]): void => {
        count(`${name} of ${String(ms)} ms in ${place}`);
        (callback as Callable)(...given);
      };
      return plain(counted, ms, ...args);
    };
    const own = Object.assign(counting, plain); // with what makes it a promise
    Object.assign(globalThis, { [name]: own });
    Object.assign(timers, { [name]: own });
  }
  const wait = promises.setTimeout as unknown as (...args: unknown[]) => Promise<unknown>;
  const countingWait = async (ms: unknown, ...args: unknown[]): Promise<unknown> => {
    const place = placeIn(folder);
    const value = await wait(ms, ...args);
    if (place !== undefined) {
      count(`a wait of ${String(ms)} ms in ${place}`);
    }
    return value;
  };
  Object.assign(promises, { setTimeout: countingWait });
  syncBuiltinESMExports();
  return {
    runs,
    reset: () => {
      runs.clear();
    },
  };
}

/** The place in the folder that is nearest to the caller; undefined when it is called from elsewhere. */
function placeIn(folder: string): string | undefined {
  const lines = (new Error().stack ?? '').split('\n');
  const line = lines.find((each) => each.includes(folder));
  return line?.slice(line.indexOf(folder) + folder.length).replace(/\)?$/, '');
}
