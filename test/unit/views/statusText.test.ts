import assert from 'node:assert/strict';
import test from 'node:test';
import { PROVIDERS } from '../../../src/providers/registry';
import { type AccountUsage, emptyUsage } from '../../../src/store/accountUsage';
import type { Account, ProviderId } from '../../../src/usage/account';
import type { UsageBucket } from '../../../src/usage/bucket';
import { columnsByDay } from '../../../src/usage/columns/columns';
import { createFormats } from '../../../src/usage/format';
import { type MeterId, moneyMeter } from '../../../src/usage/meter';
import { HOUR, monthToDate } from '../../../src/usage/time';
import { type StatusFigure, statusFigure } from '../../../src/views/statusBar/statusFigure';
import { spokenText, statusText } from '../../../src/views/statusBar/statusText';

const NOW = Date.UTC(2026, 10, 20, 12);
const ENGLISH = createFormats('en-US');
const CENTS = 10 ** 8;

interface Known {
  readonly provider?: ProviderId;
  readonly label?: string;
  /** Undefined: nothing was read yet. */
  readonly usage?: AccountUsage;
}

/** What the item says of these accounts, which are called as an account is by default. */
function figureOf(...all: readonly Known[]): StatusFigure {
  const accounts = all.map(({ provider = 'dedalus', label }, index): Account => {
    const byDefault = index === 0 ? PROVIDERS[provider].name : `${PROVIDERS[provider].name} ${index + 1}`;
    return { id: String(index), provider, label: label ?? byDefault };
  });
  const figure = statusFigure({
    accounts,
    usage: (id) => all[Number(id)]?.usage,
    capabilitiesOf: ({ provider }) => PROVIDERS[provider].capabilities,
    isSample: ({ provider }) => provider === 'sample',
    ...{ chosen: '', turn: 0, now: NOW },
  });
  assert.ok(figure);
  return figure;
}

const seconds = (...all: readonly Known[]): string => statusText(figureOf(...all), 'seconds', ENGLISH);
const hours = (...all: readonly Known[]): string => statusText(figureOf(...all), 'hours', ENGLISH);
const spoken = (...all: readonly Known[]): string => spokenText(figureOf(...all), 'seconds', ENGLISH);

const billed = (awake: number, at = NOW): AccountUsage => ({
  ...emptyUsage(monthToDate(at)),
  summary: { value: { billed: { awake_seconds: awake }, levels: {} }, asOf: at },
});
const credits = (cents: number): AccountUsage => ({
  ...emptyUsage(monthToDate(NOW)),
  summary: { value: { billed: {}, levels: {}, used: { credit_cents: cents * CENTS } }, asOf: NOW },
});
const spent = (unit: string, cents: number, missing?: '2026-11-18'): AccountUsage => ({
  ...emptyUsage(monthToDate(NOW)),
  spend: {
    value: columnsByDay([spendHour(moneyMeter('paas', unit), cents * CENTS)], ['2026-11-19']),
    asOf: NOW,
    ...(missing === undefined ? {} : { missing: [missing] }),
  },
});

function spendHour(meter: MeterId, amount: number): UsageBucket {
  const start = Date.UTC(2026, 10, 19, 7);
  return {
    kind: 'usage',
    subjectId: 'cpu',
    ...{ start, end: start + HOUR, meteringBucketIds: [], meterEvents: [] },
    quantities: { [meter]: amount },
  };
}

test('one account of each vendor is called by its vendor’s short name', () => {
  assert.equal(seconds({ usage: billed(7_570_800) }), 'Dedalus 7.57M s billed');
  assert.equal(seconds({ provider: 'miosa', usage: credits(12_345) }), 'MIOSA 12.3K credit cents');
  assert.equal(seconds({ provider: 'northflank', usage: spent('USD', 657) }), 'Northflank $6.57');
  assert.equal(seconds({ provider: 'northflank', usage: spent('cents', 657) }), 'Northflank 657 cents');
});

test('in hours the figure is in the unit that is easier to read', () => {
  assert.equal(hours({ usage: billed(2103 * 3600) }), 'Dedalus 2,103 h billed');
  assert.equal(hours({ provider: 'northflank', usage: spent('USD', 657) }), 'Northflank $6.57');
});

