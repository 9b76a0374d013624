import { MACHINE_CAPABILITIES } from '../../../src/providers/machineCapabilities';
import type { UsageSource } from '../../../src/providers/provider';
import type { DayCache } from '../../../src/store/dayCache';
import { DayLoader } from '../../../src/store/dayLoader';

/** A loader without a database and without other windows. */
export function alone(source: UsageSource, dayCache: DayCache, now: () => number): DayLoader {
  return new DayLoader({
    ...{ dayCache, now, capabilities: MACHINE_CAPABILITIES },
    open: () => Promise.resolve(source),
    restore: () => Promise.resolve(),
    save: () => Promise.resolve(),
    restores: () => false,
    lease: { take: () => Promise.resolve(), giveBack: () => Promise.resolve() },
    onFailure: () => {},
    onChange: () => {},
  });
}
