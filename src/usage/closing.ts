import { HOUR } from './time';

/**
 * How long after its end a bucket counts as closed; a value that changes later is a restatement. Vendors do not publish how
 * long closing takes; 45 minutes have been observed.
 */
export const CLOSING_MS = 6 * HOUR;
