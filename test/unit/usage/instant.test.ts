import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { parseInstant } from '../../../src/usage/instant';

test('a date-time with its zone is an instant, in whatever letters and fractions', () => {
  const at = Date.UTC(2028, 1, 29, 23, 59, 59, 500);
  for (const text of [
    ...['2028-02-29T23:59:59.5Z', '2028-02-29t23:59:59.500z', '2028-03-01T01:29:59.5+01:30'],
    ...['2028-02-29T18:59:59.500000000-05:00'],
  ]) {
    assert.equal(parseInstant(text), at, text);
  }
});

for (const text of [
  ...['2026-02-30T00:00:00Z', '2026-02-29T00:00:00Z', '2026-11-31T00:00:00Z', '2100-02-29T00:00:00Z'],
  ...['2026-13-01T00:00:00Z', '2026-00-10T00:00:00Z', '2026-11-00T00:00:00Z', '2026-11-20T24:00:00Z'],
  ...['2026-11-20T23:60:00Z', '2026-11-20T23:59:61Z', '2026-11-20T00:00:00', '2026-11-20', '20 Nov 2026'],
  ...['2026-11-20T00:00:00+24:00', '2026-11-20 00:00:00Z', ' 2026-11-20T00:00:00Z', ''],
]) {
  test(`“${text}” is no instant`, () => {
    assert.equal(parseInstant(text), Number.NaN);
  });
}

test('any day of a calendar is one, and no other', () => {
  const field = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
  fc.assert(
    fc.property(fc.integer({ min: 1970, max: 2200 }), field(13), field(32), (year, month, day) => {
      const two = (value: number): string => String(value).padStart(2, '0');
      const at = parseInstant(`${year}-${two(month)}-${two(day)}T12:00:00Z`);
      const date = new Date(Date.UTC(year, month - 1, day, 12));
      const isReal = month >= 1 && month <= 12 && date.getUTCMonth() === month - 1 && day >= 1;
      assert.equal(at, isReal ? date.getTime() : Number.NaN);
    }),
  );
});
