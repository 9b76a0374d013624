import type { Chart, ChartSeries, DashboardView, HostMessage } from '../../src/protocol/messages';
import { METERS } from '../../src/usage/meter';

/** Reads a message from the host: undefined for anything that is not one of ours, which other parts of VS Code may send. */
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
      return isView(message['view']) ? (message as unknown as HostMessage) : undefined;
    default:
      return undefined;
  }
}

function isView(value: unknown): value is DashboardView {
  return (
    isRecord(value) &&
    Array.isArray(value['accounts']) &&
    Number.isFinite(value['month']) &&
    typeof value['refreshing'] === 'boolean' &&
    Array.isArray(value['notices']) &&
    Array.isArray(value['figures']) &&
    Array.isArray(value['charts']) &&
    value['charts'].every(isChart)
  );
}

function isChart(value: unknown): value is Chart {
  return (
    isRecord(value) &&
    typeof value['meter'] === 'string' &&
    value['meter'] in METERS &&
    Array.isArray(value['days']) &&
    Array.isArray(value['series']) &&
    value['series'].every(isSeries)
  );
}

function isSeries(value: unknown): value is ChartSeries {
  return isRecord(value) && typeof value['label'] === 'string' && value['values'] instanceof Float64Array;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
