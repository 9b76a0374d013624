import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { JsonReader } from '../../../src/providers/reader';
import { type Failure, UsageError } from '../../../src/usage/failure';

function failure(read: () => unknown): Failure {
  try {
    read();
  } catch (error) {
    if (error instanceof UsageError) {
      return error.failure;
    }
    throw error;
  }
  throw new Error('it did not fail');
}

test('a wrong field is named by its path and by what it should be', () => {
  const reply = new JsonReader({ rows: [{ awake: 1 }, { awake: 'much' }] });
  assert.deepEqual(
    failure(() => reply.field('rows').list((row) => row.field('awake').amount())),
    {
      kind: 'malformed',
      path: 'reply.rows[1].awake',
      expected: 'exactInteger',
    },
  );
});

test('a number that a double could not hold exactly is refused unless it came as a bigint', () => {
  assert.equal(new JsonReader(9007199254740993n).amount(), 9007199254740993n);
  for (const value of [2 ** 53, 1.5, -0.1, Number.POSITIVE_INFINITY, '1', true, null, undefined, [], {}]) {
    assert.equal(failure(() => new JsonReader(value).amount()).kind, 'malformed', JSON.stringify(value));
  }
});

test('null is an empty list; an absent one, or anything else, is refused', () => {
  const read = (value: unknown): unknown[] => new JsonReader(value).field('rows').list((row) => row.text());
  assert.deepEqual(read({ rows: null }), []);
  assert.equal(failure(() => read({})).kind, 'malformed');
  assert.deepEqual(read({ rows: ['a'] }), ['a']);
  assert.equal(failure(() => read({ rows: 'a' })).kind, 'malformed');
});

test('a time without a zone is refused: it would be read in the zone of the reader', () => {
  const at = (text: string): number => new JsonReader(text).instant();
  assert.equal(at('2026-11-01T00:00:00Z'), Date.UTC(2026, 10, 1));
  assert.equal(at('2026-11-01T01:30:00.250+01:30'), Date.UTC(2026, 10, 1, 0, 0, 0, 250));
  for (const text of ['2026-11-01', '2026-11-01T00:00:00', '1 Nov 2026', '2026-13-01T00:00:00Z', '']) {
    assert.equal(failure(() => at(text)).kind, 'malformed', text);
  }
});

test('what every object inherits is not taken for a field of the reply', () => {
  for (const name of ['constructor', 'toString', '__proto__']) {
    assert.equal(new JsonReader({}).field(name).isAbsent, true, name);
  }
});

test('no JSON whatever makes it throw anything but a typed failure', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const reader = new JsonReader(value);
      for (const read of [
        () => reader.field('rows').list((row) => row.field('x').amount()),
        () => reader.text(),
        () => reader.double(),
        () => reader.count(),
        () => reader.flag(),
        () => reader.instant(),
      ]) {
        try {
          read();
        } catch (error) {
          assert.ok(error instanceof UsageError && error.failure.kind === 'malformed');
        }
      }
    }),
  );
});
