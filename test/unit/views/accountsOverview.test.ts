import assert from 'node:assert/strict';
import test from 'node:test';
import type { OverviewRow } from '../../../src/protocol/overview';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import { DayCache } from '../../../src/store/dayCache';
import type { Account } from '../../../src/usage/account';
import type { UsageBucket } from '../../../src/usage/bucket';
import { columnsByDay, toColumns } from '../../../src/usage/columns/columns';
import { createFormats } from '../../../src/usage/format';
import { type MeterId, moneyMeter } from '../../../src/usage/meter';
import { DAY, HOUR, monthToDate, startOfDay } from '../../../src/usage/time';
import type { KnownMonth } from '../../../src/views/dashboard/overview/accountMonth';
import { accountsOverview } from '../../../src/views/dashboard/overview/accountsOverview';
import { budget, standingsOf } from '../insights/budgets/budgeting';
import { computeDay } from '../usage/builders';

const NOW = Date.UTC(2026, 10, 5, 9, 20);
const H = 3600;
const CENT = 10 ** 8;
const formats = createFormats('en');

const account = (label: string, provider: Account['provider']): Account => ({ id: label, provider, label });
const work = account('Work', 'dedalus');
const team = account('Team', 'miosa');
const shop = account('Shop', 'northflank');

/** With getters, as an account of the store has them: a spread has none of them. */
class Known implements KnownMonth {
  constructor(private readonly own: KnownMonth) {}
  get usage(): AccountUsage {
    return this.own.usage;
  }
  get dayCache(): DayCache {
    return this.own.dayCache;
  }
  get refreshing(): Promise<void> | undefined {
    return this.own.refreshing;
  }
}

function known(usage: Partial<AccountUsage>, more: Partial<KnownMonth> = {}): KnownMonth {
  return new Known({
    ...{ usage: { ...emptyUsage(monthToDate(NOW)), ...usage } },
    ...{ dayCache: new DayCache(), refreshing: undefined },
    ...more,
  });
}

const billed = (hours: number, more: Partial<KnownMonth> = {}): KnownMonth =>
  known({ summary: { value: { billed: { awake_seconds: hours * H }, levels: {} }, asOf: NOW } }, more);

const credits = (cents: number): KnownMonth =>
  known({
    summary: { value: { billed: {}, levels: {}, used: { credit_cents: cents * CENT } }, asOf: NOW },
  });

function spend(day: string, meter: MeterId, amount: number): UsageBucket {
  const start = startOfDay(day) + 7 * HOUR;
  return {
    ...{ kind: 'usage', subjectId: 'cpu', start, end: start + HOUR, quantities: { [meter]: amount } },
    ...{ meteringBucketIds: [], meterEvents: [] },
  };
}

const spent = (unit: string, cents: number, missing: readonly string[] = []): KnownMonth =>
  known({
    spend: {
      value: columnsByDay([spend('2026-11-04', moneyMeter('paas', unit), cents * CENT)], ['2026-11-04']),
      asOf: NOW,
      ...(missing.length === 0 ? {} : { missing }),
    },
  });

function overviewOf(
  all: readonly (readonly [Account, KnownMonth | undefined])[],
  standings = standingsOf([], {}),
): ReturnType<typeof accountsOverview> {
  const months = new Map(all.map(([{ id }, month]) => [id, month]));
  return accountsOverview(
    {
      accounts: all.map(([own]) => own),
      known: (id) => months.get(id),
      standings,
      now: NOW,
    },
    formats,
  );
}

const texts = ({ figure, monthEnd, budget: own, state }: OverviewRow): string[] =>
  [figure, monthEnd, own, state].map(({ text }) => text);

test('each account has the figure of its vendor, and each unit a total', () => {
  const { rows, totals, notes } = overviewOf([
    [work, billed(126)],
    [team, credits(41)],
    [account('Home', 'dedalus'), billed(4)],
    [shop, spent('USD', 300)],
  ]);
  assert.deepEqual(
    rows.map(({ accountId, figure }) => [accountId, figure.text]),
    [
      ['Work', '126 h billed'],
      ['Team', '41 credit cents'],
      ['Home', '4 h billed'],
      ['Shop', '$3.00'],
    ],
  );
  assert.deepEqual(
    totals.map(({ label, figure, accounts }) => [label, figure.text, accounts]),
    [
      ['Total: Awake time', '130 h billed', 'Accounts: 2 of 2'],
      ['Total: Credits', '41 credit cents', 'Accounts: 1 of 1'],
      ['Total: Spend', '$3.00', 'Accounts: 1 of 1'],
    ],
  );
  assert.deepEqual(notes, []);
});

