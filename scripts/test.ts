import { runStages } from './runStages';
import { CHECK, STAGES } from './stages';

/** `npm test` runs every stage; `tsx scripts/test.ts check` the quick half. */
runStages(process.argv[2] === 'check' ? CHECK : STAGES).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
