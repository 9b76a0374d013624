import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createTyping, type TypedNumber } from '../../../src/usage/typedNumber';

const read = (locale: string, text: string): TypedNumber => createTyping(locale).read(text);
const decimal = (text: string): TypedNumber => ({ kind: 'decimal', decimal: text });
const unclear = (...readings: string[]): TypedNumber => ({ kind: 'unclear', readings });

test('a number follows the language that it is typed in', () => {
  assert.deepEqual(read('de', '1.000'), decimal('1000'));
  assert.deepEqual(read('de', '12,5'), decimal('12.5'));
  assert.deepEqual(read('de', '1.234.567,89'), decimal('1234567.89'));
  assert.deepEqual(read('en', '1,000'), decimal('1000'));
  assert.deepEqual(read('en', '12.5'), decimal('12.5'));
  assert.deepEqual(read('fr', '1 000,5'), decimal('1000.5'));
  assert.deepEqual(read('fr', '1\u202f000,5'), decimal('1000.5'));
  assert.deepEqual(read('de-CH', '1’000.5'), decimal('1000.5'));
  assert.deepEqual(read('hi', '12,34,567.5'), decimal('1234567.5'));
  assert.deepEqual(read('fa', '۱۲٫۵'), decimal('12.5'));
  assert.deepEqual(read('fa', '۱٬۰۰۰'), decimal('1000'));
  for (const locale of ['en', 'de', 'fr', 'ja', 'pt-br', 'es']) {
    assert.deepEqual(read(locale, ' 100 '), decimal('100'));
    assert.deepEqual(read(locale, '-7'), decimal('-7'));
  }
});

test('what can be read in two ways is asked back, with both as they cannot be mistaken', () => {
  assert.deepEqual(read('de', '1,000'), unclear('1', '1000'));
  assert.deepEqual(read('en', '1.000'), unclear('1', '1000'));
  assert.deepEqual(read('en', '1.125'), unclear('1.1250', '1125'));
  assert.deepEqual(read('de', '-1,125'), unclear('-1,1250', '-1125'));
  assert.deepEqual(read('fr', '1.000'), unclear('1', '1000'));
});

test('a mark that the language uses otherwise is asked back, unless it cannot be one of thousands', () => {
  assert.deepEqual(read('de', '12.5'), unclear('12,5'));
  assert.deepEqual(read('en', '12,5'), unclear('12.5'));
  assert.deepEqual(read('de', '0.04536'), decimal('0.04536'));
  assert.deepEqual(read('en', '0,045'), decimal('0.045'));
  assert.deepEqual(read('de', '1,234.5'), decimal('1234.5'));
  assert.deepEqual(read('en', '1.234,567'), decimal('1234.567'));
  assert.deepEqual(read('en', '1.234.567'), decimal('1234567'));
});

test('anything else is no number', () => {
  for (const text of [
    '',
    '.',
    '5.',
    ',5',
    '1..5',
    '1.2.3',
    '1,2.3',
    '1e3',
    '1,23,4',
    '12 5',
    '$5',
    '5 h',
    '٫',
  ]) {
    for (const locale of ['en', 'de', 'fr']) {
      assert.deepEqual(read(locale, text), { kind: 'notANumber' }, `${locale}: ${text}`);
    }
  }
});

test('a decimal is written as it is typed, and other texts as they are', () => {
  const german = createTyping('de');
  assert.equal(german.write('0.04536'), '0,04536');
  assert.equal(german.write('1000'), '1000');
  assert.equal(german.write('1.125'), '1,1250');
  assert.equal(german.write('0,5 USD'), '0,5 USD');
  assert.equal(createTyping('en').write('12.5'), '12.5');
  assert.equal(createTyping('fa').write('12.5'), '۱۲٫۵');
  assert.deepEqual([german.decimalComma, createTyping('en').decimalComma], [true, false]);
  assert.equal(createTyping('fa').plainDigits('۵۰, 80'), '50, 80');
});

test('whatever is written in a language is read as the same number', () => {
  const number = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.stringMatching(/^\d{0,10}$/));
  fc.assert(
    fc.property(
      fc.constantFrom('en', 'de', 'fr', 'de-CH', 'hi', 'fa', 'ar-EG', 'pl', 'ja'),
      number,
      (locale, [whole, part]) => {
        const plain = part === '' ? String(whole) : `${whole}.${part}`;
        const typing = createTyping(locale);
        const again = typing.read(typing.write(plain));
        const digits = (text: string): string => (text.includes('.') ? text.replace(/\.?0*$/, '') : text);
        assert.equal(again.kind === 'decimal' ? digits(again.decimal) : again.kind, digits(plain));
      },
    ),
  );
});
