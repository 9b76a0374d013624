import assert from 'node:assert/strict';
import { after, before } from 'node:test';

interface Closable {
  close(): unknown;
  /** What a simulated vendor did against its contract. */
  readonly violations?: readonly string[];
}

/** Takes what has just been opened, to close it at the end. */
export type CloseLater = (opened: Closable) => void;

/**
 * Opens what tests share, before the first of them. It is closed after the last one, also when something after it did not
 * open: a server left open keeps the process from ending.
 */
export function openBefore(open: (closeLater: CloseLater) => Promise<void>): void {
  const opened: Closable[] = [];
  before(() => open((one) => opened.push(one)));
  after(() => closeAll(opened));
}

/** The same for one test. */
export async function whileOpen(body: (closeLater: CloseLater) => Promise<void>): Promise<void> {
  const opened: Closable[] = [];
  try {
    await body((one) => opened.push(one));
  } finally {
    await closeAll(opened);
  }
}

/** Closes the newest first, and goes on when one fails. Rejects then, and when a vendor's contract was broken. */
async function closeAll(opened: Closable[]): Promise<void> {
  const newest = opened.pop();
  if (newest === undefined) return;
  try {
    await newest.close();
    assert.deepEqual(newest.violations ?? [], []);
  } finally {
    await closeAll(opened);
  }
}
