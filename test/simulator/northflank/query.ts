import { type EpochMs, SECOND } from '../clock';
import { RESOURCE_TYPES } from './book';

/** A request that the vendor refuses. With which status and words is not documented. */
export class RefusedQuery extends Error {}

export interface ListQuery {
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly perPage: number;
  readonly cursor: string | undefined;
}

export interface HourQuery {
  readonly teamId: string | undefined;
  readonly projectId: string | undefined;
  readonly resourceType: string | undefined;
  readonly cursor: string | undefined;
}

/**
 * Throws RefusedQuery. `page` is documented without saying which number the first one has: it is refused, so that nothing
 * comes to rely on it.
 */
export function listQuery(query: URLSearchParams): ListQuery {
  if (query.has('page')) throw new RefusedQuery('use the cursor');
  if (query.has('endTime') && !query.has('startTime')) throw new RefusedQuery('endTime requires startTime');
  const perPage = whole(query, 'per_page') ?? 50;
  if (perPage < 1 || perPage > 100) throw new RefusedQuery('per_page must be at most 100');
  return {
    start: (whole(query, 'startTime') ?? -Infinity) * SECOND,
    end: (whole(query, 'endTime') ?? Infinity) * SECOND,
    perPage,
    cursor: query.get('cursor') ?? undefined,
  };
}

/** Throws RefusedQuery. */
export function hourQuery(query: URLSearchParams): HourQuery {
  const resourceType = query.get('resourceType') ?? undefined;
  if (resourceType !== undefined && !RESOURCE_TYPES.some((type) => type === resourceType)) {
    throw new RefusedQuery('unknown resourceType');
  }
  return {
    teamId: query.get('teamId') ?? undefined,
    projectId: query.get('projectId') ?? undefined,
    resourceType,
    cursor: query.get('cursor') ?? undefined,
  };
}

/** Cursors mean nothing to a client. */
export function cursorOf(position: number): string {
  return Buffer.from(`after:${String(position)}`).toString('base64url');
}

/** Throws RefusedQuery for one that never was given. */
export function positionOf(cursor: string): number {
  const [, position] = /^after:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (position === undefined) throw new RefusedQuery('unknown cursor');
  return Number(position);
}

function whole(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,12}$/.test(text)) throw new RefusedQuery(`${name} must be a whole number`);
  return Number(text);
}
