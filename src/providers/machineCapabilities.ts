import type { ProviderCapabilities } from './capabilities';

/** Machines with compute by day and by hour, and storage in buckets of the vendor's own length: Dedalus, and the sample. */
export const MACHINE_CAPABILITIES: ProviderCapabilities = {
  subject: 'machine',
  groupings: [],
  parts: {
    computeDays: { daysAtOnce: 31, byMachine: true },
    computeHours: { daysAtOnce: 1, byMachine: true }, // a day of a large fleet is megabytes
    storage: { days: 'storageDays', daysAtOnce: 'sized', byMachine: true },
  },
  overview: ['computeDays', 'storageDays'],
  rateLimit: { atOnce: 2 },
  figures: [
    'awake_seconds',
    'cpu_millicore_seconds',
    'memory_mib_seconds',
    'storage_mib_seconds',
    'provisioned_storage_gib',
  ],
  tellsBilled: true,
  headline: 'awake_seconds',
  charts: [
    {
      id: 'compute',
      meters: ['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds'],
      hours: 'computeHours',
      days: 'computeDays',
      optional: false,
    },
    {
      id: 'storage',
      meters: ['storage_mib_seconds', 'logical_storage_bytes'],
      hours: 'storage',
      days: 'storageDays',
      optional: false,
    },
  ],
  duty: true,
  goneStates: ['destroyed'],
};
