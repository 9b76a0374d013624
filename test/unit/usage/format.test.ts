import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createFormats } from '../../../src/usage/format';

const english = createFormats('en');
const german = createFormats('de');

test('the same figure, exact, short and rounded', () => {
  assert.equal(english.exact(5_612_345, 'awake_seconds'), '5,612,345 s');
  assert.equal(english.short(5_612_345, 'awake_seconds'), '5.61M s');
  assert.equal(english.rounded(5_612_345, 'awake_seconds'), '1,559 h');
  assert.equal(english.rounded(3_600_000 * 12, 'cpu_millicore_seconds'), '12 vCPU-h');
  assert.equal(english.rounded(1024 * 3600 * 3, 'memory_mib_seconds'), '3 GiB-h');
  assert.equal(english.rounded(3 * 1024 ** 3, 'logical_storage_bytes'), '3 GiB');
});

test('below a thousand, short is exact', () => {
  assert.equal(english.short(999, 'awake_seconds'), '999 s');
  assert.equal(english.short(0, 'awake_seconds'), '0 s');
});

test('beyond 2^53 every digit is shown', () => {
  assert.equal(english.exact(9_007_199_254_740_993n, 'awake_seconds'), '9,007,199,254,740,993 s');
  assert.equal(english.exact(-(2n ** 63n), 'awake_seconds'), '−9,223,372,036,854,775,808 s');
});

test('something above zero is never written as zero', () => {
  assert.equal(english.rounded(1, 'awake_seconds'), '<0.01 h');
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }), (amount) => {
      assert.doesNotMatch(english.rounded(amount, 'awake_seconds'), /^0(\.0+)? /);
      assert.doesNotMatch(english.short(amount, 'awake_seconds'), /^0 /);
    }),
  );
});

test('a minus is as wide as a plus, in every figure and every language', () => {
  for (const formats of [english, german, createFormats('sv'), createFormats('ar')]) {
    const figures = [
      formats.exact(-36_000, 'awake_seconds'),
      formats.exact(-31_250_000, 'paas.cents'),
      formats.short(-5_612_345, 'awake_seconds'),
      formats.rounded(-36_000, 'awake_seconds'),
      formats.rounded(-692_200_000_000, 'paas.USD'),
      formats.rounded(-1, 'paas.USD'),
      formats.number(-0.001),
      formats.cell(-12.5),
      formats.decimal('-1100.25'),
      formats.count(-7),
      formats.percent(-0.42),
      formats.change(-0.001),
      formats.change(-0.5),
    ];
    for (const figure of figures) {
      assert.match(figure, /−/, figure);
      assert.doesNotMatch(figure, /-/, figure);
    }
  }
  assert.deepEqual([english.change(0.042), english.change(-0.12)], ['+4.2%', '−12%']);
  assert.equal(english.rounded(-692_200_000_000, 'paas.USD'), '−$69.22');
});

test('numbers are written as the language writes them', () => {
  assert.equal(german.exact(5_612_345, 'awake_seconds'), '5.612.345 s');
  assert.equal(german.rounded(3600 * 1.5, 'awake_seconds'), '1,5 h');
});

test('every time is UTC, whatever the zone of the computer', () => {
  const at = Date.UTC(2026, 10, 1, 0, 30);
  assert.equal(english.instant(at), '2026-11-01 00:30 UTC');
  assert.equal(english.clock(at), '00:30 UTC');
  assert.equal(english.month(at), 'November 2026');
  assert.equal(english.day('2026-11-01'), 'Sun Nov 1');
  assert.equal(english.dayInMonth('2026-11-01'), 'Sun 1');
  assert.equal(english.dayOfMonth('2026-11-01'), '1');
});

