import { UsageError } from '../../usage/failure';
import type { Provider } from '../provider';
import { NORTHFLANK_PLAN } from './plan';

/** Addresses and variables: docs/providers.md, "Northflank". */
export const northflank: Provider = {
  id: 'northflank',
  name: 'Northflank',
  key: {
    environmentVariable: 'NORTHFLANK_API_TOKEN',
    keysPage: 'https://app.northflank.com/s/account/api/tokens',
    scope: 'team',
  },
  defaultBaseUrl: 'https://api.northflank.com/v1',
  billingPage: 'https://app.northflank.com/s/account/billing',
  plan: NORTHFLANK_PLAN,
  async connect({ access }) {
    if (access === undefined) {
      throw new UsageError({ kind: 'keyMissing' });
    }
    const { NorthflankClient } = await import('./client');
    return new NorthflankClient(access);
  },
};
