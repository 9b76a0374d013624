import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { VSCODE_TEST } from '../checkout';
import { run } from '../processes';
import { ensureSystemPackages } from './debian';

/** Where VS Code Server is, the Node that runs it, and its VS Code version. */
export interface VscodeServer {
  serverRoot: string;
  node: string;
  version: string;
}

/** The npm package that carries VS Code Server; 4.x.y is VS Code 1.x.y. */
const SERVER = { name: 'code-server', version: '4.139.1' };

/** The Node that it asks for, with the headers that its native modules are built against. */
const NODE = { name: `node-linux-${process.arch}`, version: '24.21.0' };

const HOME = path.join(VSCODE_TEST, 'code-server');
const STAMP = path.join(HOME, 'prepared.json');
const LOG = path.join(VSCODE_TEST, 'code-server-install.log');
const NODE_HOME = path.join(HOME, 'node_modules', NODE.name);
const SERVER_ROOT = path.join(HOME, 'node_modules', SERVER.name, 'lib', 'vscode');
const WANTED = JSON.stringify({ [SERVER.name]: SERVER.version, [NODE.name]: NODE.version });

/**
 * Puts VS Code Server into `.vscode-test/` unless it is there already; the first time takes two to three minutes.
 *
 * @throws {Error} when a system package is missing or the installation fails; the message says what to do
 */
export async function prepareVscode(): Promise<VscodeServer> {
  if (process.platform !== 'linux') {
    throw new Error('VS Code Server is prepared on Linux only; elsewhere use `npm run test:electron`.');
  }
  await ensureSystemPackages();
  if (readOrNothing(STAMP) !== WANTED) await install();
  return { serverRoot: SERVER_ROOT, node: path.join(NODE_HOME, 'bin', 'node'), version: vscodeVersion() };
}

async function install(): Promise<void> {
  const start = Date.now();
  console.log(
    `Preparing VS Code Server (${SERVER.name} ${SERVER.version}) in ${HOME}: two to three minutes, once.`,
  );
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(HOME, { recursive: true });
  const manifest = { private: true, allowScripts: { [SERVER.name]: true } };
  writeFileSync(path.join(HOME, 'package.json'), JSON.stringify(manifest));
  const log = openSync(LOG, 'w');
  try {
    await npmInstall(NODE, log);
    console.log(`Node ${NODE.version} and its headers are there; building VS Code Server, log in ${LOG}`);
    await npmInstall(SERVER, log);
  } finally {
    closeSync(log);
  }
  writeFileSync(STAMP, WANTED);
  console.log(`VS Code ${vscodeVersion()} is ready after ${Math.round((Date.now() - start) / 1000)} s.`);
}

/** Installs with our Node first on the PATH: the server's own installation refuses any other major version. */
async function npmInstall(what: { name: string; version: string }, log: number): Promise<void> {
  const env: NodeJS.ProcessEnv = {
    PATH: [path.join(NODE_HOME, 'bin'), process.env['PATH']].join(path.delimiter),
    npm_config_nodedir: NODE_HOME,
    // What `npm run` leaves for its scripts would have npm install into the checkout, and tell the server's
    // installation the version of another Node.
    npm_config_local_prefix: undefined,
    npm_config_user_agent: undefined,
  };
  const args = ['install', '--no-audit', '--no-fund', '--foreground-scripts', `${what.name}@${what.version}`];
  const code = await run('npm', args, { cwd: HOME, env }, log);
  if (code !== 0) throw new Error(`Installing ${what.name} ended with ${code}; its output is in ${LOG}`);
}

function vscodeVersion(): string {
  const manifest = JSON.parse(readFileSync(path.join(SERVER_ROOT, 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

function readOrNothing(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

if (require.main === module) {
  prepareVscode().then(
    ({ serverRoot, version }) => {
      console.log(`VS Code Server ${version}: ${serverRoot}`);
    },
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    },
  );
}
