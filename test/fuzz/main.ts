import { fuzz } from './meaning';

/** `npm run test:fuzz -- <seed> <cases>`: prints the counts, and fails when a wrong figure was shown as good. */
async function main(): Promise<void> {
  const [seed = '1', cases = '10000'] = process.argv.slice(2);
  console.log(`seed ${seed}, ${cases} cases`);
  const { counts, wrong } = await fuzz(Number(seed), Number(cases));
  for (const [name, count] of Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`${String(count).padStart(6)} ${name}`);
  }
  console.log(`${wrong.length} wrong figures shown as good`);
  for (const each of wrong.slice(0, 20)) {
    console.log(each);
  }
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
