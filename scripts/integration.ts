import { existsSync, mkdirSync, readFileSync, rmSync, watch } from 'node:fs';
import path from 'node:path';
import { type Page } from 'playwright-core';
import { consoleOf, LAUNCHERS_CLOCK, RESULT_FILE, type SuiteResult } from '../test/integration/result';
import { startSimulator } from '../test/simulator/server';
import { CHECKOUT, VSCODE_TEST } from './checkout';
import { checkClock } from './clock/check';
import { buildIntegrationSuite } from './integrationSuite';
import { TIME_ZONES } from './timeZones';
import { openBrowser } from './vscode/browser';
import { type Server, startOfUtcServer, startServer } from './vscode/server';

/** One folder per time zone, with the run's `result.json` and its profile; `npm test` reads it. */
const RUNS = path.join(VSCODE_TEST, 'integration');

/** For a run that hangs. */
const LIMIT_MS = 20 * 60_000;

/** `tsx scripts/integration.ts [time zone …]` runs the suite in VS Code Server once for each zone. */
async function main(): Promise<void> {
  const zones = process.argv.length > 2 ? process.argv.slice(2) : TIME_ZONES;
  rmSync(RUNS, { recursive: true, force: true });
  const suite = await buildIntegrationSuite();
  for (const zone of zones) {
    const start = Date.now();
    try {
      const result = await runSuite(suite, zone);
      report(result, (Date.now() - start) / 1000);
      if (result.failed > 0 || result.passed === 0) process.exitCode = 1;
    } catch (error) {
      console.error(`${zone}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
}

async function runSuite(suite: string, zone: string): Promise<SuiteResult> {
  const run = path.join(RUNS, zone.replaceAll('/', '-'));
  mkdirSync(run, { recursive: true });
  const resultFile = path.join(run, 'result.json');
  const dataDir = path.join(run, 'server');
  const since = Date.now();
  const vendor = await startSimulator();
  const env = { TZ: zone, [RESULT_FILE]: resultFile, [LAUNCHERS_CLOCK]: vendor.url };
  try {
    const server = await startServer({ dataDir, env, testHost: true });
    const result = await openAndAwait(server, suite, resultFile).finally(() => server.stop());
    if (zone === 'UTC') checkClock('VS Code Server', startOfUtcServer(dataDir), since);
    return result;
  } finally {
    await vendor.close();
  }
}

async function openAndAwait(server: Server, suite: string, resultFile: string): Promise<SuiteResult> {
  const browser = await openBrowser();
  const pageErrors: string[] = [];
  try {
    const page = await browser.context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') pageErrors.push(message.text());
    });
    await page.goto(server.workbenchUrl({ developmentPaths: [CHECKOUT], testsPath: suite }));
    await Promise.race([appears(resultFile), server.died, crash(page), limit()]);
    const result = JSON.parse(readFileSync(resultFile, 'utf8')) as SuiteResult;
    if (result.failed > 0) printConsole(resultFile);
    return result;
  } catch (error) {
    printConsole(resultFile);
    console.log(['Errors on the console of the workbench:', ...pageErrors.slice(-30)].join('\n  '));
    throw error;
  } finally {
    await browser.close();
  }
}

/** Settles when the file exists; its writer renames it into place. */
function appears(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const watcher = watch(path.dirname(file));
    const look = (): void => {
      if (!existsSync(file)) return;
      watcher.close();
      resolve();
    };
    watcher.on('change', look).on('error', reject);
    look();
  });
}

function crash(page: Page): Promise<never> {
  return new Promise((_resolve, reject) => {
    page.once('crash', () => {
      reject(new Error('The workbench page crashed before the suite reported.'));
    });
  });
}

function limit(): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The extension host did not report a result within ${LIMIT_MS / 60_000} minutes.`));
    }, LIMIT_MS);
    timer.unref();
  });
}

function report(result: SuiteResult, seconds: number): void {
  const { vscodeVersion, timeZone, began, ended, passed, failed, skipped } = result;
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  console.log(`VS Code ${vscodeVersion}, ${timeZone}: ${counts} (${seconds.toFixed(1)} s)`);
  console.log(`By the clock of the extension host: from ${began} to ${ended}`);
  for (const failure of result.failures) console.log(`\n  ${failure.title}\n${failure.stack}\n`);
  if (passed + failed === 0) console.log('No test ran.');
}

function printConsole(resultFile: string): void {
  const file = consoleOf(resultFile);
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  console.log(['Console of the extension host:', ...lines.slice(-100)].join('\n  '));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
