import assert from 'node:assert/strict';
import test from 'node:test';
import { CsvError, parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvOf } from '../../../src/usage/export/csv';
import type { ExportInput } from '../../../src/usage/export/rows';
import { computeDay } from './builders';
import { exportOf, nastyText } from './exporting';

/** How spreadsheets read a file, by the country of who opens it and by what is chosen when it is imported. */
const DIALECTS = [',', ';', '\t', [',', ';', '\t']].flatMap((delimiter) =>
  ['"', false].flatMap((quote) =>
    [['\r\n'], ['\r\n', '\n', '\r']].map((ends) => ({ delimiter, quote, ends })),
  ),
);

type Dialect = (typeof DIALECTS)[number];

function cellsIn(text: string, dialect: Dialect): string[] {
  const { delimiter, quote, ends } = dialect;
  const options = { bom: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: true };
  try {
    return parse(text, { ...options, delimiter, quote, record_delimiter: ends }).flat();
  } catch (error) {
    // A spreadsheet takes what is left for one cell.
    if (!(error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED')) throw error;
    return cellsIn(`${text}"`, dialect);
  }
}

/** Signs begin a formula, also behind blanks; a quote that is not read as one is nothing that protects. */
const RUNS = /^["\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^"*[\t\r]/u;

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Cells that a spreadsheet would run, in any dialect. */
function formulasIn(input: ExportInput): string[] {
  const text = [...csvOf(input)].join('');
  return DIALECTS.flatMap((dialect) => cellsIn(text, dialect)).filter(
    (cell) => RUNS.test(cell) && !NUMBER.test(cell),
  );
}

function namedEverywhere(name: string): ExportInput {
  return exportOf([computeDay(name, '2026-11-01', 1), computeDay('m', '2026-11-02', 1)], {
    account: { label: name, provider: 'Vendor' },
    aliases: { m: name },
  });
}

for (const name of [
  "c\n\"=cmd|'/C calc'!A0;d",
  "c\r\n\"\uff1dcmd|'/C calc'!A0;d",
  'x;"=1+1',
  'x\t"+1',
  'x;""\t@sum(a1)',
  'x, "-1+1',
  '"=1+1',
  'x;\tfoo',
  'x"\rfoo',
  '\t\r',
  'x\t\tfoo',
]) {
  test(`${JSON.stringify(name)} is no formula in any dialect`, () => {
    assert.deepEqual(formulasIn(namedEverywhere(name)), []);
  });
}

test('no name is a formula in any dialect', () => {
  fc.assert(
    fc.property(nastyText, nastyText, nastyText, (first, second, third) => {
      assert.deepEqual(formulasIn(namedEverywhere(first + second + third)), []);
    }),
  );
});

test('numbers below zero stay numbers', () => {
  const quantities = { 'paas.EUR': -12_500_000_000, storage_gb_hours: -1_500_000n } as const;
  const row = { ...computeDay('web', '2026-11-01', 0), kind: 'usage', quantities } as const;
  const text = [...csvOf(exportOf([row], { subject: 'group' }))].join('');
  const [record] = parse<Record<string, string>>(text, { bom: true, columns: true });
  assert.equal(record?.['spend'], '-1.25');
  assert.equal(record['storage (GiB-h)'], '-1.5');
});
