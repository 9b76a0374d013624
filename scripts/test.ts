import { runStages } from './runStages';
import { CHECK, STAGES } from './stages';

const isCheck = process.argv[2] === 'check';
/** For `test/support/runs.ts`. */
process.env['USAGE_EXPLORER_CASES'] = isCheck ? 'few' : 'all';

/** `npm test` runs every stage; `tsx scripts/test.ts check` the quick half, with few cases of each property. */
runStages(isCheck ? CHECK : STAGES).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
