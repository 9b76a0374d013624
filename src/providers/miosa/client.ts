import { apiUrl } from '../../http/address';
import { answeredAt } from '../../http/answeredAt';
import type { Grouping } from '../../usage/account';
import type { FetchedBreakdown } from '../../usage/breakdownId';
import type { UsageBucket, UsageSummary } from '../../usage/bucket';
import { columnsByDay, type DayColumns } from '../../usage/columns/columns';
import { toFailure } from '../../usage/failure';
import { dayPeriod, daysOf, type EpochMs, monthOf, type Period, SECOND, type UtcDay } from '../../usage/time';
import type { Access, RowQuery, UsageSource } from '../provider';
import { groupingOf } from './capabilities';
import { checkMonth, toBuckets, toSummary } from './normalise';
import { interpretStatus, isPeriodRefused, readVendorError } from './vendorError';
import { readUsage, type WireUsage } from './wire';

/** The vendor's own default. */
const DEFAULT_GROUPING: Grouping = 'external_user_id';

/** A reply, and when the vendor gave it. */
interface Answer {
  readonly usage: WireUsage;
  readonly answeredAt: EpochMs;
}

/** MIOSA over HTTP: one operation, which adds up any period by any grouping. */
export class MiosaClient implements UsageSource {
  readonly #access: Access;

  constructor(access: Access) {
    this.#access = access;
  }

  /** Accepts any month: a key is valid even if this computer's clock is wrong. */
  async check(signal?: AbortSignal): Promise<void> {
    await this.#monthToDate(DEFAULT_GROUPING, monthOf(this.#access.now()).start, signal);
  }

  async summary(period: Period, signal?: AbortSignal): Promise<UsageSummary> {
    const grouping = this.#access.grouping ?? DEFAULT_GROUPING;
    const month = await this.#monthToDate(grouping, period.start, signal);
    checkMonth(month.usage, period.start, month.answeredAt);
    return toSummary(month.usage, grouping);
  }

  /** One request per day, in sequence. */
  async rows(part: FetchedBreakdown, { period }: RowQuery, signal?: AbortSignal): Promise<DayColumns> {
    const grouping = groupingOf(part);
    if (grouping === undefined) {
      throw new RangeError(`MIOSA has no ${part}`);
    }
    const covered: UtcDay[] = [];
    const buckets: UsageBucket[][] = [];
    for (const day of daysOf(period)) {
      const answer = await this.#custom(grouping, dayPeriod(day), signal);
      const own = toBuckets(answer.usage, dayPeriod(day), answer.answeredAt);
      if (own !== undefined) {
        covered.push(day);
        buckets.push(own);
      }
    }
    return columnsByDay(buckets.flat(), covered);
  }

  /** One of the vendor's SDKs has another name for `mtd`; if it is refused, requests the month by its dates. */
  async #monthToDate(grouping: Grouping, start: EpochMs, signal: AbortSignal | undefined): Promise<Answer> {
    try {
      return await this.#get(grouping, { period: 'mtd' }, signal);
    } catch (error) {
      if (!isPeriodRefused(toFailure(error))) {
        throw error;
      }
      // In the month's first second the range would be empty, which is refused.
      const end = Math.max(this.#access.now(), start + SECOND);
      return this.#custom(grouping, { start, end }, signal);
    }
  }

  #custom(grouping: Grouping, { start, end }: Period, signal: AbortSignal | undefined): Promise<Answer> {
    return this.#get(grouping, { period: 'custom', start: rfc3339(start), end: rfc3339(end) }, signal);
  }

  async #get(
    grouping: Grouping,
    query: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const { http, baseUrl, key, organisationId, onRequest, now } = this.#access;
    let at = now();
    const reply = await http.getJson({
      url: apiUrl(baseUrl, '/usage', { group_by: grouping, ...query }),
      headers: {
        Authorization: `Bearer ${key}`,
        ...(organisationId === undefined ? {} : { 'X-MIOSA-Tenant': organisationId }),
      },
      secrets: [key],
      vendorError: readVendorError,
      interpret: interpretStatus,
      onRequest,
      onHeaders: (headers) => {
        at = answeredAt(headers, now());
      },
      signal,
    });
    return { usage: readUsage(reply, grouping), answeredAt: at };
  }
}

/** Whole seconds without a fraction, as the vendor's examples are written. */
function rfc3339(at: EpochMs): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}
