import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import type { UsageSource } from '../../../src/providers/provider';
import { DayLoader } from '../../../src/store/dayLoader';
import type { History } from '../../../src/store/history';

/** A loader without a database and without other windows. */
export function alone(source: UsageSource, history: History, now: () => number): DayLoader {
  return new DayLoader({
    ...{ history, now, capabilities: MACHINE_CAPABILITIES },
    open: () => Promise.resolve(source),
    recall: () => Promise.resolve(),
    save: () => Promise.resolve(),
    recalls: () => false,
    lease: { take: () => Promise.resolve(), giveBack: () => Promise.resolve() },
    onFailure: () => {},
    onChange: () => {},
  });
}
