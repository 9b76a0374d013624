import assert from 'node:assert/strict';

const SHORT = 1 << 14;
const TIMES = 16;

/** Far from what is proportional (1), and from what grows with the square (16). */
const MOST = 8;

/** Shorter times are chance. Milliseconds. */
const LEAST_MS = 5;

const ROUNDS = 3;

/**
 * Asserts that work takes time in proportion to the length of its input. Compares processor time in one run, the least of some
 * rounds each, so that neither the machine's speed nor what else runs there counts.
 */
export function assertLinear(what: string, work: (length: number) => void): void {
  work(SHORT);
  const [short, long] = [leastMs(work, SHORT), leastMs(work, TIMES * SHORT)];
  assert.ok(long < TIMES * MOST * Math.max(short, LEAST_MS), `${what}: ${short} → ${long} ms`);
}

function leastMs(work: (length: number) => void, length: number): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage();
    work(length);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
