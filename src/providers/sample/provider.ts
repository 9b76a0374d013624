import { MACHINES_PLAN } from '../machinesPlan';
import type { Provider } from '../provider';

/** Try the product without a key: nothing leaves the computer. */
export const sample: Provider = {
  id: 'sample',
  name: 'Sample data',
  key: undefined,
  defaultBaseUrl: undefined,
  billingPage: undefined,
  plan: MACHINES_PLAN,
  async connect({ now }) {
    const { SampleSource } = await import('./source');
    return new SampleSource(now);
  },
};
