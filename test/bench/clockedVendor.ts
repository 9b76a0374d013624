import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BucketLength } from '../simulator/dedalus/ledger';
import { startSimulator } from '../simulator/server';
import { VARIABLES } from './host/variables';

export interface ClockedVendor {
  readonly url: string;
  /** What a script in the extension host has to be given to read from it, and to move its clock. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** A simulated vendor in this process, whose clock another process moves. */
export async function startClockedVendor(
  machines: number,
  storageBucket: BucketLength,
  from = Date.now(),
): Promise<ClockedVendor> {
  let at = from;
  const simulator = await startSimulator({ machines, storageBucket, now: () => at });
  const clock = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      at = Number(text);
      response.end();
    });
  });
  clock.listen(0, '127.0.0.1');
  await once(clock, 'listening');
  return {
    url: simulator.baseUrl,
    env: {
      [VARIABLES.url]: simulator.baseUrl,
      [VARIABLES.key]: simulator.key,
      [VARIABLES.clock]: `http://127.0.0.1:${String((clock.address() as AddressInfo).port)}`,
    },
    close: async () => {
      clock.closeAllConnections();
      clock.close();
      await simulator.close();
    },
  };
}
