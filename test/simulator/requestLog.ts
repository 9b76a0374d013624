import { type IncomingMessage, type ServerResponse } from 'node:http';

/** A request as the simulator saw it. It holds no header values, so it never holds a key. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** In lower case, in the order they were sent. */
  readonly headerNames: readonly string[];
  readonly authorised: boolean;
  /** Undefined until the reply's head is sent. */
  readonly status: number | undefined;
  /** `aborted`: the connection ended before the reply did, whoever ended it. */
  readonly state: 'open' | 'answered' | 'aborted';
  /** When it came in, by the clock of this process, in epoch milliseconds. */
  readonly at: number;
}

type Predicate = (request: RequestRecord, index: number) => boolean;

interface Waiter {
  readonly predicate: Predicate;
  readonly resolve: (request: RequestRecord) => void;
  readonly reject: (error: Error) => void;
}

/** All requests since the start, in the order they came in. */
export class RequestLog {
  readonly requests: RequestRecord[] = [];
  readonly #waiters = new Set<Waiter>();

  /** Records a request now and keeps its record up to date while it is answered. */
  follow(request: IncomingMessage, response: ServerResponse, url: URL, authorised: boolean): void {
    const record: { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] } = {
      method: request.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headerNames: request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()),
      authorised,
      status: undefined,
      state: 'open',
      at: Date.now(),
    };
    this.requests.push(record);
    this.#tell();
    response.once('close', () => {
      record.status = response.headersSent ? response.statusCode : undefined;
      record.state = response.writableFinished ? 'answered' : 'aborted';
      this.#tell();
    });
  }

  /**
   * The first request that fits, at once if it is there already. The predicate is asked again when a request ends,
   * so it may look at `status` and `state`. Rejects when the simulator is closed.
   */
  wait(predicate: Predicate): Promise<RequestRecord> {
    return new Promise((resolve, reject) => {
      this.#waiters.add({ predicate, resolve, reject });
      this.#tell();
    });
  }

  close(): void {
    for (const waiter of this.#waiters)
      waiter.reject(new Error('the simulator was closed before such a request came'));
    this.#waiters.clear();
  }

  #tell(): void {
    for (const waiter of this.#waiters) {
      const found = this.requests.find(waiter.predicate);
      if (found === undefined) continue;
      this.#waiters.delete(waiter);
      waiter.resolve(found);
    }
  }
}
