import { setTimeout as wait } from 'node:timers/promises';
import { UsageError } from '../usage/failure';

/** Waits between two tries of a request; leaving cuts it short. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    throw new UsageError({ kind: 'cancelled' }, { cause: error });
  }
}
