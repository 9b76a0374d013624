import { apiUrl } from '../../http/address';
import type { PagesBudget } from '../../http/body';
import type { JsonRequest } from '../../http/request';
import type { FetchedBreakdown } from '../../usage/breakdownId';
import type { Machine, UsageSummary } from '../../usage/bucket';
import type { DayColumns } from '../../usage/columns/columns';
import { daysOf, lastDayOf, type Period, utcDay } from '../../usage/time';
import { allPages, type Page } from '../pages';
import type { Access, RowQuery, UsageSource } from '../provider';
import type { RowKind } from '../rowDecoder';
import { toMachine, toSummary } from './normalise';
import { interpretStatus, readVendorError } from './vendorError';
import { readMachinePage, readUsage, type WireMachine } from './wire';

/** Maximum per organisation: the vendor's largest published plan has 20. */
const MOST_MACHINES = 20_000;
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

  rows(part: FetchedBreakdown, query: RowQuery, signal?: AbortSignal): Promise<DayColumns> {
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
    const pages = await allPages<WireMachine, Page<WireMachine>>({
      read: async (cursor, budget) =>
        readMachinePage(
          await this.#get('/v1/machines', { limit: MACHINES_PER_PAGE, cursor }, signal, budget),
        ),
      keyOf: ({ machineId }) => machineId,
      budget: this.#access.http.budget(),
      most: MOST_MACHINES,
      path: 'reply.next_cursor',
    });
    return pages.flatMap(({ items }) => items.map(toMachine));
  }

  #rows(
    kind: RowKind,
    path: string,
    { period, machineId }: RowQuery,
    more: Query,
    signal: AbortSignal | undefined,
  ): Promise<DayColumns> {
    const { http, openRowSink } = this.#access;
    const query = {
      // A request's `period_end` is the last date to include, while a reply's is exclusive: converted only here.
      ...{ period_start: utcDay(period.start), period_end: lastDayOf(period), machine_id: machineId },
      ...more,
    };
    const request = this.#request(path, query, signal);
    return http.getRows(request, () => openRowSink(kind), daysOf(period));
  }

  #get(path: string, query: Query, signal: AbortSignal | undefined, budget?: PagesBudget): Promise<unknown> {
    const request = this.#request(path, query, signal);
    return this.#access.http.getJson(budget === undefined ? request : { ...request, budget });
  }

  #request(path: string, query: Query, signal: AbortSignal | undefined): JsonRequest {
    const { baseUrl, key, organisationId, onRequest } = this.#access;
    return {
      url: apiUrl(baseUrl, path, query),
      headers: {
        'x-api-key': key,
        ...(organisationId === undefined ? {} : { 'X-Dedalus-Org-Id': organisationId }),
      },
      secrets: [key],
      vendorError: readVendorError,
      interpret: interpretStatus,
      onRequest,
      signal,
    };
  }
}
