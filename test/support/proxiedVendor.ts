import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { fixture } from '../fixtures/files';

/** The only host that the proxy knows, and that no name server does. */
const HOST = 'vendor.test';

/** A vendor that is reached through a company's proxy alone, and whose certificate the company signed. */
export interface ProxiedVendor {
  /** Where the extension finds the vendor: `https://vendor.test`. */
  readonly url: string;
  /** The value of `http.proxy`. */
  readonly proxy: string;
  /** The file with the company's certificate. */
  readonly certificate: string;
  /** The hosts that the proxy was asked to open a tunnel to, in turn: `vendor.test:443`. */
  readonly tunnels: readonly string[];
  readonly close: () => void;
}

/** The proxy hands on what it is asked to the vendor at `target`, an address on this computer. */
export async function startProxiedVendor(target: string): Promise<ProxiedVendor> {
  const certificate = fixture('tls/vendor-certificate.pem');
  const tls = createTlsServer(
    { key: readFileSync(fixture('tls/vendor-key.pem')), cert: readFileSync(certificate) },
    (asked, reply) => {
      const { method, url = '/', headers } = asked;
      const own = { ...headers, host: new URL(target).host };
      const onward = request(new URL(url, target), { method, headers: own }, (answer: IncomingMessage) => {
        reply.writeHead(answer.statusCode ?? 502, answer.headers);
        pipeline(answer, reply, () => undefined);
      });
      pipeline(asked, onward, () => undefined);
    },
  );
  const tunnels: string[] = [];
  const open = new Set<Socket>();
  const proxy = createServer().on('connect', (asked, client: Socket) => {
    tunnels.push(asked.url ?? '');
    if (asked.url !== `${HOST}:443`) return client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const onward = connect(portOf(tls), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      pipeline(client, onward, client, () => undefined);
    });
    for (const socket of [client, onward]) open.add(socket);
    return undefined;
  });
  for (const server of [tls, proxy]) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  }
  return {
    url: `https://${HOST}`,
    proxy: `http://127.0.0.1:${portOf(proxy)}`,
    ...{ certificate, tunnels },
    close: () => {
      for (const socket of open) socket.destroy();
      for (const server of [tls, proxy]) server.close();
    },
  };
}

function portOf(server: Pick<Server, 'address'>): number {
  return (server.address() as AddressInfo).port;
}
