import type { PageMessage } from '../../src/protocol/messages';
import type { LiveRegion } from './live';
import type { Language } from './speech';
import type { Tooltip } from './tooltip';

/** What all parts of the page share. */
export interface Surroundings {
  readonly language: Language;
  readonly live: LiveRegion;
  readonly tooltip: Tooltip;
  /** To the host; the answer comes as the next view. */
  readonly send: (message: PageMessage) => void;
}
