import { seedSampleAccount } from '../../scripts/sampleAccount';
import { VARIABLES } from './host/variables';
import { type HostOptions, inHost } from './inHost';
import { held, type Measure } from './measure';
import type { IdleTimers } from './results';
import { spread } from './spread';
import { startVendor } from './vendor';

const MACHINES = 200;

/** How often timers of the extension run in the extension host while tree and dashboard are open and nothing changes. */
export async function idle(): Promise<Measure[]> {
  const sample = await timersOf('the sample account', { prepare: seedSampleAccount });
  const vendor = await startVendor(MACHINES);
  try {
    const read = await timersOf(`an account of ${MACHINES} machines that was read`, {
      settings: { 'usageExplorer.providers.dedalus.baseUrl': vendor.url },
      env: { [VARIABLES.url]: vendor.url, [VARIABLES.key]: vendor.key },
    });
    return [sample, read];
  } finally {
    await vendor.process.stop();
  }
}

async function timersOf(what: string, options: Omit<HostOptions, 'script'>): Promise<Measure> {
  const { parts, seconds } = await inHost<IdleTimers>({ script: 'idle', ...options });
  const rates = parts.map((part) => sum(Object.values(part)) / seconds);
  const { median, least, most } = spread(rates);
  console.log(`timers with ${what}: median ${median} a second (${least} to ${most})`);
  for (const name of new Set(parts.flatMap((part) => Object.keys(part)))) {
    console.log(
      `  ${name}: ${sum(parts.map((part) => part[name] ?? 0))} times in ${parts.length * seconds} s`,
    );
  }
  return held(
    `timers that run at rest, ${what}`,
    { value: sum(rates) / rates.length, unit: 'a second' },
    { must: '≤ 0.2', aim: '≤ 0' },
  );
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
