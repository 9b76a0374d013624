import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { startGroup } from '../processes';
import { prepareVscode } from './prepare';
import { portWhenReady } from './ready';
import { randomSecret } from './secret';
import { type ServerOptions, writeProfileSettings } from './server';

/** VS Code for a person's own browser. */
export interface Website {
  url: string;
  /** The page asks for it before it shows anything; a new one at each start. */
  password: string;
  version: string;
  /** Settles when the server has ended, with its exit code. */
  exited: Promise<number | null>;
  stop(): Promise<void>;
}

const READY = /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)\//;

/**
 * Serves VS Code on a server's profile. Unlike the bare server, it keeps half of SecretStorage's key, so that an account's
 * key outlives the page in any browser.
 *
 * @throws {Error} when it does not start; names its log
 */
export async function startWebsite(options: Omit<ServerOptions, 'testHost'>): Promise<Website> {
  const { node, serverRoot, version } = await prepareVscode();
  const { dataDir } = options;
  mkdirSync(dataDir, { recursive: true });
  if (options.settings !== undefined) writeProfileSettings(dataDir, options.settings);
  const args = [
    path.join(serverRoot, '..', '..', 'out', 'node', 'entry.js'),
    ...['--bind-addr', `127.0.0.1:${options.port ?? 0}`, '--auth', 'password'],
    ...['--user-data-dir', path.join(dataDir, 'data'), '--extensions-dir', path.join(dataDir, 'extensions')],
    ...['--config', path.join(dataDir, 'config.yaml'), '--disable-telemetry', '--disable-update-check'],
    ...['--disable-workspace-trust', '--disable-getting-started-override'],
  ];
  const password = randomSecret();
  // Its heartbeat and logs would go to the home folder; PORT would override the address above.
  const own = { XDG_DATA_HOME: path.join(dataDir, 'share'), PORT: undefined };
  // The server removes the password from its environment before it starts anything. It would prefer a hashed one.
  const env = { ...options.env, ...own, PASSWORD: password, HASHED_PASSWORD: undefined };
  const group = startGroup(node, args, { env: { ...env, NODE_OPTIONS: undefined } });
  const port = await portWhenReady(group, READY, path.join(dataDir, 'server.log'));
  return {
    url: `http://127.0.0.1:${port}/?ew=true`,
    password,
    version,
    exited: group.exited,
    stop: () => group.stop(),
  };
}
