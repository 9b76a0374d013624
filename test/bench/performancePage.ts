import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { CHECKOUT, VSCODE_TEST } from '../../scripts/checkout';
import { FLEETS, type GrowthPoint, LENGTHS } from './growth';
import { daysText, growthChart, PANELS } from './growthChart';
import type { Measure } from './measure';
import { markdownTable, measuresTable, shown } from './table';

const PAGE = path.join(CHECKOUT, 'docs', 'performance.md');
const CHART = 'performance-growth.svg';

/** Of the server that tests and benchmarks use. */
const VSCODE_MANIFEST = path.join(
  VSCODE_TEST,
  'code-server/node_modules/code-server/lib/vscode/package.json',
);

/** Makes `docs/performance.md` and its chart those of this run, which was on this day. */
export async function writePage(
  day: string,
  measures: readonly Measure[],
  points: readonly GrowthPoint[],
): Promise<void> {
  const text = [
    '# Performance',
    'The benchmark writes this page: `npm run bench -- --write` (see [CONTRIBUTING.md](../CONTRIBUTING.md)). Each value is the median of its rounds, and stands beside what it was compared with in the same run. _Must_ is what it is held against, _aim_ what we want it to be.',
    markdownTable(['Measured on', ''], machine(day)),
    '## Measures',
    measuresTable(measures),
    ...(points.length === 0 ? [] : growthSection(points)),
  ].join('\n\n');
  const options = await resolveConfig(PAGE);
  await writeFile(PAGE, await format(text, { ...options, filepath: PAGE }));
  if (points.length > 0) {
    await writeFile(path.join(path.dirname(PAGE), CHART), growthChart(points));
  }
}

function machine(day: string): string[][] {
  const cpus = os.cpus();
  return [
    ['Day', day],
    ['Processor', `${cpus[0]?.model.trim() ?? 'unknown'}, ${cpus.length} cores`],
    ['Memory', `${(os.totalmem() / 2 ** 30).toFixed(0)} GiB`],
    ['System', `${os.type()}, ${os.arch()}`],
    ['Node', process.versions.node],
    ['VS Code', vscodeVersion()],
  ];
}

function vscodeVersion(): string {
  try {
    return (JSON.parse(readFileSync(VSCODE_MANIFEST, 'utf8')) as { version: string }).version;
  } catch {
    return 'not installed'; // no group of this run needed it
  }
}

function growthSection(points: readonly GrowthPoint[]): string[] {
  return [
    '## How costs grow',
    `![How costs grow with machines and days](${CHART})`,
    'Every machine has a row in every hour. _Totals by machine_ are made from the days in the file, the _chart by hour_ (the ten largest machines, and all others) from the hours in it; the _database file_ holds both. Times are the least of seven rounds.',
    ...PANELS.map(({ title, unit, of }) =>
      markdownTable(
        [`${title}, ${unit}`, ...LENGTHS.map(daysText)],
        FLEETS.map((machines) => [
          `${machines.toLocaleString('en')} machines`,
          ...LENGTHS.map((days) => {
            const point = points.find((each) => each.machines === machines && each.days === days);
            return point === undefined ? '' : shown(of(point));
          }),
        ]),
      ),
    ),
  ];
}
