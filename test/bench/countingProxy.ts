import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';

/** Counts what a server sends, on its way. */
export interface Counter {
  readonly url: string;
  readonly bytes: number;
  reset(): void;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 and passes everything on to the server at `url`. */
export async function startCountingProxy(url: string): Promise<Counter> {
  const { hostname, port } = new URL(url);
  let bytes = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    upstream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      socket.on('error', () => {
        client.destroy();
        upstream.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    get bytes() {
      return bytes;
    },
    reset: () => {
      bytes = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}
