import type { Chart, ChartSeries, ChartTable, DutyMap } from '../../src/protocol/chart';
import { DEFAULT_CHOICES, isRecord, readChoices, STACKINGS } from '../../src/protocol/choices';
import { type DashboardView, type Figure, type HostMessage } from '../../src/protocol/messages';
import { SUBJECTS } from '../../src/protocol/subject';
import { isArrayOf, isListOf, isMeter, isNumber, isOneOf, isPlace, isText } from './checks';
import { isOverview } from './overview/overviewMessage';
import { areReports, isTarget } from './reports/reportMessage';

const HOURS = 24;

/** Reads a message from the host; undefined if it is not one of ours, since other parts of VS Code may send some. */
export function readHostMessage(message: unknown): HostMessage | undefined {
  if (!isRecord(message)) {
    return undefined;
  }
  switch (message['type']) {
    case 'hello':
      return typeof message['locale'] === 'string' && isRecord(message['strings'])
        ? (message as unknown as HostMessage)
        : undefined;
    case 'show':
      return isNumber(message['heard']) && isView(message['view'])
        ? (message as unknown as HostMessage)
        : undefined;
    default:
      return undefined;
  }
}

function isView(value: unknown): value is DashboardView {
  if (!isRecord(value)) {
    return false;
  }
  const { accounts, month, refreshing, loading, notices, figures, shown, range, selected, charts, duty } =
    value;
  return (
    isListOf(accounts, (account) => isRecord(account) && isText(account['id']) && isText(account['label'])) &&
    Number.isFinite(month) &&
    typeof refreshing === 'boolean' &&
    (loading === undefined ||
      (isRecord(loading) &&
        isNumber(loading['done']) &&
        isNumber(loading['total']) &&
        isWait(loading['wait']))) &&
    isListOf(notices, (notice) => isRecord(notice) && isText(notice['text'])) &&
    isListOf(figures, isFigure) &&
    hasTraits(value) &&
    isWholeChoices(value['choices']) &&
    isRecord(shown) &&
    isNumber(shown['start']) &&
    isNumber(shown['end']) &&
    isRecord(range) &&
    isText(range['first']) &&
    isText(range['last']) &&
    isText(value['today']) &&
    typeof value['hoursAllowed'] === 'boolean' &&
    (selected === undefined ||
      (isRecord(selected) && isText(selected['subjectId']) && isText(selected['label']))) &&
    isListOf(charts, isChart) &&
    (duty === undefined || isDuty(duty)) &&
    areReports(value['reports']) &&
    (value['overview'] === undefined || isOverview(value['overview']))
  );
}

function isWait(value: unknown): boolean {
  return value === undefined || (isRecord(value) && isNumber(value['ms']) && isNumber(value['perMinute']));
}

/** What the account's vendor has. */
function hasTraits(view: Record<string, unknown>): boolean {
  return (
    isOneOf(SUBJECTS, view['subject']) &&
    isListOf(view['stackings'], (own) => isOneOf(STACKINGS, own)) &&
    ['hasHours', 'hasDuty', 'hasBilled'].every((trait) => typeof view[trait] === 'boolean')
  );
}

/** Whether every choice is present and valid. */
function isWholeChoices(value: unknown): boolean {
  const read = readChoices(value);
  return Object.keys(DEFAULT_CHOICES).every((name) => name in read);
}

function isFigure(value: unknown): value is Figure {
  return (
    isRecord(value) &&
    isText(value['label']) &&
    (value['opens'] === undefined || isTarget(value['opens'])) &&
    isListOf(
      value['lines'],
      (line) =>
        isRecord(line) &&
        isText(line['label']) &&
        isText(line['value']) &&
        isText(line['exact']) &&
        isText(line['provenance']) &&
        (line['change'] === undefined || (isRecord(line['change']) && isText(line['change']['text']))),
    )
  );
}

function isChart(value: unknown): value is Chart {
  if (!isRecord(value)) {
    return false;
  }
  const { id, title, meter, granularity, form, starts, begun, openFrom, series } = value;
  const { table, previous, allowance, notes } = value;
  return (
    (id === 'compute' || id === 'storage') &&
    isText(title) &&
    isMeter(meter) &&
    isListOf(value['meters'], (own) => isRecord(own) && isMeter(own['id']) && isText(own['label'])) &&
    (granularity === 'hour' || granularity === 'day') &&
    (form === 'bars' || form === 'area') &&
    starts instanceof Float64Array &&
    starts.every(Number.isFinite) &&
    isPlace(begun, starts.length) &&
    isPlace(openFrom, begun) &&
    isListOf(series, (own) => isSeries(own, starts.length)) &&
    (table === undefined || isTable(table, begun)) &&
    (previous === undefined ||
      (isRecord(previous) && isText(previous['label']) && isArrayOf(previous['values'], starts.length))) &&
    (allowance === undefined ||
      (isRecord(allowance) && isText(allowance['label']) && isNumber(allowance['value']))) &&
    isText(value['provenance']) &&
    isText(value['source']) &&
    isListOf(notes, isText)
  );
}

function isTable(value: unknown, slots: number): value is ChartTable {
  return (
    isRecord(value) &&
    isListOf(value['rows'], (row) => isRecord(row) && isText(row['key']) && isText(row['label'])) &&
    isArrayOf(value['values'], value['rows'].length * slots) &&
    isRecord(value['exact']) &&
    Object.values(value['exact']).every(isText)
  );
}

function isSeries(value: unknown, slots: number): value is ChartSeries {
  return (
    isRecord(value) &&
    isText(value['key']) &&
    isText(value['label']) &&
    isPlace(value['colour'], Number.MAX_SAFE_INTEGER) &&
    isArrayOf(value['values'], slots) &&
    (value['exact'] === undefined || isListOf(value['exact'], isText))
  );
}

function isDuty(value: unknown): value is DutyMap {
  if (!isRecord(value) || !isListOf(value['days'], isText)) {
    return false;
  }
  const cells = value['days'].length * HOURS;
  return (
    isText(value['title']) &&
    isText(value['of']) &&
    [value['awake'], value['used'], value['capacity']].every((array) => isArrayOf(array, cells)) &&
    isText(value['provenance']) &&
    isListOf(value['notes'], isText)
  );
}
