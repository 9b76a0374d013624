import { UsageError } from '../usage/failure';

/** Waits for work that cannot be stopped. Throws UsageError `cancelled` when the signal is aborted, or what the work throws. */
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
