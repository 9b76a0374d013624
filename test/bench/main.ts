import { parseArgs } from 'node:util';
import { firstPaint } from './firstPaint';
import { idle } from './idle';
import { keeping } from './keeping';
import type { Measure } from './measure';
import { memory } from './memory';
import { pauses } from './pauses';
import { reading } from './reading';
import { refreshing } from './refreshing';
import { sharing } from './sharing';

/** In this order: each group runs alone, since all of them want the whole machine. */
const GROUPS: Readonly<Record<string, () => Promise<Measure[]>>> = {
  reading,
  keeping,
  refreshing,
  sharing,
  pauses,
  firstPaint,
  memory,
  idle,
};

/**
 * Measures reading, keeping and sharing of usage, each beside its peer in the same run, and what the extension takes of memory
 * and does at rest. Prints a table; with `--json` one JSON array on standard output and everything else on standard error.
 * Names of groups run those alone.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
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
  process.stdout.write(values.json ? `${JSON.stringify(measures, undefined, 2)}\n` : table(measures));
}

function table(measures: readonly Measure[]): string {
  const rows = measures.map(({ measure, value, unit, peer, peerValue, must, aim, ok }) => [
    measure,
    `${shown(value)} ${unit}`,
    peer === null || peerValue === null ? '' : `${peer}: ${shown(peerValue)}`,
    must,
    aim,
    ok ? 'ok' : 'MISSED',
  ]);
  const all = [['measure', 'value', 'beside', 'must', 'aim', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

function shown(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
