import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { LAUNCHERS_CLOCK, RESULT_FILE, type SuiteResult } from '../test/integration/result';
import { startSimulator } from '../test/simulator/server';
import { CHECKOUT, VSCODE_TEST } from './checkout';
import { buildIntegrationSuite } from './integrationSuite';
import { throwAwayFolder } from './throwAway';
import { WITHOUT_KEYS } from './withoutKeys';

const VERSION = 'stable';

/**
 * Runs the integration suite in desktop VS Code: the one at `VSCODE_EXECUTABLE_PATH`, else a downloaded stable one. Runs in
 * UTC, where it is whole.
 */
async function main(): Promise<void> {
  const vscodeExecutablePath = await findVscode();
  const extensionTestsPath = await buildIntegrationSuite();
  const profile = throwAwayFolder('electron');
  const resultFile = path.join(profile, 'result.json');
  const vendor = await startSimulator();
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: CHECKOUT,
      extensionTestsPath,
      extensionTestsEnv: {
        ...WITHOUT_KEYS,
        TZ: 'UTC',
        [RESULT_FILE]: resultFile,
        [LAUNCHERS_CLOCK]: vendor.url,
      },
      launchArgs: ['--user-data-dir', path.join(profile, 'user-data'), '--disable-extensions'],
    });
  } finally {
    await vendor.close();
    report(resultFile);
    rmSync(profile, { recursive: true, force: true });
  }
}

async function findVscode(): Promise<string> {
  const given = process.env['VSCODE_EXECUTABLE_PATH'];
  if (given !== undefined) {
    if (existsSync(given)) return given;
    throw new Error(`VSCODE_EXECUTABLE_PATH names ${given}, which is not there.`);
  }
  try {
    return await downloadAndUnzipVSCode({ version: VERSION, cachePath: VSCODE_TEST });
  } catch (error) {
    throw new Error(
      `Desktop VS Code could not be downloaded (${String(error)}). Where there is no way out to its download site, ` +
        'set VSCODE_EXECUTABLE_PATH to an installed one, or use `npm run test:integration`.',
      { cause: error },
    );
  }
}

function report(resultFile: string): void {
  if (!existsSync(resultFile)) {
    console.error('VS Code ended without a result.');
    process.exitCode = 1;
    return;
  }
  const result = JSON.parse(readFileSync(resultFile, 'utf8')) as SuiteResult;
  console.log(`VS Code ${result.vscodeVersion}: ${result.passed} passed, ${result.failed} failed`);
  for (const failure of result.failures) console.log(`\n  ${failure.title}\n${failure.stack}\n`);
  if (result.failed > 0 || result.passed === 0) process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
