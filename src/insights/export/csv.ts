import type { Amount } from '../../usage/amount';
import { NO_GROUP } from '../../usage/bucket';
import { isMoney, type MeterId, METERS, type MoneyKind } from '../../usage/meter';
import { neutralise } from '../../usage/spreadsheet';
import { dayPeriod, type EpochMs, startOfDay } from '../../usage/time';
import { chunked } from './chunks';
import { isoTimes } from './isoTimes';
import {
  amountText,
  headingOf,
  headingsOf,
  isOfKind,
  MACHINE_METERS,
  metersIn,
  moneyIn,
  moneyName,
  unitOf,
} from './meters';
import { type ExportInput, type ExportRow, type MissingDay, rowsOf } from './rows';

/** Without it Excel does not read a file as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

const LINE_END = '\r\n';

/** A row, and what its amounts are: `unknown`, with empty cells, for a day that could not be read. */
type CsvRow = Omit<ExportRow, 'asOf'> & {
  readonly figures: 'metered' | 'unknown';
  readonly asOf: EpochMs | undefined;
};

interface Column {
  /** With its unit. Not translated: files are read by programs, too. */
  readonly heading: string;
  /** Empty where it is unknown. */
  readonly cell: (row: CsvRow) => string;
}

/**
 * All rows as CSV (RFC 4180, UTF-8), in chunks of about 64 KiB. Amounts are exact decimals of any size in the vendor's unit,
 * times are ISO 8601 in UTC, unknown is an empty cell, and a missing day has a row that says so. Text that a spreadsheet
 * would run has an apostrophe in front.
 */
export function csvOf(input: ExportInput): Generator<string> {
  return chunked(lines(input));
}

function* lines(input: ExportInput): Generator<string> {
  const columns = columnsOf(input);
  yield BYTE_ORDER_MARK + columns.map(({ heading }) => textCell(heading)).join(',') + LINE_END;
  for (const row of csvRows(input)) {
    yield columns.map(({ cell }) => cell(row)).join(',') + LINE_END;
  }
}

/** In time order; a missing day comes before what begins after it. */
function* csvRows(input: ExportInput): Generator<CsvRow> {
  const missing = input.missingDays.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  let next = 0;
  const due = function* (until: EpochMs): Generator<CsvRow> {
    for (let own = missing[next]; own !== undefined && startOfDay(own.day) <= until; own = missing[next]) {
      yield missingRow(own, input);
      next += 1;
    }
  };
  for (const row of rowsOf(input)) {
    yield* due(row.start);
    yield { ...row, figures: 'metered' };
  }
  yield* due(Number.POSITIVE_INFINITY);
}

function missingRow({ part, day }: MissingDay, { subject }: ExportInput): CsvRow {
  return {
    ...{ kind: part, figures: 'unknown', ...dayPeriod(day), quantities: {} },
    subjectId: subject === 'machine' ? '' : NO_GROUP,
    ...{ machineName: undefined, shape: undefined, dataThrough: undefined, emittedAt: undefined },
    asOf: undefined,
  };
}

function columnsOf(input: ExportInput): readonly Column[] {
  const [label, provider] = [textCell(input.account.label), textCell(input.account.provider)];
  const common: readonly Column[] = [
    { heading: 'account', cell: () => label },
    { heading: 'provider', cell: () => provider },
    { heading: 'kind', cell: ({ kind }) => kind },
    { heading: 'figures', cell: ({ figures }) => figures },
  ];
  return input.subject === 'machine' ? [...common, ...machineColumns()] : usageColumns(input, common);
}

function machineColumns(): readonly Column[] {
  const time = times();
  return [
    { heading: 'machine id', cell: ({ subjectId }) => textCell(subjectId) },
    { heading: 'machine name', cell: ({ machineName }) => textCell(machineName ?? '') },
    { heading: 'shape', cell: ({ shape }) => textCell(shape?.fingerprint ?? '') },
    { heading: 'requested vCPU', cell: ({ shape }) => numberCell(shape?.vcpu) },
    { heading: 'requested memory (MiB)', cell: ({ shape }) => numberCell(shape?.memoryMib) },
    { heading: 'requested storage (GiB)', cell: ({ shape }) => numberCell(shape?.storageGib) },
    { heading: 'bucket start (UTC)', cell: ({ start }) => time(start) },
    { heading: 'bucket end (UTC)', cell: ({ end }) => time(end) },
    ...MACHINE_METERS.map((meter) => amounts(meter)),
    { heading: 'data through (UTC)', cell: ({ dataThrough }) => time(dataThrough) },
    { heading: 'emitted at (UTC)', cell: ({ emittedAt }) => time(emittedAt) },
    { heading: 'as of (UTC)', cell: ({ asOf }) => time(asOf) },
  ];
}

function usageColumns(input: ExportInput, common: readonly Column[]): readonly Column[] {
  const { subject, grouping } = input;
  const time = times();
  const before: readonly Column[] = [
    ...common,
    { heading: grouping === undefined ? subject : `group by ${grouping}`, cell: idCell },
    { heading: `${subject} name`, cell: ({ machineName }) => textCell(machineName ?? '') },
    { heading: 'bucket start (UTC)', cell: ({ start }) => time(start) },
    { heading: 'bucket end (UTC)', cell: ({ end }) => time(end) },
  ];
  const after: Column = { heading: 'as of (UTC)', cell: ({ asOf }) => time(asOf) };
  const meters = metersIn(input);
  const money = moneyIn(input.money, meters).flatMap(moneyColumns);
  const headings = headingsOf(
    meters.filter((meter) => !isMoney(meter)),
    [...before, ...money, after].map(({ heading }) => heading),
  );
  const [known, lines] = [true, false].map((isKnown) =>
    [...headings]
      .filter(([meter]) => Object.hasOwn(METERS, meter) === isKnown)
      .map(([meter, heading]) => amounts(meter, heading)),
  );
  return [...before, ...(known ?? []), ...money, ...(lines ?? []), after];
}

/** Each row has its unit, since a vendor may change it from one row to the next. */
function moneyColumns(kind: MoneyKind): readonly Column[] {
  const inRow = ({ quantities }: CsvRow): [MeterId, Amount][] =>
    (Object.entries(quantities) as [MeterId, Amount][]).filter(([meter]) => isOfKind(meter, kind));
  return [
    {
      heading: moneyName(kind),
      cell: (row) =>
        inRow(row)
          .map(([meter, amount]) => amountText(amount, meter))
          .join(' + '),
    },
    {
      heading: `${moneyName(kind)} unit`,
      cell: (row) =>
        inRow(row)
          .map(([meter]) => unitOf(meter) ?? '')
          .join(' + '),
    },
  ];
}

function amounts(meter: MeterId, heading = headingOf(meter)): Column {
  return {
    heading,
    cell: ({ quantities }) => {
      const amount = quantities[meter];
      return amount === undefined ? '' : amountText(amount, meter);
    },
  };
}

function times(): (at: EpochMs | undefined) => string {
  const iso = isoTimes();
  return (at) => (at === undefined ? '' : iso(at));
}

/** Empty for usage of nobody. An empty id is quoted, because some readers distinguish the two. */
function idCell({ subjectId }: CsvRow): string {
  return subjectId === NO_GROUP ? '' : subjectId === '' ? '""' : textCell(subjectId);
}

/** Also quotes the separators of other readers, so that their columns stay in place if the cell is first in its line. */
function textCell(text: string): string {
  const safe = neutralise(text.toWellFormed());
  return /[",;\t\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function numberCell(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}
