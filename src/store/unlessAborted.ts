import { UsageError } from '../usage/failure';

/** Waits for work that cannot be stopped, for as long as nobody gives up. Throws UsageError `cancelled` then, or what the work does. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => {
      reject(new UsageError({ kind: 'cancelled' }));
    };
  });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) {
    stop();
  }
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
