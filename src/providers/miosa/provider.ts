import { UsageError } from '../../usage/failure';
import type { Provider } from '../provider';
import { MIOSA_CAPABILITIES } from './capabilities';

/** Addresses and variables: docs/providers.md, "MIOSA". */
export const miosa: Provider = {
  id: 'miosa',
  name: 'MIOSA',
  shortName: 'MIOSA',
  key: {
    environmentVariable: 'MIOSA_API_KEY',
    keysPage: 'https://miosa.ai/dashboard/api-keys',
    prefix: 'msk_',
    scope: 'tenant',
  },
  defaultBaseUrl: 'https://api.miosa.ai/api/v1',
  billingPage: undefined,
  capabilities: MIOSA_CAPABILITIES,
  async connect({ access }) {
    if (access === undefined) {
      throw new UsageError({ kind: 'keyMissing' });
    }
    const { MiosaClient } = await import('./client');
    return new MiosaClient(access);
  },
};
