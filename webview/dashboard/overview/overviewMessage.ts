import { isRecord } from '../../../src/protocol/choices';
import { type AccountsOverview, REMEDIES } from '../../../src/protocol/overview';
import { TONES } from '../../../src/protocol/report';
import { isListOf, isOneOf, isPlace, isText } from '../checks';
import { isCell } from '../reports/reportMessage';

/** Whether the page can draw this overview: each row whole, and no account twice. */
export function isOverview(value: unknown): value is AccountsOverview {
  if (!isRecord(value)) {
    return false;
  }
  const { rows, totals, notes } = value;
  return (
    isListOf(rows, isRow) &&
    new Set(rows.map(({ accountId }) => accountId)).size === rows.length &&
    isListOf(
      totals,
      (total) =>
        isRecord(total) && isText(total['label']) && isText(total['accounts']) && isCell(total['figure']),
    ) &&
    isListOf(notes, isText)
  );
}

function isRow(value: unknown): value is AccountsOverview['rows'][number] {
  if (!isRecord(value)) {
    return false;
  }
  const { accountId, figure, days, monthEnd, budget, state } = value;
  return (
    isText(accountId) &&
    [figure, monthEnd, budget].every(isCell) &&
    isOneOf(TONES, (budget as Record<string, unknown>)['tone']) &&
    isRecord(days) &&
    isText(days['text']) &&
    (days['bars'] === undefined || areBars(days['bars'])) &&
    isRecord(state) &&
    isText(state['text']) &&
    isOneOf(TONES, state['tone']) &&
    (state['detail'] === undefined || isText(state['detail'])) &&
    (state['action'] === undefined || isAction(state['action']))
  );
}

function areBars(value: unknown): boolean {
  if (!isRecord(value) || !(value['values'] instanceof Float64Array)) {
    return false;
  }
  const { values, begun, openFrom } = value;
  return isPlace(begun, values.length) && isPlace(openFrom, begun);
}

function isAction(value: unknown): boolean {
  return isRecord(value) && isText(value['label']) && isOneOf(REMEDIES, value['intent']);
}
