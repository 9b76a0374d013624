import { isRecord } from '../../../src/protocol/choices';
import { type Report, REPORT_INTENTS, type ReportCell, REPORTS, TONES } from '../../../src/protocol/report';
import { isListOf, isMeter, isNumber, isOneOf, isPlace, isText } from '../checks';

/** Whether the page can draw these reports: each whole, no duplicates. */
export function areReports(value: unknown): value is Report[] {
  return isListOf(value, isReport) && new Set(value.map(({ id }) => id)).size === value.length;
}

function isReport(value: unknown): value is Report {
  return (
    isRecord(value) &&
    isOneOf(REPORTS, value['id']) &&
    isText(value['title']) &&
    isText(value['short']) &&
    isText(value['summary']) &&
    isOneOf(TONES, value['tone']) &&
    (value['body'] === undefined || isBody(value['body']))
  );
}

function isBody(value: unknown): boolean {
  if (!isRecord(value)) {
    return false;
  }
  const { tables, notes, search, actions } = value;
  return (
    isListOf(tables, isTable) &&
    isListOf(notes, isText) &&
    (search === undefined || (isRecord(search) && isText(search['text']) && isText(search['hint']))) &&
    isListOf(
      actions,
      (action) => isRecord(action) && isText(action['label']) && isOneOf(REPORT_INTENTS, action['intent']),
    )
  );
}

function isTable(value: unknown): boolean {
  if (!isRecord(value)) {
    return false;
  }
  const { caption, columns, rows, more, empty } = value;
  return (
    isText(caption) &&
    isListOf(
      columns,
      (column) => isRecord(column) && isText(column['heading']) && typeof column['numeric'] === 'boolean',
    ) &&
    isListOf(rows, (row) => isRow(row, columns.length)) &&
    isPlace(more, Number.MAX_SAFE_INTEGER) &&
    isText(empty)
  );
}

function isRow(value: unknown, columns: number): boolean {
  if (!isRecord(value)) {
    return false;
  }
  const { cells, tone, opens, dismiss } = value;
  return (
    isListOf(cells, isCell) &&
    cells.length === columns &&
    isOneOf(TONES, tone) &&
    (opens === undefined || isTarget(opens)) &&
    (dismiss === undefined || isText(dismiss))
  );
}

/** Whether it names a chart and a meter. */
export function isTarget(value: unknown): boolean {
  return (
    isRecord(value) &&
    isOneOf(['compute', 'storage'], value['chart']) &&
    isMeter(value['meter']) &&
    (value['subjectId'] === undefined || isText(value['subjectId']))
  );
}

/** Whether it is a text with what belongs to it. */
export function isCell(value: unknown): value is ReportCell {
  return (
    isRecord(value) &&
    isText(value['text']) &&
    (value['detail'] === undefined || isText(value['detail'])) &&
    (value['gauge'] === undefined || isGauge(value['gauge']))
  );
}

function isGauge(value: unknown): boolean {
  return (
    isRecord(value) &&
    isShare(value['done']) &&
    (value['expected'] === undefined || isExpected(value['expected'])) &&
    (value['limit'] === undefined || isShare(value['limit']))
  );
}

/** What is done may be more or less than what is expected. */
function isExpected(value: unknown): boolean {
  if (!isRecord(value)) {
    return false;
  }
  const { low, total, high } = value;
  return isShare(low) && isShare(total) && isShare(high) && low <= total && total <= high;
}

function isShare(value: unknown): value is number {
  return isNumber(value) && value >= 0 && value <= 1;
}
