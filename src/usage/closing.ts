import { HOUR } from './time';

/**
 * This long after its end a bucket has closed: a value that changes later is a restatement. Vendors do not publish how
 * long closing takes; three quarters of an hour have been seen.
 */
export const CLOSING_MS = 6 * HOUR;
