import type { ListPrices, RatesSetting } from '../../usage/rates';

const RATES = {
  currency: 'USD',
  perVcpuHour: 0.04536,
  perMemoryGibHour: 0.01458,
  perStorageGibHour: 0.0001,
} as const satisfies RatesSetting;

/** Second-hand: docs/providers.md, "Dedalus", "Prices". */
export const LIST_PRICES: ListPrices = {
  page: 'https://www.dedaluslabs.ai/pricing',
  quotedBy: 'api-evangelist/dedaluslabs',
  asOf: '2026-10-07',
  plans: [
    { name: 'Hobby', rates: { ...RATES, included: { storageGib: 10 } } },
    { name: 'Pro', rates: { ...RATES, included: { storageGib: 20, money: 20 } } },
  ],
};
