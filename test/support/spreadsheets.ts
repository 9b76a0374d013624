import { CsvError, parse } from 'csv-parse/sync';

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

/** Cells of a file that a spreadsheet would run, in any dialect. */
export function formulasIn(text: string): string[] {
  return formulas(text, DIALECTS);
}

/** The same of what is pasted: spreadsheets part that by tabs alone. */
export function formulasInPasted(text: string): string[] {
  return formulas(
    text,
    DIALECTS.filter(({ delimiter }) => delimiter === '\t'),
  );
}

function formulas(text: string, dialects: readonly Dialect[]): string[] {
  return dialects
    .flatMap((dialect) => cellsIn(text, dialect))
    .filter((cell) => RUNS.test(cell) && !NUMBER.test(cell));
}
