import { setTimeout as wait } from 'node:timers/promises';
import { UsageError } from '../usage/failure';

/** Waits before a retry; throws when the signal is aborted. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    throw new UsageError({ kind: 'cancelled' }, { cause: error });
  }
}
