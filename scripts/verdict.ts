import type { Tally } from './counts';

/** The minimum that a stage runs. With fewer it fails, because something no longer runs. */
export interface Least {
  readonly files: number;
  readonly tests: number;
  readonly suites?: number;
}

/** Tests that may be skipped, by their titles, and where that happens. */
const ALLOWED_SKIPS: ReadonlyMap<string, string> = new Map([
  ['keeps whole replies when the disk is full', 'where a small disk cannot be mounted'],
  ['keeps whole replies when a quota is used up', 'where a shell has no limit for the size of files'],
  ['says that nothing can be written, and makes nothing', 'where another user cannot run Node'],
]);

/** Why a run of tests cannot be trusted, whether or not a test failed; undefined when it can. */
export function problemOf(tally: Tally, least: Least | undefined): string | undefined {
  const [empty] = Object.entries(tally.files).find(([, tests]) => tests === 0) ?? [];
  if (empty !== undefined) return `${empty} has no test`;
  const skip = tally.skipped.find((title) => !ALLOWED_SKIPS.has(title));
  if (skip !== undefined) return `“${skip}” was skipped, which scripts/verdict.ts does not allow`;
  const ran = {
    files: Object.keys(tally.files).length,
    tests: tally.passed + tally.failed + tally.skipped.length,
    suites: tally.suites,
  };
  if (ran.tests === 0) return 'ran no test';
  const fewer = (['files', 'tests', 'suites'] as const).find((what) => ran[what] < (least?.[what] ?? 0));
  if (fewer === undefined) return undefined;
  return `ran ${ran[fewer]} ${fewer}; ${least?.[fewer] ?? 0} is the least, by scripts/stages.ts`;
}
