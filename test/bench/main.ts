import { parseArgs } from 'node:util';
import { activation } from './activation';
import { dashboard } from './dashboard';
import { firstPaint } from './firstPaint';
import { growth, type GrowthPoint } from './growth';
import { idle } from './idle';
import { keeping } from './keeping';
import type { Measure } from './measure';
import { memory } from './memory';
import { memoryGrowth } from './memoryGrowth';
import { packaged } from './packaged';
import { pauses } from './pauses';
import { writePage } from './performancePage';
import { reading } from './reading';
import { refreshing } from './refreshing';
import { sharing } from './sharing';
import { plainTable } from './table';
import { work } from './work';

const grown: GrowthPoint[] = [];

/** In this order: each group runs alone, since all of them want the whole machine. */
const GROUPS: Readonly<Record<string, () => Promise<Measure[]>>> = {
  reading,
  keeping,
  refreshing,
  sharing,
  pauses,
  work,
  firstPaint,
  memory,
  memoryGrowth,
  idle,
  activation,
  dashboard,
  package: packaged,
  growth: () => growth(grown),
};

/**
 * Measures reading, keeping and sharing of usage, each beside its peer in the same run, and what the extension takes
 * of memory and does at rest. Prints a table; with `--json` one
 * JSON array on standard output and everything else on standard error. Names of groups run those alone. With `--write`,
 * `docs/performance.md` and its chart become those of this run, of the day `--date` if it is given.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
    },
    allowPositionals: true,
  });
  if (values.json) {
    console.log = console.error;
  }
  const measures: Measure[] = [];
  for (const name of positionals.length > 0 ? positionals : Object.keys(GROUPS)) {
    const group = GROUPS[name];
    if (group === undefined) {
      throw new Error(`there is no group ${name}; there are ${Object.keys(GROUPS).join(', ')}`);
    }
    measures.push(...(await group()));
  }
  if (values.write) {
    await writePage(values.date, measures, grown);
  }
  process.stdout.write(values.json ? `${JSON.stringify(measures, undefined, 2)}\n` : plainTable(measures));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