test('money in two units is two totals, and neither lacks the account of the other', () => {
  const { totals } = overviewOf([
    [shop, spent('USD', 300)],
    [account('Store', 'northflank'), spent('cents', 50)],
  ]);
  assert.deepEqual(
    totals.map(({ figure, accounts }) => [figure.text, accounts]),
    [
      ['$3.00', 'Accounts: 1 of 1'],
      ['50 cents', 'Accounts: 1 of 1'],
    ],
  );
});

test('an account that was never read is unknown, and its vendor’s totals lack it', () => {
  const { rows, totals } = overviewOf([
    [work, billed(5)],
    [account('Home', 'dedalus'), undefined],
    [shop, spent('USD', 300)],
    [account('Store', 'northflank'), known({}, { refreshing: Promise.resolve() })],
  ]);
  assert.deepEqual(
    rows.flatMap((row) => (row.accountId === 'Home' ? [texts(row)] : [])),
    [['unknown', 'unknown', 'No budget', 'Not loaded yet.']],
  );
  assert.equal(rows[3]?.state.text, 'Loading usage…');
  assert.deepEqual(
    totals.map(({ figure, accounts }) => [figure.text, accounts]),
    [
      ['≥ 5 h billed', 'Accounts: 1 of 2'],
      ['$3.00 + ?', 'Accounts: 1 of 2'],
    ],
  );
});

test('an account that failed says why and what helps, and keeps its last figure', () => {
  const failure = { kind: 'forbidden', detail: 'no billing' } as const;
  const { rows, totals } = overviewOf([
    [work, known({ summary: { failure } })],
    [
      team,
      known({
        summary: {
          value: { billed: {}, levels: {}, used: { credit_cents: 7 * CENT } },
          asOf: NOW - HOUR,
          failure: { kind: 'outOfCredits', detail: '' },
        },
      }),
    ],
  ]);
  assert.deepEqual(rows[0]?.state, {
    text: 'not allowed',
    tone: 'trouble',
    detail: 'The key is valid, but it has no permission to read usage. It said: “no billing”',
    action: { label: 'Update Key', intent: 'updateKey' },
  });
  assert.equal(rows[0].figure.text, 'unknown');
  assert.equal(rows[1]?.figure.text, '7 credit cents');
  assert.equal(rows[1].state.text, 'out of credits · as of 08:20 UTC');
  assert.deepEqual(rows[1].state.action, { label: 'Try Again', intent: 'refresh' });
  assert.deepEqual(
    totals.map(({ figure }) => figure.text),
    ['7 credit cents'],
  );
});

test('a month that lacks a day is marked, in its row and in the total', () => {
  const { rows, totals } = overviewOf([
    [shop, spent('USD', 300, ['2026-11-02'])],
    [account('Store', 'northflank'), spent('USD', 200)],
  ]);
  assert.equal(rows[0]?.figure.text, '$3.00 + ?');
  assert.match(rows[0].figure.detail ?? '', /not fully known for one day: Mon Nov 2/);
  assert.equal(rows[1]?.figure.text, '$2.00');
  assert.deepEqual(
    totals.map(({ figure, accounts }) => [figure.text, accounts]),
    [['$5.00 + ?', 'Accounts: 2 of 2']],
  );
});

test('the figure of the month before is named, and is in no total', () => {
  const october = { ...billed(700).usage, period: monthToDate(Date.UTC(2026, 9, 31)) };
  const { rows, totals } = overviewOf([
    [work, billed(5)],
    [account('Home', 'dedalus'), known(october)],
  ]);
  assert.equal(rows[1]?.figure.text, 'October 2026: 700 h billed');
  assert.equal(rows[1].state.tone, 'attention');
  assert.deepEqual(
    totals.map(({ figure, accounts }) => [figure.text, accounts]),
    [['≥ 5 h billed', 'Accounts: 1 of 2']],
  );
});

