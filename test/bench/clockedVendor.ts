import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BucketLength } from '../simulator/dedalus/ledger';
import { startSimulator } from '../simulator/server';

export interface ClockedVendor {
  readonly url: string;
  readonly key: string;
  /** A POST to it sets the vendor's clock to the body, epoch milliseconds. */
  readonly clockUrl: string;
  close(): Promise<void>;
}

/** A simulated vendor in this process, whose clock another process moves. */
export async function startClockedVendor(
  machines: number,
  storageBucket: BucketLength,
): Promise<ClockedVendor> {
  let at = Date.now();
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
    key: simulator.key,
    clockUrl: `http://127.0.0.1:${String((clock.address() as AddressInfo).port)}`,
    close: async () => {
      clock.closeAllConnections();
      clock.close();
      await simulator.close();
    },
  };
}
