import assert from 'node:assert/strict';

/**
 * Fails when another process cannot have this one's clock. It told its time, `said`, in whole seconds, between `since` and
 * now. Epoch milliseconds.
 */
export function checkClock(whose: string, said: number, since: number): void {
  const [earliest, latest] = [Math.floor(since / 1000) * 1000, Date.now()];
  const [at, from, to] = [said, earliest, latest].map((time) => new Date(time).toISOString());
  assert.ok(earliest <= said && said <= latest, `${whose} told ${at}; here it was from ${from} to ${to}`);
}