test('a bucket is named by its edges; the end of a day is 24:00', () => {
  const day = Date.UTC(2026, 10, 20);
  assert.equal(english.span(day + 14 * 3_600_000, day + 15 * 3_600_000), '14:00–15:00');
  assert.equal(english.span(day + 23 * 3_600_000, day + 24 * 3_600_000), '23:00–24:00');
  assert.equal(english.span(day, day + 48 * 3_600_000), '2026-11-20 00:00–2026-11-22 00:00');
});

test('a period says its day, wherever it stands: on the first of a month, too', () => {
  const [november, october] = [Date.UTC(2026, 10, 1), Date.UTC(2026, 9, 1)];
  const hours = 5 * 3_600_000;
  assert.equal(english.period(november, november + hours), '2026-11-01 00:00–05:00');
  assert.equal(english.period(october, october + 24 * 3_600_000), '2026-10-01');
  assert.equal(english.period(october, october + 29 * hours), '2026-10-01 00:00–2026-10-07 01:00');
});

test('dates are of one calendar in every language, the one that the vendors have', () => {
  const [first, last] = [Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 20)];
  const years = { en: '2026', fa: '۲۰۲۶', th: '2026', 'ar-SA': '٢٠٢٦' };
  for (const [locale, year] of Object.entries(years)) {
    const own = createFormats(locale);
    for (const text of [own.month(first), own.days(first, last + 1)]) {
      assert.ok(text.includes(year), `${locale}: ${text}`);
    }
  }
  const persian = createFormats('fa');
  assert.equal(persian.month(first), 'نوامبر ۲۰۲۶');
  assert.equal(persian.shortMonth(first), 'نوامبر');
  assert.equal(persian.dayOfMonth('2026-11-20'), '۲۰');
  assert.match(persian.day('2026-11-20'), /۲۰.*نوامبر/);
  assert.match(persian.dayInMonth('2026-11-20'), / ۲۰$/);
});

test('in a column the digits stand under each other, and little is still not nothing', () => {
  assert.deepEqual(
    [1559.25, 24, 6.7, 0, 0.001].map((value) => english.cell(value)),
    ['1,559.25', '24.00', '6.70', '0.00', '<0.01'],
  );
});

test('money has its currency, sensible digits, and every digit where it is exact', () => {
  const usd = (text: number): number => Math.round(text * 1e10);
  assert.equal(english.rounded(usd(69.22), 'paas.USD'), '$69.22');
  assert.equal(english.rounded(usd(1234.56), 'paas.USD'), '$1,235');
  assert.equal(english.rounded(usd(0.0049), 'paas.USD'), '<$0.01');
  assert.equal(english.rounded(0, 'paas.USD'), '$0.00');
  assert.equal(english.short(usd(69.22), 'spend.EUR'), '€69.22');
  assert.equal(english.exact(usd(0.000_000_012_3), 'paas.USD'), '0.0000000123 USD');
});

test('money without a currency has no sign: cents, or a plain number', () => {
  assert.equal(english.rounded(1_234_500_000_000, 'paas.cents'), '12,345 cents');
  assert.equal(english.rounded(7, 'paas.cents'), '<0.01 cents');
  assert.equal(english.exact(31_250_000, 'paas.cents'), '0.3125 cents');
  assert.equal(english.rounded(25_000_000_000, 'paas.major'), '2.5');
});

test('credits are credits, and vCPU-seconds become hours', () => {
  assert.equal(english.rounded(31_200_000_000, 'credit_cents'), '312 credit cents');
  assert.equal(english.rounded(14_400_000_000, 'sandbox_seconds'), '4 vCPU-h');
  assert.equal(english.exact(14_400_500_000, 'sandbox_seconds'), '14,400.5 vCPU-s');
  assert.equal(english.rounded(2_500_000, 'storage_gb_hours'), '2.5 GiB-h');
});

test('money above zero is never written as nothing', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 20n }), (amount) => {
      for (const meter of ['paas.USD', 'paas.JPY', 'paas.cents', 'spend.major', 'credit_cents'] as const) {
        assert.match(english.rounded(amount, meter), /[1-9]/);
      }
    }),
  );
});
