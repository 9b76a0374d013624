import type { ProviderCapabilities } from '../capabilities';

/** Source: Northflank, "List usage" and "Get usage"; docs/providers.md, "Northflank". */
export const NORTHFLANK_CAPABILITIES: ProviderCapabilities = {
  subject: 'category',
  groupings: [],
  parts: { spend: { days: 'spendDays', daysAtOnce: 31, byMachine: false } },
  overview: ['spendDays'],
  rateLimit: { atOnce: 1 }, // the limit is 1,000 requests per hour, and pages of a list come in sequence
  figures: ['paas', 'byoc'],
  tellsBilled: false,
  headline: 'paas',
  charts: [
    { id: 'compute', meters: 'paas', hours: 'spend', days: 'spendDays', optional: false },
    { id: 'storage', meters: 'byoc', hours: 'spend', days: 'spendDays', optional: true },
  ],
  duty: false,
  goneStates: [],
};
