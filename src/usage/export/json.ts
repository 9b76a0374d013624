import { METERS } from '../meter';
import type { EpochMs } from '../time';
import { chunked } from './chunks';
import { isoTimes } from './isoTimes';
import { type ExportInput, type ExportRow, ROW_METERS, rowsOf } from './rows';

/** For whoever reads the file without knowing us; English, as the names of its fields. */
const NOTES = [
  'Quantities are exact whole numbers. They may exceed 2^53, beyond which some programs round numbers.',
  'What is absent is unknown, which is not zero.',
  'The amount of a bucket [start, end) is all that was used in it. logical_storage_bytes is a level: it is not to be summed over time.',
  'granularity is that of compute rows. Storage rows are as the vendor gives them.',
];

/** All rows as one JSON document, with where they come from, in chunks of about 64 KiB. Rows stand on a line each. */
export function jsonOf(input: ExportInput): Generator<string> {
  return chunked(pieces(input));
}

function* pieces(input: ExportInput): Generator<string> {
  yield `{\n"provenance": ${JSON.stringify(provenance(input), undefined, 2)},\n"rows": [`;
  const iso = isoTimes();
  let separator = '\n';
  for (const row of rowsOf(input)) {
    yield separator + rowText(row, iso);
    separator = ',\n';
  }
  yield '\n]\n}\n';
}

function provenance({ account, period, granularity, exportedAt, blocks, missingDays }: ExportInput): object {
  const iso = isoTimes();
  const times = blocks.map(({ asOf }) => asOf);
  const bound = (pick: (a: number, b: number) => number): string | undefined =>
    times.length === 0 ? undefined : iso(times.reduce((a, b) => pick(a, b)));
  return {
    account: account.label,
    provider: account.provider,
    organisationId: account.organisationId,
    period: { start: iso(period.start), end: iso(period.end) },
    granularity,
    exportedAt: iso(exportedAt),
    kindOfFigures: 'metered',
    meaning: 'Usage as the vendor metered it, machine by machine. What it has billed may differ.',
    units: Object.fromEntries(ROW_METERS.map((meter) => [meter, METERS[meter].unit])),
    asOf: { oldest: bound(Math.min), newest: bound(Math.max) },
    missing: missingDays,
    notes: NOTES,
  };
}

/** Undefined is left out. Whole numbers beyond 2^53 are written with all digits, which `JSON.stringify` refuses to do. */
function rowText(row: ExportRow, iso: (at: EpochMs) => string): string {
  const { quantities, start, end, dataThrough, emittedAt, asOf, ...rest } = row;
  const amounts = Object.entries(quantities).map(([meter, amount]) => `"${meter}":${amount}`);
  const texts = JSON.stringify({
    ...rest,
    start: iso(start),
    end: iso(end),
    dataThrough: dataThrough === undefined ? undefined : iso(dataThrough),
    emittedAt: emittedAt === undefined ? undefined : iso(emittedAt),
    asOf: iso(asOf),
  });
  return `${texts.slice(0, -1)},"quantities":{${amounts.join(',')}}}`;
}
