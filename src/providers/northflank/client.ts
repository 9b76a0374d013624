import { apiUrl } from '../../http/address';
import { answeredAt } from '../../http/answeredAt';
import type { PagesBudget } from '../../http/body';
import type { FetchedBreakdown } from '../../usage/breakdownId';
import type { HourSpend } from '../../usage/bucket';
import type { DayColumns } from '../../usage/columns/columns';
import { UsageError } from '../../usage/failure';
import { type EpochMs, HOUR, SECOND } from '../../usage/time';
import { contradicts } from '../coverage';
import { allPages, type Page } from '../pages';
import type { Access, HourQuery, RowQuery, UsageSource } from '../provider';
import { type ListPage, toDays, toHourSpend } from './normalise';
import { quotaExhaustedUntil } from './quota';
import { readVendorError } from './vendorError';
import { CURSOR, readUsageHour, readUsageList, type WireEntry, type WireHour, type WireNode } from './wire';

/** The most that the vendor allows. */
const HOURS_PER_PAGE = 100;

/** Maximum pages for one hour. */
const MOST_PAGES_OF_AN_HOUR = 1000;

type Query = Readonly<Record<string, string | undefined>>;

/** Northflank over HTTP: the list of hours, and one hour in detail. */
export class NorthflankClient implements UsageSource {
  readonly #access: Access;
  #quotaExhaustedUntil: EpochMs | undefined;
  /** When the newest reply was given, by the vendor's clock. */
  #answeredAt: EpochMs;

  constructor(access: Access) {
    this.#access = access;
    this.#answeredAt = access.now();
  }

  async check(signal?: AbortSignal): Promise<void> {
    readUsageList(await this.#get('', { per_page: '1' }, { signal }), this.#access.moneyRule, Infinity);
  }

  async rows(part: FetchedBreakdown, { period }: RowQuery, signal?: AbortSignal): Promise<DayColumns> {
    if (part !== 'spend') {
      throw new RangeError(`Northflank has no ${part}`);
    }
    const query = {
      startTime: seconds(period.start),
      endTime: seconds(period.end),
      per_page: String(HOURS_PER_PAGE),
    };
    const pages = await allPages<WireEntry, ListPage>({
      read: async (cursor, budget) => {
        const reply = await this.#get('', { ...query, cursor }, { signal, budget });
        const page = readUsageList(reply, this.#access.moneyRule, HOURS_PER_PAGE);
        return { ...page, answeredAt: this.#answeredAt };
      },
      keyOf: ({ start }) => start,
      budget: this.#access.http.budget(),
      most: (period.end - period.start) / HOUR,
      path: CURSOR,
    });
    return toDays(pages, period);
  }

  /**
   * A filter by resource type needs a team: without one, the vendor does not say whose usage its reply is, so the filter is
   * left out.
   */
  async hour(query: HourQuery, signal?: AbortSignal): Promise<HourSpend> {
    const { start, projectId } = query;
    const team = query.teamId ?? this.#access.organisationId;
    const resourceType = team === undefined ? undefined : query.resourceType;
    const teamId = resourceType === undefined ? query.teamId : team;
    const filters = { teamId, projectId, resourceType };
    const pages = await allPages<WireHour, Page<WireHour>>({
      read: async (cursor, budget) => {
        const reply = await this.#get(`/${seconds(start)}`, { ...filters, cursor }, { signal, budget });
        return readUsageHour(reply, this.#access.moneyRule);
      },
      keyOf: ({ teams }) => JSON.stringify(idsOf(teams)),
      budget: this.#access.http.budget(),
      most: MOST_PAGES_OF_AN_HOUR,
      path: CURSOR,
    });
    const hours = pages.flatMap(({ items }) => items);
    if (hours.some((hour) => hour.start !== undefined && hour.start !== start)) {
      contradicts('reply.data.timestamp', 'asAsked');
    }
    return toHourSpend(hours, start, filters);
  }

  /** `path` is what follows the list's path. */
  async #get(
    path: string,
    query: Query,
    more: { readonly signal: AbortSignal | undefined; readonly budget?: PagesBudget },
  ): Promise<unknown> {
    const { http, baseUrl, key, organisationId, onRequest } = this.#access;
    this.#keepToQuota(query);
    const team = organisationId === undefined ? '' : `/teams/${encodeURIComponent(organisationId)}`;
    return http.getJson({
      url: apiUrl(baseUrl, `${team}/billing/usage${path}`, query),
      headers: { Authorization: `Bearer ${key}` },
      secrets: [key],
      vendorError: readVendorError,
      onRequest,
      onHeaders: (headers) => {
        this.#hear(headers);
      },
      ...more,
    });
  }

  #hear(headers: Headers): void {
    const { now, onQuotaExhausted } = this.#access;
    this.#answeredAt = answeredAt(headers, now());
    this.#quotaExhaustedUntil = quotaExhaustedUntil(headers, now());
    if (this.#quotaExhaustedUntil !== undefined) {
      onQuotaExhausted(this.#quotaExhaustedUntil);
    }
  }

  /** Throws for a further page, which would be refused; the caller decides about a first one. */
  #keepToQuota({ cursor }: Query): void {
    const retryAt = this.#quotaExhaustedUntil;
    if (cursor !== undefined && retryAt !== undefined && retryAt > this.#access.now()) {
      throw new UsageError({ kind: 'rateLimited', retryAt });
    }
  }
}

/** The ids on a page of an hour, from its teams down. */
function idsOf(nodes: readonly WireNode[]): unknown[] {
  return nodes.map(({ id, children }) => [id, idsOf(children ?? [])]);
}

function seconds(at: EpochMs): string {
  return String(at / SECOND);
}
