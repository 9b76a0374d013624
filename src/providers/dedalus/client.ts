import { apiUrl } from '../../http/address';
import type { JsonRequest } from '../../http/client';
import type { Machine, UsageSummary } from '../../usage/bucket';
import type { DayColumns } from '../../usage/columns';
import { UsageError } from '../../usage/failure';
import type { AskedPart } from '../../usage/part';
import { type Period, daysOf, lastDayOf, utcDay } from '../../usage/time';
import type { FoldKind } from '../fold';
import type { Access, RowQuery, UsageSource } from '../provider';
import { interpretStatus, readComplaint } from './complaint';
import { toMachine, toSummary } from './normalise';
import { readMachinePage, readUsage } from './wire';

/** Machines come in pages; an API that never ends them, or goes in a circle, is stopped. */
const MAX_MACHINE_PAGES = 1000;
const MACHINES_PER_PAGE = '100';

const COMPUTE = '/v1/usage/machines/compute';

type Query = Readonly<Record<string, string | undefined>>;

/** Dedalus Cloud Services over HTTP: the four read operations that usage needs. */
export class DedalusClient implements UsageSource {
  readonly #access: Access;

  constructor(access: Access) {
    this.#access = access;
  }

  async summary(period: Period, signal?: AbortSignal): Promise<UsageSummary> {
    const reply = await this.#get('/v1/usage', { period_start: utcDay(period.start) }, signal);
    return toSummary(readUsage(reply));
  }

  async check(signal?: AbortSignal): Promise<void> {
    readUsage(await this.#get('/v1/usage', {}, signal));
  }

  rows(part: AskedPart, query: RowQuery, signal?: AbortSignal): Promise<DayColumns> {
    if (part === 'storage') {
      return this.#rows('dedalus.storage', '/v1/usage/machines/storage', query, {}, signal);
    }
    if (part === 'computeHours') {
      return this.#rows('dedalus.computeHours', COMPUTE, query, { granularity: 'hour' }, signal);
    }
    if (part === 'computeDays') {
      return this.#rows('dedalus.computeDays', COMPUTE, query, { granularity: 'day' }, signal);
    }
    throw new RangeError(`Dedalus has no ${part}`);
  }

  async machines(signal?: AbortSignal): Promise<Machine[]> {
    const machines: Machine[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_MACHINE_PAGES; page += 1) {
      const reply = await this.#get('/v1/machines', { limit: MACHINES_PER_PAGE, cursor }, signal);
      const { items, nextCursor } = readMachinePage(reply);
      machines.push(...items.map(toMachine));
      if (nextCursor === undefined) {
        return machines;
      }
      if (nextCursor === cursor) {
        break;
      }
      cursor = nextCursor;
    }
    throw new UsageError({ kind: 'malformed', path: 'reply.next_cursor', expected: 'lastPage' });
  }

  #rows(
    kind: FoldKind,
    path: string,
    { period, machineId }: RowQuery,
    more: Query,
    signal: AbortSignal | undefined,
  ): Promise<DayColumns> {
    const { http, fold } = this.#access;
    const query = {
      // `period_end` of a request is the last date to include, while a reply's is exclusive: turned here and nowhere else.
      ...{ period_start: utcDay(period.start), period_end: lastDayOf(period), machine_id: machineId },
      ...more,
    };
    const request = this.#request(path, query, signal);
    return http.getRows(request, () => fold(kind), daysOf(period));
  }

  #get(path: string, query: Query, signal: AbortSignal | undefined): Promise<unknown> {
    return this.#access.http.getJson(this.#request(path, query, signal));
  }

  #request(path: string, query: Query, signal: AbortSignal | undefined): JsonRequest {
    const { baseUrl, key, organisationId, sent } = this.#access;
    return {
      url: apiUrl(baseUrl, path, query),
      headers: {
        'x-api-key': key,
        ...(organisationId === undefined ? {} : { 'X-Dedalus-Org-Id': organisationId }),
      },
      secrets: [key],
      complaint: readComplaint,
      interpret: interpretStatus,
      sent,
      signal,
    };
  }
}
