import { type Amount, compareAmounts } from '../../../src/usage/amount';
import { decimalText } from '../../../src/usage/decimal';
import { neutralise } from '../../../src/usage/spreadsheet';
import type { EpochMs } from '../../../src/usage/time';

/** One row of the table under a chart: one slot of one series. */
export interface TwinRow {
  /** When the slot begins. */
  readonly at: EpochMs;
  /** The same as shown text, without the zone, which the heading has. */
  readonly time: string;
  /** The machine to select; empty where there is none. */
  readonly key: string;
  readonly name: string;
  /** Exact, as it is stored: see `TwinModel.decimals`; undefined where it is not known. */
  readonly amount: Amount | undefined;
  /** Without its unit, which the heading has. */
  readonly rounded: string;
  /** With its unit. */
  readonly exact: string;
  readonly note: string;
}

export type SortBy = 'time' | 'name' | 'value';

/** What a person chose to see of the rows. */
export interface RowChoice {
  /** Text to look for in names and times; empty for all. */
  readonly text: string;
  readonly by: SortBy;
  readonly descending: boolean;
}

/** The rows that match the choice, in its order; equal rows keep their order, and unknown values come last. */
export function chosenRows(rows: readonly TwinRow[], choice: RowChoice, locale: string): TwinRow[] {
  const wanted = choice.text.trim().toLowerCase();
  const matches = ({ name, time }: TwinRow): boolean =>
    name.toLowerCase().includes(wanted) || time.toLowerCase().includes(wanted);
  const chosen = wanted === '' ? [...rows] : rows.filter(matches);
  const turn = choice.descending ? -1 : 1;
  switch (choice.by) {
    case 'time':
      return chosen.sort((a, b) => turn * (a.at - b.at));
    case 'name': {
      const places = naturalPlaces(chosen, locale);
      return chosen.sort((a, b) => turn * ((places.get(a.name) ?? 0) - (places.get(b.name) ?? 0)));
    }
    case 'value':
      return chosen.sort((a, b) => compareKnown(a.amount, b.amount, turn));
  }
}

/** Natural order of names: `web-2` before `web-10`. Sorts each name once, as thousands of rows share a few. */
function naturalPlaces(rows: readonly TwinRow[], locale: string): Map<string, number> {
  const collator = new Intl.Collator(locale, { numeric: true });
  const names = [...new Set(rows.map(({ name }) => name))].sort((a, b) => collator.compare(a, b));
  return new Map(names.map((name, place) => [name, place]));
}

function compareKnown(a: Amount | undefined, b: Amount | undefined, turn: number): number {
  if (a === undefined || b === undefined) {
    return Number(a === undefined) - Number(b === undefined);
  }
  return turn * compareAmounts(a, b);
}

/** Changes the order: the same heading again reverses it. Values start with the largest. */
export function sortedBy(choice: RowChoice, by: SortBy): RowChoice {
  return { ...choice, by, descending: choice.by === by ? !choice.descending : by === 'value' };
}

/**
 * Rows for a spreadsheet: a line of headings, then one line per row, cells separated by tabs. Times are ISO 8601 in UTC;
 * amounts are decimals of the unit without grouping, and an unknown amount is a word.
 *
 * @param decimals amounts are whole numbers of 10^−`decimals` of the unit
 */
export function copyText(headings: readonly string[], rows: readonly TwinRow[], decimals: number): string {
  const lines = rows.map(({ at, name, amount, rounded, note }) => [
    new Date(at).toISOString().replace('.000', ''),
    textCell(name),
    amount === undefined ? textCell(rounded) : decimalText(amount, decimals),
    textCell(note),
  ]);
  return [headings.map(textCell), ...lines].map((cells) => `${cells.join('\t')}\n`).join('');
}

/** Quoted where a spreadsheet would otherwise see the end of a cell, or a quote that opens several cells. */
function textCell(text: string): string {
  const safe = neutralise(text);
  return /["\t\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
