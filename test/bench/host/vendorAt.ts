/** Environment variables with the vendor's address and key, and the address of its clock. */
export const VENDOR_URL = 'USAGE_EXPLORER_BENCH_URL';
export const VENDOR_KEY = 'USAGE_EXPLORER_BENCH_KEY';
export const VENDOR_CLOCK = 'USAGE_EXPLORER_BENCH_CLOCK';
