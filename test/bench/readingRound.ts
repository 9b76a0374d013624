import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import chain from 'stream-chain';
import { parser } from 'stream-json';
import { pick } from 'stream-json/filters/pick.js';
import { streamArray } from 'stream-json/streamers/stream-array.js';
import { openInlineRowSink } from '../../src/providers/rowDecoders';
import { DAYS, measure, networkWays, sumOf, type Way } from './networkWays';

/** One round of the benchmark in a process of its own: a way, and the file or the address to read. Prints JSON. */

const CHUNK_BYTES = 256 * 1024;

const WAYS: Readonly<Record<string, Way>> = {
  /** The product's way, in one thread. */
  async rows(file) {
    const sink = openInlineRowSink('dedalus.computeHours');
    for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
      await sink.push(chunk as Buffer);
    }
    const days = await sink.end(DAYS, Date.now());
    return () => sumOf(days);
  },

  async json(file) {
    const { rows } = JSON.parse(await readFile(file, 'utf8')) as { rows: { awake_seconds: number }[] };
    return () => `${rows.length} ${rows.reduce((sum, row) => sum + row.awake_seconds, 0)}`;
  },

  async streamJson(file) {
    let [rows, awake] = [0, 0];
    const pipeline = chain([
      createReadStream(file, { highWaterMark: CHUNK_BYTES }),
      parser(),
      pick({ filter: 'rows' }),
      streamArray(),
    ]);
    for await (const { value } of pipeline as AsyncIterable<{ value: { awake_seconds: number } }>) {
      rows += 1;
      awake += value.awake_seconds;
    }
    return () => `${rows} ${awake}`;
  },

  ...networkWays(path.join(__dirname, 'worker.js')),
};

/** Sends a file to whoever asks, until this process is ended; prints its address. */
async function serveFile(file: string): Promise<void> {
  const { size } = await stat(file);
  const server = createServer(({ url }, response) => {
    if (url === '/none') {
      response.end(
        '{"granularity":"hour","period_start":"2026-10-01T00:00:00Z","period_end":"2026-11-01T00:00:00Z","rows":null}',
      );
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': size });
    createReadStream(file).pipe(response);
  });
  server.listen(0, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  });
}

async function main(): Promise<void> {
  const [name = '', from = ''] = process.argv.slice(2);
  if (name === 'serve') {
    await serveFile(from);
    return;
  }
  const way = WAYS[name];
  if (way === undefined) {
    throw new Error(`there is no way ${name}`);
  }
  console.log(JSON.stringify(await measure(way, from)));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
