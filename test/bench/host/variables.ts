/** Environment variables that tell what runs inside the extension host what to do. */
export const VARIABLES = {
  /** The address of a vendor, and its key. */
  url: 'USAGE_EXPLORER_BENCH_URL',
  key: 'USAGE_EXPLORER_BENCH_KEY',
  /** Where to send the vendor the time; the path is epoch milliseconds. */
  clock: 'USAGE_EXPLORER_BENCH_CLOCK',
  /** When time begins, epoch milliseconds, and for how many days it goes on. */
  from: 'USAGE_EXPLORER_BENCH_FROM',
  days: 'USAGE_EXPLORER_BENCH_DAYS',
} as const;
