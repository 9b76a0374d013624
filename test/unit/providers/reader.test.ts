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

test('each kind of field is read as what it is, and anything else is told with what it should be', () => {
  const of = (value: unknown): JsonReader => new JsonReader({ a: { b: value } }).field('a').field('b');
  assert.deepEqual(
    [of('x').text(), of(true).flag(), of(1.5).double(), of(2n ** 70n).double(), of(-7).count()],
    ['x', true, 1.5, 2 ** 70, -7],
  );
  assert.deepEqual(
    [of(0.25).decimal(2), of(1n).decimal(2), of(2n ** 60n).decimal(1)],
    [25, 100, 10n * 2n ** 60n],
  );
  const wrong: [(reader: JsonReader) => unknown, unknown[], string][] = [
    [(reader) => reader.text(), [1, null, undefined, {}], 'text'],
    [(reader) => reader.flag(), [1, 'true', null], 'flag'],
    [(reader) => reader.double(), ['1', Number.NaN, Number.POSITIVE_INFINITY, null], 'number'],
    [(reader) => reader.decimal(2), ['1', Number.POSITIVE_INFINITY, undefined], 'number'],
    [(reader) => reader.amount(), [1.5, '1', 2 ** 53], 'exactInteger'],
    [(reader) => reader.count(), [2n ** 60n], 'smallInteger'],
    [(reader) => reader.instant(), ['today'], 'dateTime'],
    [(reader) => reader.list((own) => own), [{}, 'a', undefined], 'list'],
  ];
  for (const [read, values, expected] of wrong) {
    for (const value of values) {
      assert.deepEqual(
        failure(() => read(of(value))),
        { kind: 'malformed', path: 'reply.a.b', expected },
      );
    }
  }
  for (const value of [null, [], 'a', 1]) {
    assert.deepEqual(
      failure(() => of(value).field('c')),
      {
        ...{ kind: 'malformed', path: 'reply.a.b', expected: 'object' },
      },
    );
  }
});

test('what is not there and what is null are both not known', () => {
  const read = (value: unknown): unknown => new JsonReader(value).field('a').optional((a) => a.text());
  assert.deepEqual([read({}), read({ a: null }), read({ a: '' })], [undefined, undefined, '']);
  const { isAbsent } = new JsonReader(0);
  assert.equal(isAbsent, false);
});

test('what says the same in the same order has one text, whatever the size of its numbers', () => {
  const value = new JsonReader({ a: [1, 'x', 9_007_199_254_740_993n] });
  assert.equal(value.json(), '{"a":[1,"x","9007199254740993"]}');
  assert.equal(value.field('a').path, 'reply.a');
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
