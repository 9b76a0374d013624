import { Worker } from 'node:worker_threads';
import { DatabaseError, type UsageDatabase } from '../database/operations';
import type { OpenRowSink, RowKind } from '../providers/rowDecoder';
import { toFailure, UsageError } from '../usage/failure';
import { Caller } from './channel';
import { RemoteRowSink } from './remoteRowSink';

/** Rows die young, a batch after the other. Measured: a quarter of what the engine would take costs no time. */
const YOUNG_GENERATION_MB = 12;

/** What the worker's thread is told when it starts. */
export interface WorkerData {
  /** The database's. */
  readonly file: string;
}

/**
 * A thread beside the main one, started when it is first needed, that does not keep the process alive. Should it die, what
 * was under way fails and the next call starts another. The network stays on the main thread: VS Code knows proxies and
 * certificates only there.
 */
export class BackgroundWorker {
  readonly #script: string;
  readonly #data: WorkerData;
  #disposed = false;
  #running: { readonly worker: Worker; readonly caller: Caller } | undefined;

  /** @param script the file into which `main.ts` was bundled, absolute */
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
