import { UsageError } from '../../usage/failure';
import type { Provider } from '../provider';
import { NORTHFLANK_CAPABILITIES } from './capabilities';

/** Addresses and variables: docs/providers.md, "Northflank". */
export const northflank: Provider = {
  id: 'northflank',
  name: 'Northflank',
  shortName: 'Northflank',
  key: {
    environmentVariable: 'NORTHFLANK_API_TOKEN',
    keysPage: 'https://app.northflank.com/s/account/api/tokens',
    scope: 'team',
  },
  defaultBaseUrl: 'https://api.northflank.com/v1',
  billingPage: 'https://app.northflank.com/s/account/billing',
  capabilities: NORTHFLANK_CAPABILITIES,
  async connect({ access }) {
    if (access === undefined) {
      throw new UsageError({ kind: 'keyMissing' });
    }
    const { NorthflankClient } = await import('./client');
    return new NorthflankClient(access);
  },
};
