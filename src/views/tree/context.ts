import type { KnownChecks } from '../../insights/checks/usageChecks';
import type { ProviderCapabilities } from '../../providers/capabilities';
import { PROVIDERS } from '../../providers/registry';
import type { UsageStore } from '../../store/usageStore';
import type { Account } from '../../usage/account';
import type { MachineView } from '../../usage/columns/machines';
import type { Rates } from '../../usage/rates';
import type { EpochMs } from '../../usage/time';
import type { RowNode } from './node';

/** Input for finding the rows below a row. */
export interface TreeContext {
  readonly store: UsageStore;
  readonly checks: KnownChecks;
  readonly now: () => EpochMs;
  readonly machineView: () => MachineView;
  /** The person's own rates; undefined where there are none. */
  readonly ratesOf: (account: Account) => Rates | undefined;
  /** Maximum machines or groups shown per account. */
  readonly machineLimit: (accountId: string) => number;
}

/** The capabilities of a row's vendor. */
export function capabilitiesOf({ account }: Pick<RowNode, 'account'>): ProviderCapabilities {
  return PROVIDERS[account.provider].capabilities;
}
