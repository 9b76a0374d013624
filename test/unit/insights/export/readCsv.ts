import assert from 'node:assert/strict';
import { csvOf } from '../../../../src/insights/export/csv';
import type { ExportInput } from '../../../../src/insights/export/rows';

/** A reader of RFC 4180 that refuses whatever the standard does not allow. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [cell, end] = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    row.push(cell);
    if (text[end] === ',') {
      at = end + 1;
    } else {
      assert.equal(text.slice(end, end + 2), '\r\n', `a cell ends badly at ${end}`);
      rows.push(row);
      row = [];
      at = end + 2;
    }
  }
  assert.deepEqual(row, [], 'the last line has no end');
  return rows;
}

function quotedCell(text: string, begin: number): [string, number] {
  let end = text.indexOf('"', begin + 1);
  while (text[end + 1] === '"') {
    end = text.indexOf('"', end + 2);
  }
  assert.ok(end > begin, 'a quote that does not end');
  return [text.slice(begin + 1, end).replaceAll('""', '"'), end + 1];
}

function plainCell(text: string, begin: number): [string, number] {
  const length = text.slice(begin).search(/[,"\r\n]/);
  assert.notEqual(text[begin + length], '"', 'a quote within a plain cell');
  return [text.slice(begin, begin + length), begin + length];
}

/** What a reader of CSV gets of a file. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function tableOf(input: ExportInput): Table {
  const text = [...csvOf(input)].join('');
  assert.equal(text[0], '\ufeff');
  assert.equal(text, Buffer.from(text).toString(), 'the text is not well-formed');
  const [headings, ...rows] = parseCsv(text.slice(1));
  assert.ok(headings !== undefined && rows.every(({ length }) => length === headings.length));
  return { headings, rows };
}

/** The cells of a column. */
export function columnOf({ headings, rows }: Table, heading: string): string[] {
  const index = headings.indexOf(heading);
  assert.notEqual(index, -1, heading);
  return rows.map((row) => row[index] ?? '');
}
