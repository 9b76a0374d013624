import { Worker } from 'node:worker_threads';
import { DatabaseError, type UsageDatabase } from '../database/operations';
import type { OpenRowSink, RowKind } from '../providers/rowDecoder';
import { toFailure, UsageError } from '../usage/failure';
import { Caller } from './channel';
import { RemoteRowSink } from './remoteRowSink';

/** Rows are short-lived, batch after batch. Measured: a quarter of the engine's default costs no time. */
const YOUNG_GENERATION_MB = 12;

/** What the worker thread gets when it starts. */
export interface WorkerData {
  /** The database file. */
  readonly file: string;
}

/**
 * A worker thread, started on first use, that does not keep the process alive while idle. If it dies, pending calls fail and
 * the next call starts another. Requests stay on the main thread, because VS Code handles proxies and certificates only there.
 */
export class BackgroundWorker {
  readonly #script: string;
  readonly #data: WorkerData;
  #disposed = false;
  #running: { readonly worker: Worker; readonly caller: Caller } | undefined;

  /** @param script absolute path of the bundled `main.ts` */
  constructor(script: string, data: WorkerData) {
    this.#script = script;
    this.#data = data;
  }

  readonly openRowSink: OpenRowSink = (kind: RowKind) => new RemoteRowSink(this.#caller(), kind);

  readonly database = new Proxy({} as UsageDatabase, {
    get:
      (_target, method: string) =>
      (...args: readonly unknown[]) =>
        this.#askDatabase(method, args),
  });

  dispose(): void {
    this.#disposed = true;
    void this.#running?.worker.terminate();
  }

  async #askDatabase(method: string, args: readonly unknown[]): Promise<unknown> {
    try {
      return await this.#caller().call('database', method, args);
    } catch (error) {
      throw error instanceof DatabaseError
        ? error
        : new DatabaseError({ kind: 'internal', detail: JSON.stringify(toFailure(error)) }, { cause: error });
    }
  }

  #caller(): Caller {
    if (this.#disposed) {
      throw new UsageError({ kind: 'cancelled' });
    }
    return (this.#running ??= this.#start()).caller;
  }

  #start(): { worker: Worker; caller: Caller } {
    const worker = new Worker(this.#script, {
      name: 'usage-explorer',
      workerData: this.#data,
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
    });
    worker.unref();
    const caller = new Caller(worker, (idle) => {
      if (idle) {
        worker.unref();
      } else {
        worker.ref();
      }
    });
    const end = (detail: string): void => {
      if (this.#running?.worker === worker) {
        this.#running = undefined;
      }
      caller.abandon({ kind: 'internal', detail });
    };
    worker.on('error', (error) => {
      end(`the background thread failed: ${String(error)}`);
    });
    worker.on('messageerror', (error) => {
      end(`the background thread sent what cannot be read: ${String(error)}`);
      void worker.terminate();
    });
    worker.on('exit', (code) => {
      end(`the background thread ended (${code})`);
    });
    return { worker, caller };
  }
}
