import type { Amount } from '../../usage/amount';
import { NO_GROUP } from '../../usage/bucket';
import type { MeterId } from '../../usage/meter';
import type { EpochMs } from '../../usage/time';
import { chunked } from './chunks';
import { isoTimes } from './isoTimes';
import { amountText } from './meters';
import { provenance } from './provenance';
import { type ExportInput, type ExportRow, rowsOf } from './rows';

/** All rows as one JSON document with their provenance, in chunks of about 64 KiB. One row per line. */
export function jsonOf(input: ExportInput): Generator<string> {
  return chunked(pieces(input));
}

function* pieces(input: ExportInput): Generator<string> {
  yield `{\n"provenance": ${JSON.stringify(provenance(input), undefined, 2)},\n"rows": [`;
  const iso = isoTimes();
  let separator = '\n';
  for (const row of rowsOf(input)) {
    yield separator + rowText(row, input.subject, iso);
    separator = ',\n';
  }
  yield '\n]\n}\n';
}

/** Leaves out undefined. Writes numbers that a double cannot hold with all digits, which `JSON.stringify` refuses to do. */
function rowText(row: ExportRow, subject: ExportInput['subject'], iso: (at: EpochMs) => string): string {
  const { kind, quantities, shape, start, end, dataThrough, emittedAt, asOf } = row;
  const amounts = (Object.entries(quantities) as [MeterId, Amount][]).map(
    ([meter, amount]) => `${JSON.stringify(meter)}:${amountText(amount, meter)}`,
  );
  const texts = JSON.stringify({
    kind,
    ...named(row, subject),
    shape,
    start: iso(start),
    end: iso(end),
    dataThrough: dataThrough === undefined ? undefined : iso(dataThrough),
    emittedAt: emittedAt === undefined ? undefined : iso(emittedAt),
    asOf: iso(asOf),
  });
  return `${texts.slice(0, -1)},"quantities":{${amounts.join(',')}}}`;
}

/** The subject of a row, under the name of its kind. */
function named({ subjectId, machineName }: ExportRow, subject: ExportInput['subject']): object {
  switch (subject) {
    case 'machine':
      return { machineId: subjectId, machineName };
    case 'group':
      return { groupId: subjectId === NO_GROUP ? null : subjectId, groupName: machineName };
    case 'category':
      return { category: subjectId, categoryName: machineName };
  }
}
