import { NO_TALLY, together } from './counts';
import { type Outcome, type Stage, countsOf, describe, notRun, runStage } from './stage';

/**
 * Runs lists of stages one after the other, the stages of a list side by side. A failed one does not stop those that can do
 * without it. Prints how each ended, and last the counts of all.
 */
export async function runStages(lists: readonly (readonly Stage[])[]): Promise<void> {
  const failed = new Set<string>();
  const run = async (stage: Stage): Promise<Outcome> => {
    const missing = stage.needs?.find((name) => failed.has(name));
    const outcome = missing === undefined ? await runStage(stage) : notRun(stage, missing);
    console.log(describe(outcome));
    return outcome;
  };
  let total = NO_TALLY;
  for (const list of lists) {
    for (const outcome of await Promise.all(list.map(run))) {
      if (outcome.failed > 0) failed.add(outcome.stage.name);
      total = together(total, outcome);
    }
  }
  if (failed.size > 0) {
    console.log(`Failed: ${[...failed].join(', ')}`);
    process.exitCode = 1;
  }
  console.log(countsOf(total));
}
