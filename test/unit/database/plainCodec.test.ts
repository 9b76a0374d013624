import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decodePlain, encodePlain } from '../../../src/database/plainCodec';
import { DamagedValueError } from '../../../src/database/trouble';
import { runs } from '../../support/runs';

const leaf = fc.oneof(
  fc.bigInt(),
  fc.double().map((value) => (value === 0 ? 0 : value)),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc
    .tuple(fc.constantFrom('n:', 'd:', 't:', 'n', ':'), fc.string({ maxLength: 3 }))
    .map((parts) => parts.join('')),
);

const key = fc.oneof(fc.constantFrom('constructor', 'n:1', 't:'), fc.string({ maxLength: 5 }));

const { value: plain } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

test('gives back any plain data, bigint and NaN included', () => {
  fc.assert(
    fc.property(plain, (value) => {
      assert.deepEqual(decodePlain(encodePlain(value)), value);
    }),
    { numRuns: runs(1000) },
  );
});

test('keeps a field with the name of the prototype a field', () => {
  const value = JSON.parse('{"__proto__": {"polluted": true}}') as object;
  const decoded = decodePlain(encodePlain(value)) as object;
  assert.deepEqual(Object.keys(decoded), ['__proto__']);
  assert.equal(Object.getPrototypeOf(decoded), Object.prototype);
});

test('refuses damaged bytes', () => {
  const bytes = encodePlain({ awake_seconds: 2n ** 60n });
  bytes[bytes.length - 6] = (bytes.at(-6) ?? 0) ^ 1;
  assert.throws(() => decodePlain(bytes), DamagedValueError);
});
