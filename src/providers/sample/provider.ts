import { MACHINE_CAPABILITIES } from '../machineCapabilities';
import type { Provider } from '../provider';

/** Try the product without a key: nothing leaves the computer. */
export const sample: Provider = {
  id: 'sample',
  name: 'Sample data',
  shortName: 'Sample',
  key: undefined,
  defaultBaseUrl: undefined,
  billingPage: undefined,
  capabilities: MACHINE_CAPABILITIES,
  async connect({ now }) {
    const { SampleSource } = await import('./source');
    return new SampleSource(now);
  },
};
