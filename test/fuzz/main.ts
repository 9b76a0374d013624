import { fuzz } from './meaning';
import { fuzzShown } from './shown';

/**
 * `npm run test:fuzz -- <seed> <cases>`: so many cases for the vendors' clients, and as many for what the sidebar shows. Prints
 * the counts, and fails when a wrong figure was shown as good.
 */
async function main(): Promise<void> {
  const [seed = '1', cases = '10000'] = process.argv.slice(2);
  for (const [name, run] of Object.entries({ clients: fuzz, sidebar: fuzzShown })) {
    console.log(`${name}: seed ${seed}, ${cases} cases`);
    const { counts, wrong } = await run(Number(seed), Number(cases));
    for (const [outcome, count] of Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))) {
      console.log(`${String(count).padStart(6)} ${outcome}`);
    }
    console.log(`${name}: ${wrong.length} wrong figures shown as good`);
    for (const each of wrong.slice(0, 20)) {
      console.log(each);
    }
    process.exitCode = wrong.length === 0 ? process.exitCode : 1;
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
