import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decodeColumns, encodeColumns } from '../../../src/database/columnsCodec';
import { DamagedValueError } from '../../../src/database/trouble';
import { startAt, toColumns } from '../../../src/usage/columns/columns';
import { buffersIn } from '../../../src/worker/buffersIn';
import { runs } from '../../support/runs';
import { computeDay } from '../usage/builders';
import { anyColumns } from './anyColumns';

const LABEL = 'computeDays 2026-11-01';

test('gives back any columns, number for number', () => {
  fc.assert(
    fc.property(anyColumns, (columns) => {
      assert.deepEqual(decodeColumns(encodeColumns(columns, LABEL), LABEL, columns.subjectIds), columns);
    }),
    { numRuns: runs(1000) },
  );
});

test('keeps a value that is far from all others, and the sentinel of every width as a value', () => {
  for (const last of [254, 255, 65_534, 65_535, 2 ** 32 - 2, 2 ** 32 - 1, 2 ** 60, 0.5]) {
    const starts = [10, Number.NaN, 11, 10 + last];
    const columns = toColumns(starts.map((start) => ({ ...computeDay('m', '2026-11-01', 1), start })));
    const decoded = decodeColumns(encodeColumns(columns, LABEL), LABEL, columns.subjectIds);
    assert.deepEqual(
      starts.map((_, row) => startAt(decoded, row)),
      starts,
    );
  }
});

test('shares no memory with the bytes or between columns, so that columns can be handed to another thread', () => {
  const bytes = encodeColumns(toColumns([computeDay('m', '2026-11-01', 0.5)]), LABEL);
  const columns = decodeColumns(bytes, LABEL, []);
  const arrays: ArrayBufferView<ArrayBuffer>[] = [
    columns.subject,
    columns.shape,
    columns.trail,
    columns.start,
    columns.end,
  ];
  arrays.push(columns.dataThrough, columns.emittedAt);
  const buffers = [...arrays, columns.times, ...columns.amounts.values()].map(({ buffer }) => buffer);
  assert.equal(new Set([...buffers, bytes.buffer]).size, buffers.length + 1);
  assert.deepEqual(new Set(buffersIn(columns)), new Set(buffers));
  assert.ok(arrays.every(({ byteLength }) => byteLength === 2));
});

test('refuses damaged bytes instead of giving wrong numbers', () => {
  const days = Array.from({ length: 300 }, (_, row) => computeDay(`machine-${row % 7}`, '2026-11-01', row));
  const columns = toColumns(days);
  const bytes = encodeColumns(columns, LABEL);
  fc.assert(
    fc.property(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ change;
      let decoded: unknown;
      try {
        decoded = decodeColumns(damaged, LABEL, []);
      } catch (error) {
        assert.ok(error instanceof DamagedValueError);
        return;
      }
      // Some bytes of gzip's own header say nothing about the content.
      assert.ok(at < 10);
      assert.deepEqual(decoded, { ...columns, subjectIds: [] });
    }),
    { numRuns: runs(500) },
  );
});

test('refuses bytes that were cut anywhere', () => {
  const bytes = encodeColumns(toColumns([computeDay('m', '2026-11-01', 5)]), LABEL);
  for (let length = 0; length < bytes.length; length += 1) {
    assert.throws(() => decodeColumns(bytes.subarray(0, length), LABEL, []), DamagedValueError);
  }
});

test('refuses columns of something else', () => {
  const bytes = encodeColumns(toColumns([computeDay('m', '2026-11-01', 5)]), LABEL);
  assert.throws(() => decodeColumns(bytes, 'computeDays 2026-11-02', []), DamagedValueError);
});
