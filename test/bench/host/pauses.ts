import { measure, networkWays, type Round } from '../networkWays';
import { writeResult } from './result';

/** Environment variables with the address to read from, and how often. */
export const PAUSES_URL = 'USAGE_EXPLORER_BENCH_URL';
export const PAUSES_WORKER = 'USAGE_EXPLORER_BENCH_WORKER';

const ROUNDS = 3;

/** Run inside the extension host: reads a long reply there, and beside it only takes the bytes, in turn. */
export async function run(): Promise<void> {
  const from = process.env[PAUSES_URL] ?? '';
  const { network, drain } = networkWays(process.env[PAUSES_WORKER] ?? '');
  const rounds: { network: Round[]; drain: Round[] } = { network: [], drain: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.drain.push(await measure(drain, from));
    rounds.network.push(await measure(network, from));
  }
  writeResult(rounds);
}
