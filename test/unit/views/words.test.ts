import assert from 'node:assert/strict';
import test from 'node:test';
import type { MonthComparison } from '../../../src/insights/month/monthComparison';
import { emptyUsage } from '../../../src/store/accountUsage';
import { createFormats } from '../../../src/usage/format';
import { HOUR, monthOf, monthToDate } from '../../../src/usage/time';
import { createTyping } from '../../../src/usage/typedNumber';
import { figures } from '../../../src/views/dashboard/dashboardFigures';
import { badgeWords } from '../../../src/views/words/checkWords';
import { pastText, rangeText } from '../../../src/views/words/forecastWords';
import { lengthsWords } from '../../../src/views/words/periodWords';
import { emissionWords } from '../../../src/views/words/trailWords';
import { unclearWords } from '../../../src/views/words/typedWords';
import { allowanceWords } from '../../../src/views/words/usageWords';
import { ACCOUNT } from '../store/fakeSource';

const FORMATS = createFormats('en-GB');

test('a figure of the first of a month says of which days it is, and against which it is held', () => {
  const [november, october] = [Date.UTC(2026, 10, 1), Date.UTC(2026, 9, 1)];
  const metered = {
    now: 7200,
    nowPeriod: { start: november, end: november + 5 * HOUR },
    before: 3600,
    beforePeriod: { start: october, end: october + 5 * HOUR },
  };
  const comparison = { of: () => ({ metered }) } as unknown as MonthComparison;
  const period = monthToDate(november + 6 * HOUR);
  const usage = { ...emptyUsage(period), compute: { value: new Map(), asOf: november + 6 * HOUR } };
  const [awake] = figures(ACCOUNT, usage, comparison, FORMATS);
  assert.equal(
    awake?.lines.find(({ kind }) => kind === 'metered')?.change?.detail,
    '7,200 s metered in 2026-11-01 00:00–05:00, against 3,600 s in 2026-10-01 00:00–05:00',
  );
});

test('a forecast of a month before is what would have been said, since nothing was said then', () => {
  const forecast = { total: 41 * 3600, low: 38 * 3600, high: 44 * 3600 };
  assert.equal(
    pastText(
      { day: '2026-10-21', forecast, came: 38 * 3600 } as Parameters<typeof pastText>[0],
      'awake_seconds',
      FORMATS,
    ),
    'From the days before Wed 21 Oct, the forecast would have been 41 h (38–44); the month ended at 38 h.',
  );
});

test('a range names its unit once, and a currency at each end', () => {
  const hours = { total: 41 * 3600, low: 38 * 3600, high: 44 * 3600 };
  assert.equal(rangeText(hours, 'awake_seconds', FORMATS), '41 h (38–44)');
  const pounds = { total: 41e10, low: 38.5e10, high: 44e10 }; // money is kept to 10^−8 pence
  assert.equal(rangeText(pounds, 'estimate.GBP', FORMATS), '£41.00 (£38.50–£44.00)');
});

test('the first minutes of a month are no difference of 100 %, and no match', () => {
  const badge = {
    meter: 'awake_seconds',
    share: 1,
    isUnbilled: true,
    findings: 0,
    severity: undefined,
    tone: 'neutral',
  } as const;
  const open = { kind: 'open', since: 0, buckets: 1 } as const;
  assert.equal(
    badgeWords({ ...badge, verdict: open }, FORMATS),
    'Awake time is not billed yet: 1 open bucket explains it',
  );
  assert.equal(badgeWords({ ...badge, verdict: { kind: 'unused' } }, FORMATS), 'No usage yet');
  assert.equal(
    badgeWords({ ...badge, share: 0.042, isUnbilled: false, verdict: { ...open, buckets: 2 } }, FORMATS),
    'Differs by +4.2%: 2 open buckets explain it',
  );
});

test('a number that can be mistaken is asked back with what to write', () => {
  const [german, english] = [createTyping('de'), createTyping('en')];
  assert.equal(unclearWords(german.read('1,000')), 'This can be read in two ways. Write 1 or 1000.');
  assert.equal(
    unclearWords(english.read('12,5')),
    'This number is ambiguous. Write 12.5 if that is what you mean.',
  );
  assert.equal(unclearWords(german.read('12,5')), undefined);
});

test('months that are not of one length are said to be so, and others are not', () => {
  const [february, march, may, july] = [1, 2, 4, 6].map((month) => monthOf(Date.UTC(2026, month, 1)));
  assert.ok(february && march && may && july);
  assert.equal(lengthsWords(march, february, FORMATS), '31 days against 28');
  assert.equal(lengthsWords(july, may, FORMATS), undefined);
  const metered = { now: 7200, nowPeriod: march, before: 3600, beforePeriod: february };
  const comparison = { of: () => ({ metered }) } as unknown as MonthComparison;
  const usage = { ...emptyUsage(march), compute: { value: new Map(), asOf: march.end } };
  const [awake] = figures(ACCOUNT, usage, comparison, FORMATS);
  const card = awake?.lines.find(({ kind }) => kind === 'metered');
  assert.equal(card?.change?.text, '+100% (31 days against 28)');
});

test('an identifier says that a meter event was emitted, even where no time is told', () => {
  const [emitted, none] = [true, false].map((own) =>
    emissionWords({ emitted: own, emittedAt: undefined }, FORMATS),
  );
  assert.equal(emitted, 'A meter event was emitted; the vendor does not say when');
  assert.equal(none, 'No meter event emitted yet');
});

test('what the plan includes is said in the unit of the axis', () => {
  assert.deepEqual(
    [24, 1, undefined].map((hours) => allowanceWords(20, hours, FORMATS)),
    [
      'Included in the plan: 20 GiB × 24 h = 480 GiB-h a day',
      'Included in the plan: 20 GiB-h an hour',
      'Included in the plan: 20 GiB',
    ],
  );
});
