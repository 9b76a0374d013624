import { createHash } from 'node:crypto';
import { closeSync, copyFileSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKOUT, VSCODE_TEST } from '../checkout';
import { type LockedNode, lockedNode } from '../node';
import { run, type Surroundings } from '../processes';
import { ensureSystemPackages } from './debian';

/** Where VS Code Server is, the Node that runs it, and its VS Code version. */
export interface VscodeServer {
  serverRoot: string;
  node: string;
  version: string;
}

/**
 * The npm package that carries VS Code Server (4.x.y is VS Code 1.x.y), and the hashes of all that npm installs for it.
 * What its own installation adds is pinned, with hashes, by files inside it.
 */
const WANTED_FILES = path.join(CHECKOUT, 'scripts', 'vscode', 'installation');
const FILES = ['package.json', 'package-lock.json'] as const;

const HOME = path.join(VSCODE_TEST, 'code-server');
const STAMP = path.join(HOME, 'prepared.json');
const LOG = path.join(VSCODE_TEST, 'code-server-install.log');
const PACKAGE = path.join(HOME, 'node_modules', 'code-server');
const SERVER_ROOT = path.join(PACKAGE, 'lib', 'vscode');

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
  const node = lockedNode();
  const wanted = stampOf(node);
  if (readOrNothing(STAMP) !== wanted) await install(node, wanted);
  return { serverRoot: SERVER_ROOT, node: node.command, version: vscodeVersion() };
}

/** Identifies an installation, by hash. */
function stampOf({ version }: LockedNode): string {
  const hash = createHash('sha256');
  for (const file of FILES) hash.update(readFileSync(path.join(WANTED_FILES, file)));
  return JSON.stringify({ installation: hash.digest('hex'), node: version });
}

async function install(node: LockedNode, stamp: string): Promise<void> {
  const start = Date.now();
  console.log(`Preparing VS Code Server in ${HOME}: two to three minutes, once.`);
  rmSync(HOME, { recursive: true, force: true });
  mkdirSync(HOME, { recursive: true });
  for (const file of FILES) copyFileSync(path.join(WANTED_FILES, file), path.join(HOME, file));
  const log = openSync(LOG, 'w');
  try {
    const env = environmentOf(node);
    await step('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: HOME, env }, log);
    console.log(`All of it has the hashes that are known; building VS Code Server, log in ${LOG}`);
    await step('sh', ['./postinstall.sh'], { cwd: PACKAGE, env }, log);
  } finally {
    closeSync(log);
  }
  writeFileSync(STAMP, stamp);
  console.log(`VS Code ${vscodeVersion()} is ready after ${Math.round((Date.now() - start) / 1000)} s.`);
}

async function step(
  command: string,
  args: readonly string[],
  surroundings: Surroundings,
  log: number,
): Promise<void> {
  const code = await run(command, args, surroundings, log);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}; its output is in ${LOG}`);
}

/** Puts our Node first on the PATH. Tells the installation that npm runs in it: another major version is refused. */
function environmentOf({ home, version }: LockedNode): NodeJS.ProcessEnv {
  return {
    PATH: [path.join(home, 'bin'), process.env['PATH']].join(path.delimiter),
    npm_config_user_agent: `npm/0 node/v${version} ${process.platform} ${process.arch}`,
    npm_config_nodedir: home,
    // Builds native modules here: binaries from a download page have no hash.
    npm_config_build_from_source: 'true',
    // They are small parts of what runs. Their compiler takes minutes when it optimises, most of them for SQLite.
    CFLAGS: '-O0',
    CXXFLAGS: '-O0',
    // With what `npm run` sets for its scripts, npm would install into the checkout and build nothing.
    npm_config_local_prefix: undefined,
    npm_config_ignore_scripts: undefined,
  };
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
