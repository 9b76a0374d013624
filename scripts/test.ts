import { type Counts, NONE, sum } from './counts';
import { describe, notRun, runStage } from './stage';
import { STAGES } from './stages';

/** `npm test`: every stage in turn; a failed one does not stop those that can do without it. */
async function main(): Promise<void> {
  const failed = new Set<string>();
  let total: Counts = NONE;
  for (const stage of STAGES) {
    const missing = stage.needs?.find((name) => failed.has(name));
    const outcome = missing === undefined ? await runStage(stage) : notRun(stage, missing);
    console.log(describe(outcome));
    if (outcome.failed > 0) failed.add(stage.name);
    total = sum(total, outcome);
  }
  if (failed.size > 0) {
    console.log(`Failed: ${[...failed].join(', ')}`);
    process.exitCode = 1;
  }
  console.log(`${total.passed} passed, ${total.failed} failed`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
