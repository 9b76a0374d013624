import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { httpDate } from '../../../src/http/httpDate';

const NOW = Date.UTC(2026, 10, 21);
const EXAMPLE = Date.UTC(1994, 10, 6, 8, 49, 37);

// The examples of RFC 9110, 5.6.7.
for (const text of [
  'Sun, 06 Nov 1994 08:49:37 GMT',
  'Sunday, 06-Nov-94 08:49:37 GMT',
  'Sun Nov  6 08:49:37 1994',
]) {
  test(`“${text}” is a date of HTTP`, () => {
    assert.equal(httpDate(text, NOW), EXAMPLE);
  });
}

for (const text of [
  ...['', '-43', '120', '2026-11-21T00:00:00Z', 'Sun, 06 Nov 1994', '06 Nov 1994 08:49:37 GMT'],
  ...['Sun, 06 Nov 1994 08:49:37', 'Sun, 06 Nov 1994 08:49:37 UTC', 'Sun, 06 Nov 1994 08:49:37 +0000'],
  ...['sun, 06 nov 1994 08:49:37 gmt', 'Sun, 6 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 94 08:49:37 GMT'],
  ...[
    'Mon, 06 Nov 1994 08:49:37 GMT',
    'Mon, 31 Feb 2026 08:49:37 GMT',
    'Tue, 31 Feb 2026 08:49:37 GMT',
    'Sun, 06 Nov 1994 24:00:00 GMT',
  ],
  ...['Sun, 06 Nov 1994 08:60:00 GMT', 'Sun, 06 Nov 1994 08:49:61 GMT', 'Sun, 00 Nov 1994 08:49:37 GMT'],
  ...['Sun, 06-Nov-94 08:49:37 GMT', 'Sunday, 06 Nov 1994 08:49:37 GMT', 'Sun Nov 6 08:49:37 1994'],
]) {
  test(`“${text}” is none`, () => {
    assert.equal(httpDate(text, NOW), undefined);
  });
}

test('a leap second is the first second after it', () => {
  assert.equal(httpDate('Sat, 31 Dec 2016 23:59:60 GMT', NOW), Date.UTC(2017, 0, 1));
});

test('a year with two digits is the nearest one that is not more than 50 years ahead', () => {
  assert.equal(httpDate('Saturday, 21-Nov-26 00:00:01 GMT', NOW), NOW + 1000);
  assert.equal(httpDate('Saturday, 21-Nov-76 00:00:00 GMT', NOW), Date.UTC(2076, 10, 21));
  assert.equal(httpDate('Monday, 22-Nov-76 00:00:00 GMT', NOW), Date.UTC(1976, 10, 22));
  assert.equal(httpDate('Friday, 01-Jan-99 00:00:00 GMT', NOW), Date.UTC(1999, 0, 1));
  assert.equal(httpDate('Monday, 01-Jan-01 00:00:00 GMT', Date.UTC(1999, 11, 31)), Date.UTC(2001, 0, 1));
});

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const SECONDS = fc
  .integer({ min: Date.UTC(1980, 0, 1) / 1000, max: Date.UTC(2070, 0, 1) / 1000 })
  .map((seconds) => seconds * 1000);

test('any second reads the same in all three forms', () => {
  fc.assert(
    fc.property(SECONDS, (at) => {
      const standard = new Date(at).toUTCString();
      const [weekday = '', day = '', month = '', year = '', time = ''] = standard.replace(',', '').split(' ');
      const long = DAYS.find((name) => name.startsWith(weekday)) ?? '';
      assert.equal(httpDate(standard, NOW), at);
      assert.equal(httpDate(`${long}, ${day}-${month}-${year.slice(2)} ${time} GMT`, NOW), at);
      assert.equal(httpDate(`${weekday} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`, NOW), at);
    }),
  );
});

test('a text of any kind is a second or nothing', () => {
  const piece = fc.constantFrom(...'Sun Nov 06 1994 08:49:37 GMT , - : 60 31 Feb'.split(' '), ' ', '\n');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => {
        const at = httpDate(text, NOW);
        assert.ok(at === undefined || at % 1000 === 0);
      },
    ),
  );
});
