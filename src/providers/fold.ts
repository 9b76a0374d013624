import type { Fold } from '../http/fold';

/** The breakdowns that vendors send as one long list of rows. */
export type FoldKind = 'dedalus.computeHours' | 'dedalus.computeDays' | 'dedalus.storage';

/** Begins to read one reply. */
export type StartFold = (kind: FoldKind) => Fold;
