import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import test, { afterEach, beforeEach } from 'node:test';
import type { RowSink } from '../../../src/http/rows/rowSink';
import { openInlineRowSink } from '../../../src/providers/rowDecoders';
import { UsageError } from '../../../src/usage/failure';
import { rowsReply } from '../providers/dedalusRows';
import { client, failureOf, request } from './helpers';

const DAY = '2026-11-02';
const ROW =
  '{"machine_id":"m","bucket_start":"2026-11-02T00:00:00Z","bucket_end":"2026-11-02T01:00:00Z",' +
  '"logical_storage_bytes":1,"storage_mib_seconds":2,"org_metering_bucket_id":"b"}';
const REPLY = rowsReply(Array.from({ length: 1000 }, () => ROW).join(','));

/** What the server does with each request in turn; the last one again and again. */
let answers: ((response: ServerResponse) => void)[];
let url: string;
let sinks: RecordedSink[];
let server: ReturnType<typeof createServer>;

/** Counts what it is given and whether it was let go of. */
class RecordedSink implements RowSink {
  readonly #inner = openInlineRowSink('dedalus.storage');
  bytes = 0;
  cancelled = false;

  push(bytes: Uint8Array): Promise<void> {
    this.bytes += bytes.length;
    return this.#inner.push(bytes);
  }

  end(...question: Parameters<RowSink['end']>): ReturnType<RowSink['end']> {
    return this.#inner.end(...question);
  }

  cancel(): void {
    this.cancelled = true;
  }
}

beforeEach(async () => {
  answers = [];
  sinks = [];
  server = createServer((_request, response) => {
    (answers.length > 1 ? answers.shift() : answers[0])?.(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/rows`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function getRows(
  http = client().http,
  more: Parameters<typeof request>[1] = {},
): ReturnType<typeof http.getRows> {
  const start = (): RowSink => {
    const sink = new RecordedSink();
    sinks.push(sink);
    return sink;
  };
  return http.getRows(request(url, more), start, [DAY, '2026-11-03']);
}

const good = (response: ServerResponse): void => {
  response.end(REPLY);
};
const cutMidway = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-length': REPLY.length });
  response.write(REPLY.slice(0, 100_000), () => response.destroy());
};

test('rows become columns of every day that was asked for, whatever the limit of other replies', async () => {
  answers = [good];
  const days = await getRows(client({ limits: { bodyBytes: 1000 } }).http);
  assert.deepEqual(
    [...days].map(([day, { length }]) => [day, length]),
    [
      [DAY, 1000],
      ['2026-11-03', 0],
    ],
  );
});

test('a reply that is cut is asked for again, and nothing of the first try remains', async () => {
  answers = [cutMidway, good];
  const { http, pauses } = client();
  const days = await getRows(http);
  assert.equal(days.get(DAY)?.length, 1000);
  assert.equal(pauses.length, 1);
  assert.deepEqual(
    sinks.map(({ cancelled }) => cancelled),
    [true, false],
  );
  assert.ok((sinks[0]?.bytes ?? 0) > 0);
});

test('a reply that ends too early without an error of the network is told as cut, with its length', async () => {
  answers = [(response) => response.end(REPLY.slice(0, 50_000))];
  assert.deepEqual(await failureOf(getRows()), { kind: 'cut', offset: 50_000 });
  assert.equal(sinks.length, 3);
});

test('what is not JSON is told with its place and type, and not asked for again', async () => {
  answers = [
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(REPLY.replace(/.$/s, '!'));
    },
  ];
  assert.deepEqual(await failureOf(getRows()), {
    ...{ kind: 'notJson', contentType: 'application/json', offset: REPLY.length - 1 },
  });
  assert.equal(sinks.length, 1);
});

test('a refusal is read as any other, and begins no row sink', async () => {
  answers = [
    (response) => {
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end('{"error_code":"AUTH_SCOPE_FORBIDDEN","message":"no","retryable":false}');
    },
  ];
  assert.deepEqual(await failureOf(getRows()), { kind: 'forbidden', detail: 'no' });
  assert.deepEqual(sinks, []);
});

test('leaving midway stops the reply and lets the row sink go', async () => {
  const leaving = new AbortController();
  const closed = new Promise<void>((resolve) => {
    answers = [
      (response) => {
        response.on('close', resolve);
        response.write(REPLY.slice(0, 100_000), () => {
          leaving.abort();
        });
      },
    ];
  });
  assert.deepEqual(await failureOf(getRows(client().http, { signal: leaving.signal })), {
    kind: 'cancelled',
  });
  await closed;
  assert.ok(sinks.every(({ cancelled }) => cancelled));
});

test('a row sink that fails stops the reply', async () => {
  let unread = true;
  const closed = new Promise<void>((resolve) => {
    answers = [
      (response) => {
        response.on('close', resolve);
        response.on('finish', () => {
          unread = false;
        });
        response.write('{"rows":[7,'.padEnd(100_000));
      },
    ];
  });
  const failure = await failureOf(getRows());
  assert.ok(failure.kind === 'malformed' && failure.path === 'reply.rows[0]');
  await closed;
  assert.ok(unread);
});

test('every request that goes out is counted, repeats too', async () => {
  let sent = 0;
  answers = [cutMidway, good];
  await getRows(client().http, {
    onRequest: () => {
      sent += 1;
    },
  });
  assert.equal(sent, 2);
});

test('a failure of the row sink comes through as it is', async () => {
  answers = [good];
  const http = client().http;
  const failure = { kind: 'internal', detail: 'the thread has died' } as const;
  const broken: RowSink = {
    push: () => Promise.reject(new UsageError(failure)),
    end: () => Promise.reject(new UsageError(failure)),
    cancel: () => {},
  };
  assert.deepEqual(await failureOf(http.getRows(request(url), () => broken, [DAY])), failure);
});
