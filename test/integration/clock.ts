import FakeTimers from '@sinonjs/fake-timers';

/**
 * The clock of this process, and so that of the extension and of simulators in it, shows another time from now on, and
 * goes on from there. Gives the way back.
 */
export function beginAt(now: number): () => void {
  const clock = FakeTimers.install({ now, toFake: ['Date'], shouldAdvanceTime: true });
  return () => {
    clock.uninstall();
  };
}
