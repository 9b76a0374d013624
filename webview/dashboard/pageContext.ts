import type { PageMessage } from '../../src/protocol/messages';
import type { LiveRegion } from './parts/live';
import type { Language } from './parts/speech';
import type { Tooltip } from './parts/tooltip';
import type { TableMemory } from './table/tableMemory';

/** What all parts of the page share. */
export interface PageContext {
  readonly language: Language;
  readonly live: LiveRegion;
  readonly tooltip: Tooltip;
  /** To the host; the reply is the next view. */
  readonly send: (message: PageMessage) => void;
  readonly tables: TableMemory;
}
