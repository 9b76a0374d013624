/** Environment variables that tell what runs inside the extension host what to do. */
export const VARIABLES = {
  /** The address of a vendor, and its key. */
  url: 'USAGE_EXPLORER_BENCH_URL',
  key: 'USAGE_EXPLORER_BENCH_KEY',
  /** The address of the vendor's clock, see {@link moveVendor}. */
  clock: 'USAGE_EXPLORER_BENCH_CLOCK',
  /** When time begins, epoch milliseconds, and for how many days it goes on. */
  from: 'USAGE_EXPLORER_BENCH_FROM',
  days: 'USAGE_EXPLORER_BENCH_DAYS',
} as const;

/** Sets the clock of the vendor that runs beside the window; epoch milliseconds. */
export async function moveVendor(at: number): Promise<void> {
  await fetch(process.env[VARIABLES.clock] ?? '', { method: 'POST', body: String(at) });
}