test('sample data does not count beside real figures, and counts alone', () => {
  const sample = account('Sample', 'sample');
  const both = overviewOf([
    [sample, billed(1000)],
    [work, billed(5)],
  ]);
  assert.deepEqual(
    both.totals.map(({ figure }) => figure.text),
    ['5 h billed'],
  );
  assert.deepEqual(both.notes, ['Sample data does not count towards the totals.']);
  const alone = overviewOf([[sample, billed(1000)]]);
  assert.deepEqual(
    alone.totals.map(({ figure }) => figure.text),
    ['1,000 h billed'],
  );
  assert.deepEqual(alone.notes, []);
});

/** Hours awake by day of November, as read at `NOW`; days without hours are not at hand. */
function daysAtHand(hours: Readonly<Record<string, number>>): DayCache {
  const dayCache = new DayCache();
  for (const [day, own] of Object.entries(hours)) {
    dayCache.keep(
      { part: 'computeDays', day },
      { columns: toColumns([computeDay('m', day, own * H)]), asOf: NOW },
    );
  }
  return dayCache;
}

test('days that are at hand are bars, others are gaps, and today still grows', () => {
  const dayCache = daysAtHand({ '2026-11-01': 10, '2026-11-02': 24, '2026-11-04': 0, '2026-11-05': 3 });
  const { days } = overviewOf([[work, billed(37, { dayCache })]]).rows[0] ?? {};
  assert.deepEqual([...(days?.bars?.values.subarray(0, 6) ?? [])], [10 * H, 24 * H, NaN, 0, 3 * H, NaN]);
  assert.equal(days?.bars?.values.length, 30);
  assert.deepEqual([days.bars.begun, days.bars.openFrom], [5, 4]);
  assert.equal(
    days.text,
    'Awake time by day, metered. Highest: 24 h on Mon Nov 2. Days not loaded, drawn as gaps: 1.',
  );
});

test('a day that was read before it was over is a gap, unless it is the newest', () => {
  const dayCache = daysAtHand({ '2026-11-01': 1, '2026-11-03': 2, '2026-11-04': 3 });
  const early = {
    columns: toColumns([computeDay('m', '2026-11-02', H)]),
    asOf: startOfDay('2026-11-02') + HOUR,
  };
  dayCache.keep({ part: 'computeDays', day: '2026-11-02' }, early);
  const { bars } = overviewOf([[work, billed(6, { dayCache })]]).rows[0]?.days ?? {};
  assert.deepEqual([...(bars?.values.subarray(0, 5) ?? [])], [H, NaN, 2 * H, 3 * H, NaN]);
  assert.deepEqual([bars?.begun, bars?.openFrom], [5, 5]);
});

test('a vendor whose days are not at hand has no bars, and no month end', () => {
  const { rows } = overviewOf([[team, credits(41)]]);
  assert.deepEqual(rows[0]?.days, { text: 'Not loaded yet.' });
  assert.deepEqual(rows[0].monthEnd, { text: 'unknown', detail: 'A forecast needs three whole days.' });
});

test('steady days end the month at their rate', () => {
  const hours = Object.fromEntries(
    Array.from({ length: 35 }, (_, index) => [
      new Date(startOfDay('2026-10-01') + index * DAY).toISOString().slice(0, 10),
      24,
    ]),
  );
  const dayCache = daysAtHand(hours);
  const { monthEnd } = overviewOf([[work, billed(96, { dayCache })]]).rows[0] ?? {};
  assert.equal(monthEnd?.text, '720 h');
});

test('of several budgets, the fullest is shown, with its tone', () => {
  const usage = billed(90).usage;
  const metered: AccountUsage = {
    ...usage,
    compute: { value: columnsByDay([computeDay('m', '2026-11-01', 90 * H)], ['2026-11-01']), asOf: NOW },
  };
  const standings = standingsOf([budget(1000), budget(100), budget(500)], {
    usage: () => metered,
    now: () => NOW,
  });
  const { rows } = overviewOf([[work, known(metered)]], standings);
  assert.equal(rows[0]?.budget.text, 'Awake time 90% of 100 h');
  assert.equal(rows[0].budget.tone, 'attention');
  assert.equal(rows[0].budget.gauge?.done, 0.9);
});
