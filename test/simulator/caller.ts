import { type IncomingHttpHeaders } from 'node:http';

const OWN_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost']);

/**
 * Whether a request can be that of a program on this computer. A browser comes under the name that a page has: a page
 * whose name was bound anew to this computer would otherwise read what it likes. No program of ours sends an origin.
 */
export function isProgram({ host = '', origin }: IncomingHttpHeaders): boolean {
  return origin === undefined && OWN_NAMES.has(host.toLowerCase().replace(/:\d+$/, ''));
}
