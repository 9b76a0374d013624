import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { WITHOUT_KEYS } from '../../scripts/withoutKeys';

export interface Prism {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

const READY = /Prism is listening on (http:\/\/[\d.:]+)/;
const COMMAND = createRequire(__filename).resolve('@stoplight/prism-cli/dist/index.js');

/**
 * Starts Prism's mock server for an OpenAPI document on a free port of 127.0.0.1, in a process of its own; it is
 * ready in about a second. Rejects with what Prism said when it cannot start.
 * @param options.specPath the document's file.
 * @param options.dynamic makes random replies from the schemas; otherwise always the same short ones.
 */
export async function startPrism(options: {
  readonly specPath: string;
  readonly dynamic: boolean;
}): Promise<Prism> {
  const choices = options.dynamic ? ['--dynamic'] : [];
  const child = spawn(
    process.execPath,
    [COMMAND, 'mock', options.specPath, '--host', '127.0.0.1', '--port', '0', '--cors', 'false', ...choices],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...WITHOUT_KEYS, FORCE_COLOR: '0' } },
  );
  const end = (): void => {
    child.kill();
  };
  process.once('exit', end);
  const url = await readyUrl(child);
  return {
    url,
    close: async () => {
      process.removeListener('exit', end);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    // Read to the end, also after the ready line: a full pipe would stop Prism.
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        const ready = READY.exec(line)?.[1];
        if (ready !== undefined) resolve(ready);
      });
    }
    child.once('error', reject);
    child.once('close', () => {
      reject(new Error(`Prism did not start:\n${said.join('\n')}`));
    });
  });
}
