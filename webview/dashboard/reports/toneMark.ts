import type { Tone } from '../../../src/protocol/report';
import type { DashboardStrings } from '../../../src/protocol/strings';
import { element, hiddenText, icon } from '../parts/dom';

const ICONS = { good: 'good', attention: 'attention', trouble: 'error' } as const;

/** A sign for eyes and a word for ears; a place of the same size where there is nothing to say. */
export function toneMark(tone: Tone, strings: DashboardStrings): HTMLElement {
  const mark = element('span', { className: `tone tone-${tone}` });
  if (tone !== 'neutral') {
    mark.append(icon(ICONS[tone]), hiddenText(`${strings.tones[tone]}: `));
  }
  return mark;
}
