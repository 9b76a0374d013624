import { apiUrl } from '../../http/address';
import type { HourSpend } from '../../usage/bucket';
import { type DayColumns, columnsByDay } from '../../usage/columns';
import { UsageError } from '../../usage/failure';
import type { AskedPart } from '../../usage/part';
import { type EpochMs, SECOND, daysOf } from '../../usage/time';
import type { Access, HourQuery, RowQuery, UsageSource } from '../provider';
import { readComplaint } from './complaint';
import { toBuckets, toHourSpend } from './normalise';
import { allPages } from './pages';
import { spentUntil } from './quota';
import { readUsageHour, readUsageList } from './wire';

/** The most that the vendor allows. */
const HOURS_PER_PAGE = '100';

type Query = Readonly<Record<string, string | undefined>>;

/** Northflank over HTTP: the list of hours, and one hour in detail. */
export class NorthflankClient implements UsageSource {
  readonly #access: Access;
  #spentUntil: EpochMs | undefined;

  constructor(access: Access) {
    this.#access = access;
  }

  async check(signal?: AbortSignal): Promise<void> {
    readUsageList(await this.#get('', { per_page: '1' }, signal), this.#access.moneyRule);
  }

  async rows(part: AskedPart, { period }: RowQuery, signal?: AbortSignal): Promise<DayColumns> {
    if (part !== 'spend') {
      throw new RangeError(`Northflank has no ${part}`);
    }
    const query = {
      startTime: seconds(period.start),
      endTime: seconds(period.end),
      per_page: HOURS_PER_PAGE,
    };
    const pages = await allPages(async (cursor) =>
      readUsageList(await this.#get('', { ...query, cursor }, signal), this.#access.moneyRule),
    );
    return columnsByDay(toBuckets(pages.flat(), period), daysOf(period));
  }

  /**
   * With a type of resource alone, the vendor does not tell of which team its reply would be: that filter is left out unless
   * there is a team.
   */
  async hour(query: HourQuery, signal?: AbortSignal): Promise<HourSpend> {
    const { start, projectId } = query;
    const team = query.teamId ?? this.#access.organisationId;
    const resourceType = team === undefined ? undefined : query.resourceType;
    const teamId = resourceType === undefined ? query.teamId : team;
    const filters = { teamId, projectId, resourceType };
    const pages = await allPages(async (cursor) => {
      const reply = await this.#get(`/${seconds(start)}`, { ...filters, cursor }, signal);
      const page = readUsageHour(reply, this.#access.moneyRule);
      if (page.content.start !== undefined && page.content.start !== start) {
        throw new UsageError({ kind: 'malformed', path: 'reply.data.timestamp', expected: 'dateTime' });
      }
      return page;
    });
    return toHourSpend(pages, start, filters);
  }

  /** `path` is what follows the list's own. */
  async #get(path: string, query: Query, signal: AbortSignal | undefined): Promise<unknown> {
    const { http, baseUrl, key, organisationId, sent } = this.#access;
    this.#keepToQuota(query);
    const team = organisationId === undefined ? '' : `/teams/${encodeURIComponent(organisationId)}`;
    return http.getJson({
      url: apiUrl(baseUrl, `${team}/billing/usage${path}`, query),
      headers: { Authorization: `Bearer ${key}` },
      secrets: [key],
      complaint: readComplaint,
      sent,
      heard: (headers) => {
        this.#hear(headers);
      },
      signal,
    });
  }

  #hear(headers: Headers): void {
    const { now, spent } = this.#access;
    this.#spentUntil = spentUntil(headers, now());
    if (this.#spentUntil !== undefined) {
      spent(this.#spentUntil);
    }
  }

  /** Whether a first page is asked for is the caller's to decide; a further one would be refused. */
  #keepToQuota({ cursor }: Query): void {
    const retryAt = this.#spentUntil;
    if (cursor !== undefined && retryAt !== undefined && retryAt > this.#access.now()) {
      throw new UsageError({ kind: 'rateLimited', retryAt });
    }
  }
}

function seconds(at: EpochMs): string {
  return String(at / SECOND);
}
