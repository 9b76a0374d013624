import assert from 'node:assert/strict';
import type { RowLimits } from '../../../../src/http/rows/rowList';
import { RowCutter } from '../../../../src/http/rows/rows';
import { type Failure, UsageError } from '../../../../src/usage/failure';

/** The rows that come out of chunks, or why none do. */
export function cut(chunks: Iterable<Uint8Array>, limits: Partial<RowLimits> = {}): unknown[] | Failure {
  const rows: unknown[] = [];
  const cutter = new RowCutter(({ rows: loose, first, exact }) => {
    assert.equal(first, rows.length);
    const own = exact();
    assert.equal(own.length, loose.length);
    rows.push(...own);
  }, limits);
  try {
    for (const chunk of chunks) {
      // The bytes are the sender's again once they were taken.
      const lent = Buffer.from(chunk);
      cutter.push(lent);
      lent.fill(0x58);
    }
    cutter.end();
    return rows;
  } catch (error) {
    assert.ok(error instanceof UsageError, String(error));
    return error.failure;
  }
}

export function cutText(text: string, limits: Partial<RowLimits> = {}): unknown[] | Failure {
  return cut([Buffer.from(text)], limits);
}
