import type { Grouping } from '../usage/account';
import type { BreakdownId, DerivedBreakdown, FetchedBreakdown } from '../usage/breakdownId';
import type { MeterId, MoneyKind } from '../usage/meter';

/** How a breakdown is asked for. */
export interface PartPlan {
  /** The same with one row a subject and day, where its buckets are shorter than a day. */
  readonly days?: DerivedBreakdown;
  /** How many days one request may cover; `sized`: as many as make a reply of some megabytes. */
  readonly daysAtOnce: number | 'sized';
  /** Whether it can be asked for one machine alone. */
  readonly byMachine: boolean;
}

/** One of the dashboard's two charts of usage over time. */
export interface ChartPlan {
  readonly id: 'compute' | 'storage';
  /** The meters to choose from, the first by default; or a kind of money, in whatever unit the vendor gave it. */
  readonly meters: readonly MeterId[] | MoneyKind;
  /** What takes their place where the vendor's rows have none of them, but money of this kind. */
  readonly orMoney?: MoneyKind;
  /** Where the values by hour and by day are; a part for each grouping where there are some. */
  readonly hours: BreakdownId | undefined;
  readonly days: BreakdownId | Readonly<Record<Grouping, BreakdownId>>;
  /** Whether it is left out when there is nothing of it. */
  readonly optional: boolean;
  /** How the values came about, when they are not the vendor's own series. */
  readonly origin?: 'madeOfDays';
}

/** What a vendor's usage is made of, how it is asked for, and how it is shown. */
export interface ProviderCapabilities {
  /** What a row of usage is of. */
  readonly subject: 'machine' | 'group' | 'category';
  /** By whom usage can be grouped, the first by default. */
  readonly groupings: readonly Grouping[];
  readonly parts: Readonly<Partial<Record<FetchedBreakdown, PartPlan>>>;
  /** The breakdowns that make up the month to date, beside the summary; read with every refresh. */
  readonly overview: readonly BreakdownId[];
  /** Requests for days: how many at once, and within a minute, so that the person's own programs have theirs. */
  readonly rateLimit: { readonly atOnce: number; readonly perMinute?: number };
  /** The figures of the month to date, in order. */
  readonly figures: readonly (MeterId | MoneyKind)[];
  /** Whether the vendor tells what it has billed so far, from closed buckets; else figures are what it has metered. */
  readonly tellsBilled: boolean;
  /** The figure in the status bar. */
  readonly headline: MeterId | MoneyKind;
  readonly charts: readonly ChartPlan[];
  /** Whether rows tell when machines were awake and how busy they were. */
  readonly duty: boolean;
  /** Its words for the state of a listed machine that is no more. */
  readonly goneStates: readonly string[];
}
