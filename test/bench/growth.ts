import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { held, type Measure } from './measure';

export const FLEETS = [100, 500, 1000, 2000, 4000] as const;
export const LENGTHS = [1, 7, 31] as const;

/** What so many machines cost over so many days, each with a row in every hour. */
export interface GrowthPoint {
  readonly machines: number;
  readonly days: number;
  /** Milliseconds: the totals of each machine, from the days in the file. */
  readonly totals: number;
  /** Milliseconds: the chart by hour of the ten largest machines and all others, from the hours in the file. */
  readonly chart: number;
  /** Of the file, with days and hours. */
  readonly bytes: number;
}

/** How costs grow with machines and days; adds the points to `found`. */
export async function growth(found: GrowthPoint[]): Promise<Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-bench-'));
  try {
    const script = path.join(folder, 'round.cjs');
    const entry = path.join(__dirname, 'growthRound.ts');
    await build({ entryPoints: [entry], bundle: true, platform: 'node', outfile: script });
    for (const machines of FLEETS) {
      const args = [script, ...[machines, ...LENGTHS].map(String)];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      const points = JSON.parse(stdout) as GrowthPoint[];
      for (const { days, totals, chart, bytes } of points) {
        console.log(
          `${machines} machines, ${days} days: totals ${totals.toFixed(1)} ms, chart by hour ${chart.toFixed(1)} ms, file ${(bytes / 1e6).toFixed(1)} MB`,
        );
      }
      found.push(...points);
    }
    return measures(found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Four times the machines may cost little more than four times as much. */
function measures(points: readonly GrowthPoint[]): Measure[] {
  const of = (machines: number, cost: 'totals' | 'chart' | 'bytes'): number =>
    points.find((point) => point.machines === machines && point.days === 31)?.[cost] ?? NaN;
  return Object.entries({
    totals: 'totals by machine from the days of a month, 4,000 machines against 1,000',
    chart: 'chart by hour from the hours of a month, 4,000 machines against 1,000',
    bytes: 'file of a month, 4,000 machines against 1,000',
  }).map(([cost, what]) => {
    const [large, small] = [4000, 1000].map((machines) => of(machines, cost as 'totals'));
    return held(
      what,
      { value: (large ?? NaN) / (small ?? NaN), unit: '×', peer: 'as many times the machines', peerValue: 4 },
      { must: '≤ 6', aim: '≤ 4' },
    );
  });
}
