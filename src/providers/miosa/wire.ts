import type { Grouping } from '../../usage/account';
import type { Amount } from '../../usage/amount';
import { UsageError } from '../../usage/failure';
import {
  type KnownMeterId,
  type LineMeterId,
  meterOf,
  moneyMeter,
  type MoneyMeterId,
} from '../../usage/meter';
import { type EpochMs, type Period, startOfDay, utcDay } from '../../usage/time';
import { contradicts } from '../coverage';
import { JsonReader } from '../reader';

/*
 * MIOSA's JSON, checked and typed, in the vendor's own terms. Two documents describe two replies of `GET /usage`: the
 * reference "Usage rollup", and the platform guide "Usage and billing" (test/fixtures/api/miosa.openapi.yaml). It is not
 * known which of them the vendor's server follows, so both are read.
 */

export type WireUsage = WireRollup | WireLineItems;

/** "Usage rollup". */
export interface WireRollup {
  readonly form: 'rollup';
  readonly period: Period;
  readonly results: readonly WireRollupRow[];
}

/** Amounts are whole numbers of the smallest unit of their meter (`meterOf`). */
export interface WireRollupRow {
  /** Undefined for usage that is attributed to nobody. */
  readonly group: string | undefined;
  readonly sandboxSeconds: Amount;
  readonly computerSeconds: Amount;
  readonly storageGbHours: Amount;
  readonly creditCents: Amount;
}

/** "Usage and billing". */
export interface WireLineItems {
  readonly form: 'lineItems';
  readonly period: Period;
  /** Money, in the reply's currency. */
  readonly meter: MoneyMeterId;
  readonly data: readonly WireLineItemsRow[];
}

export interface WireLineItemsRow {
  readonly group: string | undefined;
  /** In the smallest unit of the reply's money meter. */
  readonly total: Amount;
  readonly lineItems: readonly WireLineItem[];
}

export interface WireLineItem {
  readonly meter: LineMeterId;
  readonly qty: Amount;
}

/**
 * `GET /usage`, with the requested grouping. The vendor's SDK also looks for the reply inside a `data` field, so this does
 * too. Throws UsageError `malformed`.
 */
export function readUsage(value: unknown, grouping: Grouping): WireUsage {
  const reply = new JsonReader(value);
  const data = reply.field('data');
  if (data.isAbsent || !reply.field('results').isAbsent) {
    return readRollup(reply, grouping);
  }
  return Array.isArray((value as { readonly data: unknown }).data)
    ? readLineItems(reply, grouping)
    : readRollup(data, grouping);
}

function readRollup(reply: JsonReader, grouping: Grouping): WireRollup {
  return {
    form: 'rollup',
    // Read first, so that a reply of another kind fails because it has no such rows.
    results: rowsOf(reply.field('results')).map((row) => readRollupRow(row, grouping)),
    period: { start: reply.field('period_start').instant(), end: reply.field('period_end').instant() },
  };
}

function readRollupRow(row: JsonReader, grouping: Grouping): WireRollupRow {
  const amount = (name: KnownMeterId): Amount => row.field(name).decimal(meterOf(name).decimals);
  return {
    group: readGroup(row, grouping),
    sandboxSeconds: amount('sandbox_seconds'),
    computerSeconds: amount('computer_seconds'),
    storageGbHours: amount('storage_gb_hours'),
    creditCents: amount('credit_cents'),
  };
}

function readLineItems(reply: JsonReader, grouping: Grouping): WireLineItems {
  const meter = moneyMeter('spend', readCurrency(reply.field('currency')));
  const { decimals } = meterOf(meter);
  const period = reply.field('period');
  return {
    form: 'lineItems',
    period: {
      start: readDate(period.field('start'), 'reply.period.start'),
      end: readDate(period.field('end'), 'reply.period.end'),
    },
    meter,
    data: rowsOf(reply.field('data')).map((row) => ({
      group: readGroup(row, grouping),
      total: row.field('total_usd').decimal(decimals),
      lineItems: row.field('line_items').list(readLineItem),
    })),
  };
}

/** Refuses identical rows, which would count twice; rows that differ are parts of one group. */
function rowsOf(list: JsonReader): JsonReader[] {
  const known = new Set<string>();
  return list.list((row) => {
    const text = row.json();
    if (known.has(text)) {
      contradicts(row.path, 'onlyOne');
    }
    known.add(text);
    return row;
  });
}

function readLineItem(item: JsonReader): WireLineItem {
  const meter: LineMeterId = `line.${item.field('dimension').text()}`;
  item.field('usd').double(); // documented but not shown; the row's total is
  return { meter, qty: item.field('qty').decimal(meterOf(meter).decimals) };
}

/** An empty text is an id like any other. */
function readGroup(row: JsonReader, grouping: Grouping): string | undefined {
  return row.field(grouping).optional((id) => id.text());
}

/** An ISO 4217 code. */
function readCurrency(currency: JsonReader): string {
  const code = currency.text();
  if (!/^[A-Za-z]{3}$/.test(code)) {
    throw new UsageError({ kind: 'malformed', path: 'reply.currency', expected: 'text' });
  }
  return code.toUpperCase();
}

/** The start of a UTC date, `YYYY-MM-DD`. */
function readDate(date: JsonReader, path: string): EpochMs {
  const day = date.text();
  const at = /^\d{4}-\d{2}-\d{2}$/.test(day) ? startOfDay(day) : Number.NaN;
  // A date that does not exist, such as 30 February, would be taken for a later one.
  if (Number.isNaN(at) || utcDay(at) !== day) {
    throw new UsageError({ kind: 'malformed', path, expected: 'dateTime' });
  }
  return at;
}
