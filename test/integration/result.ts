/** What a run of the integration suite leaves behind, as JSON in the file that `RESULT_FILE` names. */
export interface SuiteResult {
  vscodeVersion: string;
  timeZone: string;
  /** By the clock of the extension host, ISO 8601. */
  began: string;
  ended: string;
  passed: number;
  failed: number;
  skipped: number;
  suites: number;
  /** How many tests each file has, by its path. */
  files: Record<string, number>;
  tests: { title: string; outcome: 'passed' | 'failed' | 'skipped'; milliseconds: number }[];
  failures: { title: string; message: string; stack: string }[];
}

/** Environment variable with the absolute path of the file to write. */
export const RESULT_FILE = 'USAGE_EXPLORER_TEST_RESULT';

/** Environment variable with the address of an HTTP server that tells the launcher's time in its `date` header. */
export const LAUNCHERS_CLOCK = 'USAGE_EXPLORER_TEST_CLOCK';

/** Where the extension host's console goes, beside the result. */
export function consoleOf(resultFile: string): string {
  return `${resultFile}.console`;
}
