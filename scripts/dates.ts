import { everyClockAhead } from './clock/ahead';
import { NO_TALLY, together } from './counts';
import { countsOf, describe, type Outcome, runStage, type Stage } from './stage';
import { inVscode, PREPARATION } from './stages';

const USAGE = 'Usage: npm run test:dates -- <time>…, each as 2026-12-01T00:02Z, or now';

/** Minutes are enough: a stage takes some. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/;

/**
 * `tsx scripts/dates.ts <time>…` runs the tests inside VS Code on other days. Each stage begins at the given time, by the
 * clock of all its processes except the browser.
 */
async function main(): Promise<void> {
  const times = process.argv.slice(2);
  if (times.length === 0 || !times.every(isTime)) throw new Error(USAGE);
  for (const stage of PREPARATION) {
    const outcome = await runStage(stage);
    if (outcome.failed > 0) throw new Error(describe(outcome));
  }
  let total = NO_TALLY;
  for (const time of times) {
    for (const stage of inVscode(time)) total = together(total, await runAt(time, stage));
  }
  console.log(countsOf(total));
  if (total.failed > 0) process.exitCode = 1;
}

function isTime(text: string): boolean {
  return text === 'now' || (TIME.test(text) && !Number.isNaN(Date.parse(text)));
}

async function runAt(time: string, stage: Stage): Promise<Outcome> {
  const shift = time === 'now' ? 0 : Date.parse(time) - Date.now();
  const clock = (): string => new Date(Date.now() + shift).toISOString();
  const began = clock();
  const outcome = await runStage({ ...stage, env: { ...stage.env, ...everyClockAhead(shift) } });
  console.log(`${describe(outcome)}, from ${began} to ${clock()}`);
  return outcome;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
