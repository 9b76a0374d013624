/**
 * How many cases a property test tries: all of them, or, where `USAGE_EXPLORER_CASES` is `few`, a fifth and at least 20.
 * `npm run check` tries few, every other run all.
 */
export function runs(all: number): number {
  return process.env['USAGE_EXPLORER_CASES'] === 'few' ? Math.min(all, Math.max(20, all / 5)) : all;
}
