import type { Grouping } from '../../usage/account';
import type { FetchedBreakdown } from '../../usage/breakdownId';
import type { ChartPlan, PartPlan, ProviderCapabilities } from '../capabilities';

/** The part for each grouping. */
const PARTS = {
  external_user_id: 'byUser',
  external_project_id: 'byProject',
  workspace_id: 'byWorkspace',
} as const satisfies Record<Grouping, FetchedBreakdown>;

/** The vendor gives one sum per request and no series, so each day takes its own request. */
const DAY_BY_DAY: PartPlan = { daysAtOnce: 1, byMachine: false };

const MADE_OF_DAYS = { hours: undefined, days: PARTS, optional: false, origin: 'madeOfDays' } as const;

const COMPUTE: ChartPlan = {
  ...MADE_OF_DAYS,
  id: 'compute',
  meters: ['credit_cents', 'sandbox_seconds', 'computer_seconds'],
  orMoney: 'spend', // in the other of the two documented replies
};

/** Only one of the two documented replies has it. */
const STORAGE: ChartPlan = { ...MADE_OF_DAYS, id: 'storage', meters: ['storage_gb_hours'], optional: true };

/** Source: MIOSA, "Usage rollup"; docs/providers.md, "MIOSA". */
export const MIOSA_CAPABILITIES: ProviderCapabilities = {
  subject: 'group',
  groupings: ['external_user_id', 'external_project_id', 'workspace_id'],
  parts: { byUser: DAY_BY_DAY, byProject: DAY_BY_DAY, byWorkspace: DAY_BY_DAY },
  overview: [],
  // Half of what the documented example key allows per minute, minus a refresh and its retry.
  rateLimit: { atOnce: 4, perMinute: 28 },
  figures: ['credit_cents', 'spend', 'sandbox_seconds', 'computer_seconds', 'storage_gb_hours'],
  tellsBilled: false,
  headline: 'credit_cents',
  charts: [COMPUTE, STORAGE],
  duty: false,
  goneStates: [],
};

/** What the rows of a part are grouped by; undefined for a part that MIOSA does not have. */
export function groupingOf(part: FetchedBreakdown): Grouping | undefined {
  return MIOSA_CAPABILITIES.groupings.find((grouping) => PARTS[grouping] === part);
}
