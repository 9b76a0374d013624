import { UsageError } from '../../usage/failure';
import { MACHINE_CAPABILITIES } from '../machineCapabilities';
import type { Provider } from '../provider';
import { LIST_PRICES } from './listPrices';

/** Addresses and variables: docs/providers.md, "Dedalus". */
export const dedalus: Provider = {
  id: 'dedalus',
  name: 'Dedalus Cloud Services',
  shortName: 'Dedalus',
  key: {
    environmentVariable: 'DEDALUS_API_KEY',
    keysPage: 'https://www.dedaluslabs.ai/dashboard/api-keys',
    scope: 'organisation',
  },
  defaultBaseUrl: 'https://dcs.dedaluslabs.ai',
  billingPage: 'https://www.dedaluslabs.ai/dashboard',
  capabilities: MACHINE_CAPABILITIES,
  listPrices: LIST_PRICES,
  async connect({ access }) {
    if (access === undefined) {
      throw new UsageError({ kind: 'keyMissing' });
    }
    const { DedalusClient } = await import('./client');
    return new DedalusClient(access);
  },
};
