import { apiUrl } from '../../http/address';
import type { Machine, UsageBucket, UsageSummary } from '../../usage/bucket';
import { UsageError } from '../../usage/failure';
import { type Period, lastDayOf, utcDay } from '../../usage/time';
import type { Access, BreakdownQuery, Granularity, UsageSource } from '../provider';
import { interpretStatus, readComplaint } from './complaint';
import { toComputeBucket, toMachine, toStorageBucket, toSummary } from './normalise';
import { readComputeRows, readMachinePage, readStorageRows, readUsage } from './wire';

/** Machines come in pages; an API that never ends them, or goes in a circle, is stopped. */
const MAX_MACHINE_PAGES = 1000;
const MACHINES_PER_PAGE = '100';

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

  async computeBuckets(
    query: BreakdownQuery,
    granularity: Granularity,
    signal?: AbortSignal,
  ): Promise<UsageBucket[]> {
    const reply = await this.#get(
      '/v1/usage/machines/compute',
      { ...toParameters(query), granularity },
      signal,
    );
    return readComputeRows(reply).map(toComputeBucket);
  }

  async storageBuckets(query: BreakdownQuery, signal?: AbortSignal): Promise<UsageBucket[]> {
    const reply = await this.#get('/v1/usage/machines/storage', toParameters(query), signal);
    return readStorageRows(reply).map(toStorageBucket);
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

  async #get(
    path: string,
    query: Readonly<Record<string, string | undefined>>,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const { http, baseUrl, key, organisationId } = this.#access;
    const reply = await http.getJson({
      url: apiUrl(baseUrl, path, query),
      headers: {
        'x-api-key': key,
        ...(organisationId === undefined ? {} : { 'X-Dedalus-Org-Id': organisationId }),
      },
      secrets: [key],
      complaint: readComplaint,
      interpret: interpretStatus,
      signal,
    });
    return reply.value;
  }
}

/** `period_end` of a request is the last date to include, while a reply's is exclusive: turned here and nowhere else. */
function toParameters({ period, machineId }: BreakdownQuery): Record<string, string | undefined> {
  return { period_start: utcDay(period.start), period_end: lastDayOf(period), machine_id: machineId };
}
