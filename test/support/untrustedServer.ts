import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fixture } from '../fixtures/files';

/** An HTTPS server on this computer whose certificate nobody trusts, since it signed it itself. */
export interface UntrustedServer {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  /** How many requests got past the certificate. */
  readonly requests: () => number;
  readonly close: () => void;
}

/** The certificate is valid from 2020 to 2119, for localhost and 127.0.0.1. */
export async function startUntrustedServer(): Promise<UntrustedServer> {
  let requests = 0;
  const server = createServer(
    { key: readFileSync(fixture('tls/key.pem')), cert: readFileSync(fixture('tls/certificate.pem')) },
    (_request, response) => {
      requests += 1;
      response.setHeader('content-type', 'application/json').end('{}');
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    requests: () => requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
