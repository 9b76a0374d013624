import type { ReportCell } from '../../../src/protocol/report';
import { displayText } from '../../../src/usage/text';
import { element, hiddenText } from '../parts/dom';
import { gaugeBar } from '../reports/gaugeBar';

/** Longer than any sentence that we write. */
export const TEXT_LIMIT = 1000;

/** A text, what it is exactly on hover and for screen readers, and its bar. */
export function textCell({ text, detail, gauge }: ReportCell): Node[] {
  const more = detail === undefined ? undefined : displayText(detail, TEXT_LIMIT);
  return [
    element('bdi', {
      text: displayText(text, TEXT_LIMIT),
      ...(more === undefined ? {} : { title: more }),
    }),
    ...(more === undefined ? [] : [hiddenText(`, ${more}`)]),
    ...(gauge ? [gaugeBar(gauge)] : []),
  ];
}
