import { NO_TALLY, together } from './counts';
import { countsOf, describe, notRun, type Outcome, runStage, type Stage } from './stage';

/** How many cores the stages keep busy together. */
const CORES = 2;

/**
 * Runs stages side by side, roughly in order, each after those that it needs. A failed stage stops only the stages that need
 * it. Prints how each ended, and finally the total counts.
 */
export async function runStages(stages: readonly Stage[]): Promise<void> {
  const waiting = [...stages];
  const running = new Map<Stage, Promise<Outcome>>();
  const ended = new Map<string, Outcome>();
  while (ended.size < stages.length) {
    for (
      let stage = next(waiting, running, ended);
      stage !== undefined;
      stage = next(waiting, running, ended)
    ) {
      waiting.splice(waiting.indexOf(stage), 1);
      running.set(stage, runUnlessVain(stage, ended));
    }
    const outcome = await Promise.race(running.values());
    console.log(describe(outcome));
    running.delete(outcome.stage);
    ended.set(outcome.stage.name, outcome);
  }
  tell([...ended.values()]);
}

/** The first stage that can start now. */
function next(
  waiting: readonly Stage[],
  running: ReadonlyMap<Stage, unknown>,
  ended: ReadonlyMap<string, Outcome>,
): Stage | undefined {
  const busy = [...running.keys()].reduce((sum, { cores = 1 }) => sum + cores, 0);
  return waiting.find(
    ({ needs = [], cores = 1 }) => busy + cores <= CORES && needs.every((name) => ended.has(name)),
  );
}

async function runUnlessVain(stage: Stage, ended: ReadonlyMap<string, Outcome>): Promise<Outcome> {
  const missing = stage.needs?.find((name) => (ended.get(name)?.failed ?? 0) > 0);
  return missing === undefined ? runStage(stage) : notRun(stage, missing);
}

function tell(outcomes: readonly Outcome[]): void {
  const failed = outcomes.filter((outcome) => outcome.failed > 0).map(({ stage }) => stage.name);
  if (failed.length > 0) {
    console.log(`Failed: ${failed.join(', ')}`);
    process.exitCode = 1;
  }
  console.log(countsOf(outcomes.reduce<typeof NO_TALLY>(together, NO_TALLY)));
}
