import type { ReportCell, ReportTable } from '../../../protocol/report';
import { type Amount, compareAmounts, toApproximateNumber } from '../../../usage/amount';
import type { Formats } from '../../../usage/format';
import type { MeterId } from '../../../usage/meter';

/** A rounded figure; its detail has the exact one and where it comes from. */
export function figureCell(amount: Amount, meter: MeterId, formats: Formats, provenance: string): ReportCell {
  return { text: formats.rounded(amount, meter), detail: `${formats.exact(amount, meter)} · ${provenance}` };
}

/** The same for a difference, with its sign. */
export function differenceCell(
  amount: Amount,
  meter: MeterId,
  formats: Formats,
  provenance: string,
): ReportCell {
  return {
    text: withSign(amount, formats.rounded(amount, meter)),
    detail: `${withSign(amount, formats.exact(amount, meter))} · ${provenance}`,
  };
}

/** `+12 h`, `−12 h`, `0 h`. */
export function signed(amount: Amount, meter: MeterId, formats: Formats): string {
  return withSign(amount, formats.rounded(amount, meter));
}

function withSign(amount: Amount, figure: string): string {
  return compareAmounts(amount, 0) > 0 ? `+${figure}` : figure;
}

/** The relative change; empty if there was nothing before. */
export function changeText(now: Amount, before: Amount, formats: Formats): string {
  const was = toApproximateNumber(before);
  return was === 0 ? '' : formats.change((toApproximateNumber(now) - was) / was);
}

/** A column of text, or of numbers. */
export function column(heading: string, kind: 'text' | 'number' = 'text'): ReportTable['columns'][number] {
  return { heading, numeric: kind === 'number' };
}

/** The chart that shows a meter. */
export function chartOf(meter: MeterId): 'compute' | 'storage' {
  return meter.startsWith('storage_') || meter === 'logical_storage_bytes' || meter.startsWith('byoc.')
    ? 'storage'
    : 'compute';
}
