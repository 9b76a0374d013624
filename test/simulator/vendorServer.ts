import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer } from './answer';
import { isProgram } from './caller';
import { type EpochMs } from './clock';
import { faultAnswer } from './faultAnswer';
import { type Fault, Faults, isBodyEffect } from './faults';
import { RequestLog, type RequestRecord } from './requestLog';
import { SchemaViolation } from './schema';
import { send } from './send';
import { type VendorApi } from './vendor';

/** What every simulated vendor can be told. */
export interface VendorOptions {
  /** A free one when left out. */
  readonly port?: number;
  /** The simulator's clock, epoch milliseconds; the real one when left out. */
  readonly now?: () => EpochMs;
  /** A random one when left out. */
  readonly key?: string;
  /** Compresses replies to clients that accept it; not when left out. */
  readonly gzip?: boolean;
}

/** An HTTP server on 127.0.0.1 that answers as a vendor does. Close it when done: it keeps the process alive. */
export abstract class VendorServer {
  /** Replies that broke the vendor's contract and whatever else went wrong inside; a test asserts that it is empty. */
  readonly violations: string[] = [];
  protected abstract readonly api: VendorApi;
  readonly #server: Server;
  readonly #log = new RequestLog();
  readonly #faults = new Faults();
  readonly #closing = new AbortController();
  readonly #gzip: boolean;
  #key: string;
  #revoked = false;
  #now: () => EpochMs;

  constructor(options: VendorOptions) {
    this.#key = options.key ?? `simulator-${randomBytes(12).toString('hex')}`;
    this.#now = options.now ?? Date.now;
    this.#gzip = options.gzip ?? false;
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  /** The address of the vendor's API on this server. */
  get baseUrl(): string {
    return this.url;
  }

  /** The key that is accepted, unless it was revoked. */
  get key(): string {
    return this.#key;
  }

  get requests(): readonly RequestRecord[] {
    return this.#log.requests;
  }

  /** See `RequestLog.wait`. */
  waitForRequest(predicate: (request: RequestRecord, index: number) => boolean): Promise<RequestRecord> {
    return this.#log.wait(predicate);
  }

  /** See `Faults.inject`. */
  inject(fault: Fault): () => void {
    return this.#faults.inject(fault);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** From now on every key is invalid, until `setKey`. */
  revokeKey(): void {
    this.#revoked = true;
  }

  setKey(key: string): void {
    this.#key = key;
    this.#revoked = false;
  }

  setNow(now: () => EpochMs): void {
    this.#now = now;
  }

  /** By the simulator's clock. */
  get now(): EpochMs {
    return this.#now();
  }

  /** The key that the vendor accepts now; none after it was revoked. */
  protected get acceptedKey(): string | undefined {
    return this.#revoked ? undefined : this.#key;
  }

  /** Stops listening and ends all connections, also those that are being answered. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#log.close();
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isProgram(request.headers)) {
      response.writeHead(403).end('This simulator answers to programs on this computer alone.\n');
      return;
    }
    const url = new URL(request.url ?? '/', this.url);
    // By its own clock, which is not always the machine's.
    response.setHeader('date', new Date(this.now).toUTCString());
    this.#log.follow(request, response, url, this.api.isAuthorised(request.headers));
    const gone = new AbortController();
    response.once('close', () => {
      gone.abort();
    });
    // A reader that goes away is no fault of ours; without a listener it would end the process.
    response.on('error', () => {
      gone.abort();
    });
    const signal = AbortSignal.any([gone.signal, this.#closing.signal]);
    try {
      await this.#reply(request, response, url, signal);
    } catch (error) {
      if (!signal.aborted) await this.#fail(response, error, signal);
    }
  }

  async #reply(
    request: IncomingMessage,
    response: ServerResponse,
    url: URL,
    signal: AbortSignal,
  ): Promise<void> {
    const fault = this.#faults.take(url.pathname);
    if (fault?.delayMs !== undefined) await pause(fault.delayMs, undefined, { signal });
    if (fault !== undefined && 'hang' in fault) return;
    if (fault !== undefined && 'drop' in fault) {
      request.socket.destroy();
      return;
    }
    const gzip = this.#gzip && /\bgzip\b/.test(String(request.headers['accept-encoding']));
    const spoil = fault !== undefined && isBodyEffect(fault) ? fault : undefined;
    await send(response, this.#answer(request, url, fault), { gzip, spoil, signal });
  }

  #answer(request: IncomingMessage, url: URL, fault: Fault | undefined): Answer {
    if (fault !== undefined && 'status' in fault) return faultAnswer(this.api, url.pathname, fault);
    if (fault !== undefined && 'redirectTo' in fault) {
      return { status: fault.redirectStatus ?? 307, headers: { location: fault.redirectTo }, body: [] };
    }
    return this.api.answer({
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      now: this.#now(),
    });
  }

  /** A reply that must not be sent becomes a 500, or a broken connection when a part of it is on its way. */
  async #fail(response: ServerResponse, error: unknown, signal: AbortSignal): Promise<void> {
    this.violations.push(error instanceof SchemaViolation ? error.message : String(error));
    if (response.headersSent) {
      response.socket?.destroy();
      return;
    }
    const answer = this.api.refusal('/', 500, 'vendor');
    await send(response, answer, { gzip: false, spoil: undefined, signal });
  }
}
