import { type Amount, compareAmounts } from '../../../src/usage/amount';
import { decimalText } from '../../../src/usage/decimal';
import { neutralise } from '../../../src/usage/spreadsheet';
import type { EpochMs } from '../../../src/usage/time';

/** One row of the table under a chart: one slot of one series. */
export interface DataTableRow {
  /** When the slot begins. */
  readonly at: EpochMs;
  /** The same as shown text, without the zone, which the heading has. */
  readonly time: string;
  /** The machine to select; empty where there is none. */
  readonly key: string;
  readonly name: string;
  /** Exact, as it is stored: see `TableHeadings.decimals`; undefined where it is not known. */
  readonly amount: Amount | undefined;
  /** Without its unit, which the heading has. */
  readonly rounded: string;
  /** With its unit. */
  readonly exact: string;
  readonly note: string;
}

export const SORTS = ['time', 'name', 'value'] as const;
export type SortBy = (typeof SORTS)[number];

/** What a person chose to see of the rows. */
export interface RowChoice {
  /** Text to look for in names and times; empty for all. */
  readonly text: string;
  readonly by: SortBy;
  readonly descending: boolean;
}

/** The rows that match the choice, in its order; equal rows keep their order, and unknown values come last. */
export function chosenRows(rows: readonly DataTableRow[], choice: RowChoice, locale: string): DataTableRow[] {
  const matches = matcher(choice.text);
  const chosen = rows.filter(({ name, time }) => matches(name) || matches(time));
  const turn = choice.descending ? -1 : 1;
  switch (choice.by) {
    case 'time':
      return ordered(
        chosen,
        ({ at }) => at,
        (a, b) => turn * (a - b),
      );
    case 'name': {
      // Natural order: `web-2` before `web-10`.
      const { compare } = new Intl.Collator(locale, { numeric: true });
      return ordered(
        chosen,
        ({ name }) => name,
        (a, b) => turn * compare(a, b),
      );
    }
    case 'value':
      return chosen.sort((a, b) => compareKnown(a.amount, b.amount, turn));
  }
}

/** Sorts each distinct key once, as thousands of rows share a few. */
function ordered<Key>(
  rows: readonly DataTableRow[],
  keyOf: (row: DataTableRow) => Key,
  compare: (a: Key, b: Key) => number,
): DataTableRow[] {
  const groups = [...Map.groupBy(rows, keyOf)].sort(([a], [b]) => compare(a, b));
  return groups.flatMap(([, own]) => own);
}

/** Whether text contains what is looked for, whatever the case. Looks once at each text: thousands of rows share a few. */
function matcher(text: string): (own: string) => boolean {
  const wanted = text.trim().toLowerCase();
  const found = new Map<string, boolean>();
  return (own) => {
    const known = found.get(own) ?? own.toLowerCase().includes(wanted);
    found.set(own, known);
    return known;
  };
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

/** The headings and units of the rows. */
export interface TableHeadings {
  readonly nameHeading: string;
  /** With the unit of the rounded values. */
  readonly valueHeading: string;
  /** The unit of the rounded values; empty if it has no name. */
  readonly unit: string;
  /** For the copied amounts, with their unit, as in `Awake time (s)`. */
  readonly copyHeading: string;
  /** Amounts are whole numbers of 10^−`decimals` of that unit. */
  readonly decimals: number;
}

/**
 * Rows for a spreadsheet: a line of headings, then one line per row, cells separated by tabs. The cells are the time, the name,
 * the value as shown, its unit, the exact amount and the note. Times are ISO 8601 in UTC; amounts are decimals of their unit
 * without grouping, and an unknown amount is a word.
 */
export function copyText(
  headings: readonly string[],
  rows: readonly DataTableRow[],
  { unit, decimals }: Pick<TableHeadings, 'unit' | 'decimals'>,
): string {
  const lines = rows.map(({ at, name, amount, rounded, note }) => {
    const [shown, exact] =
      amount === undefined
        ? [textCell(rounded), textCell(rounded)]
        : [rounded, decimalText(amount, decimals)];
    const time = new Date(at).toISOString().replace('.000', '');
    return [time, textCell(name), shown, unit, exact, textCell(note)];
  });
  return [headings.map(textCell), ...lines].map((cells) => `${cells.join('\t')}\n`).join('');
}

/** Quoted where a spreadsheet would otherwise see the end of a cell, or a quote that opens several cells. */
function textCell(text: string): string {
  const safe = neutralise(text);
  return /["\t\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