test('an account’s own name stands there if it fits, and the vendor’s otherwise', () => {
  const usage = billed(7_570_800);
  assert.equal(seconds({ label: 'Work', usage }), 'Work 7.57M s billed');
  assert.equal(seconds({ label: 'Prod team', usage }), 'Prod team 7.57M s billed');
  assert.equal(seconds({ label: 'Prod teams', usage }), 'Dedalus 7.57M s billed');
  assert.equal(seconds({ label: 'x'.repeat(200), usage }), 'Dedalus 7.57M s billed');
});

test('a name draws no icon and breaks no line', () => {
  const usage = billed(5);
  assert.equal(seconds({ label: '$(trash)', usage }), '$ (trash) 5 s billed');
  assert.equal(seconds({ label: 'a\nb', usage }), 'a\ufffdb 5 s billed');
});

test('a sum says how many accounts it is of', () => {
  assert.equal(seconds({ usage: billed(9_000_000) }, { usage: billed(100_000) }), '2 accounts 9.1M s billed');
  assert.equal(seconds({ usage: billed(9_000_000) }, { usage: billed(120_000) }), '2 accounts 9.12M s');
  const money = { provider: 'northflank', usage: spent('USD', 657) } as const;
  assert.equal(seconds(money, money), '2 accounts $13.14');
});

test('a figure that lacks a part keeps its mark', () => {
  assert.equal(seconds({ usage: billed(7_570_800) }, {}), '2 accounts ≥ 7.57M s');
  const part = { provider: 'northflank', usage: spent('USD', 657, '2026-11-18') } as const;
  assert.equal(seconds(part), 'Northflank $6.57 + ?');
  assert.equal(seconds(part, part), '2 accounts $13.14 + ?');
});

test('what is unknown is a dash beside its name, also while a figure of last month is all there is', () => {
  assert.equal(seconds({}), 'Dedalus –');
  assert.equal(seconds({ label: 'Work' }), 'Work –');
  assert.equal(seconds({}, {}), '2 accounts –');
  assert.equal(seconds({ usage: billed(5, Date.UTC(2026, 9, 31)) }), 'Dedalus –');
});

test('a figure whose newest reading failed stays', () => {
  const usage = billed(7_570_800);
  const failed = { ...usage, summary: { ...usage.summary, failure: { kind: 'cut' } as const } };
  assert.equal(seconds({ usage: failed }), 'Dedalus 7.57M s billed');
});

test('sample data say what they are, whatever their account is called', () => {
  const usage = billed(5_612_345);
  assert.equal(seconds({ provider: 'sample', usage }), 'Sample 5.61M s billed');
  assert.equal(seconds({ provider: 'sample', label: 'Work', usage }), 'Sample 5.61M s billed');
});

test('a zero says of what', () => {
  assert.equal(seconds({ usage: billed(0) }), 'Dedalus 0 s billed');
});

test('no text is longer than 24 characters, also with wide figures and in other languages', () => {
  const wide: readonly Known[] = [
    { usage: billed(43_570_800) },
    { provider: 'miosa', usage: credits(98_765) },
    { provider: 'northflank', usage: spent('USD', 123_456_700, '2026-11-18') },
    { provider: 'northflank', usage: spent('cents', 1_234_567, '2026-11-18') },
    { provider: 'sample', usage: billed(43_570_800) },
  ];
  for (const locale of ['en', 'de', 'fr', 'ja', 'pt-br']) {
    for (const format of ['seconds', 'hours'] as const) {
      for (const figure of [
        ...wide.map((own) => figureOf(own)),
        ...wide.map((own) => figureOf(own, own, own)),
      ]) {
        const text = statusText(figure, format, createFormats(locale));
        assert.ok(Array.from(text).length <= 24, `${locale}, ${format}: ${text}`);
        assert.match(text, /\p{L}|\$/u, 'a name or a unit');
      }
    }
  }
  assert.equal(hours({ provider: 'miosa', usage: credits(98_765) }), '98,765 credit cents');
});

test('a screen reader hears a sentence, in which nothing is shortened', () => {
  const usage = billed(7_570_800);
  assert.equal(spoken({ usage }), 'Cloud usage this month, Dedalus Cloud Services: 7.57M s billed');
  assert.equal(spoken({ usage }, { usage }), 'Cloud usage this month, sum of 2 accounts: 15.1M s billed');
  assert.equal(
    spoken({ provider: 'northflank', label: 'Shop', usage: spent('USD', 657) }),
    'Cloud usage this month, Shop: $6.57',
  );
  assert.equal(spoken({ provider: 'sample', usage }), 'Cloud usage this month, Sample data: 7.57M s billed');
  assert.equal(spoken({}), 'Cloud usage this month, Dedalus Cloud Services: unknown');
});
