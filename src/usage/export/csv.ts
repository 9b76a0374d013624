import type { MeterId } from '../meter';
import { neutralise } from '../spreadsheet';
import type { EpochMs } from '../time';
import { chunked } from './chunks';
import { isoTimes } from './isoTimes';
import { type ExportInput, type ExportRow, rowsOf } from './rows';

/** Without it Excel does not read a file as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

const LINE_END = '\r\n';

interface Column {
  /** With its unit. Not translated: files are read by programs, too. */
  readonly heading: string;
  /** Empty where it is unknown. */
  readonly cell: (row: ExportRow) => string;
}

/**
 * All rows as CSV (RFC 4180, UTF-8), in chunks of about 64 KiB. Amounts are exact whole numbers of any size, times are
 * ISO 8601 in UTC, unknown is an empty cell. Text that a spreadsheet would run has an apostrophe in front.
 */
export function csvOf(input: ExportInput): Generator<string> {
  return chunked(lines(input));
}

function* lines(input: ExportInput): Generator<string> {
  const columns = columnsOf(input.account);
  yield BYTE_ORDER_MARK + columns.map(({ heading }) => heading).join(',') + LINE_END;
  for (const row of rowsOf(input)) {
    yield columns.map(({ cell }) => cell(row)).join(',') + LINE_END;
  }
}

function columnsOf(account: ExportInput['account']): readonly Column[] {
  const [label, provider] = [textCell(account.label), textCell(account.provider)];
  const iso = isoTimes();
  const time = (at: EpochMs | undefined): string => (at === undefined ? '' : iso(at));
  return [
    { heading: 'account', cell: () => label },
    { heading: 'provider', cell: () => provider },
    { heading: 'kind', cell: ({ kind }) => kind },
    { heading: 'machine id', cell: ({ machineId }) => textCell(machineId) },
    { heading: 'machine name', cell: ({ machineName }) => textCell(machineName ?? '') },
    { heading: 'shape', cell: ({ shape }) => textCell(shape?.fingerprint ?? '') },
    { heading: 'requested vCPU', cell: ({ shape }) => numberCell(shape?.vcpu) },
    { heading: 'requested memory (MiB)', cell: ({ shape }) => numberCell(shape?.memoryMib) },
    { heading: 'requested storage (GiB)', cell: ({ shape }) => numberCell(shape?.storageGib) },
    { heading: 'bucket start (UTC)', cell: ({ start }) => time(start) },
    { heading: 'bucket end (UTC)', cell: ({ end }) => time(end) },
    amounts('awake (s)', 'awake_seconds'),
    amounts('vCPU-time (millicore-s)', 'cpu_millicore_seconds'),
    amounts('memory-time (MiB-s)', 'memory_mib_seconds'),
    amounts('storage (MiB-s)', 'storage_mib_seconds'),
    amounts('stored (bytes)', 'logical_storage_bytes'),
    { heading: 'data through (UTC)', cell: ({ dataThrough }) => time(dataThrough) },
    { heading: 'emitted at (UTC)', cell: ({ emittedAt }) => time(emittedAt) },
    { heading: 'as of (UTC)', cell: ({ asOf }) => time(asOf) },
  ];
}

function amounts(heading: string, meter: MeterId): Column {
  return { heading, cell: ({ quantities }) => numberCell(quantities[meter]) };
}

function textCell(text: string): string {
  const safe = neutralise(text.toWellFormed());
  return /[",;\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function numberCell(value: number | bigint | undefined): string {
  return value === undefined ? '' : String(value);
}
