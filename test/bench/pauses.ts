import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PAUSES_URL, PAUSES_WORKER } from './host/pauses';
import { inHost } from './inHost';
import { held, type Measure } from './measure';
import type { Round } from './networkWays';
import { bundleRound, firstLine, tell } from './reading';
import { replyFile } from './replyFile';
import { spread } from './spread';

const MONTH_HOURS = 744;

/** The longest pause of a real extension host while a month of 2,000 machines comes, beside only taking its bytes. */
export async function pauses(): Promise<Measure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'usage-explorer-bench-'));
  const script = await bundleRound(folder);
  const server = spawn(process.execPath, [script, 'serve', await replyFile(MONTH_HOURS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const rounds = await inHost<Record<'network' | 'drain', Round[]>>({
      script: 'pauses',
      env: { [PAUSES_URL]: await firstLine(server), [PAUSES_WORKER]: path.join(folder, 'worker.js') },
    });
    const [own, drain] = [rounds.network, rounds.drain].map((all) => spread(all.map(({ pause }) => pause)));
    if (own === undefined || drain === undefined) {
      throw new Error('nothing was measured');
    }
    tell('in the extension host, a month: longest pause', own, 'ms');
    tell('in the extension host, only taking its bytes: longest pause', drain, 'ms');
    return [
      held(
        'longest pause of the extension host while a month comes',
        {
          value: own.median / drain.median,
          unit: '×',
          peer: 'only taking its bytes, ms',
          peerValue: drain.median,
        },
        { must: '≤ 3', aim: '≤ 1.5' },
      ),
    ];
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}
