import type { MessagePort, Transferable } from 'node:worker_threads';
import { DatabaseError, type DatabaseTrouble } from '../database/operations';
import { type Failure, toFailure, UsageError } from '../usage/failure';
import { buffersIn } from './buffersIn';

/** A call to the other thread. Arguments must be copyable between threads: plain data and typed arrays. */
interface Call {
  readonly id: number;
  readonly service: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** An error as data: a transferred Error would lose its class. */
type Thrown = { readonly failure: Failure } | { readonly trouble: DatabaseTrouble };

type Answer =
  { readonly id: number; readonly value: unknown } | { readonly id: number; readonly thrown: Thrown };

export type Services = Readonly<Record<string, object>>;

/** Answers calls from the other end of the port. Typed arrays in a result are transferred, not copied. */
export function serve(port: MessagePort, services: Services): void {
  port.on('message', (call: Call) => {
    void answer(call, services).then((told) => {
      port.postMessage(told, 'value' in told ? buffersIn(told.value) : []);
    });
  });
}

async function answer({ id, service, method, args }: Call, services: Services): Promise<Answer> {
  try {
    const target = services[service] as Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
    return { id, value: await target[method]?.(...args) };
  } catch (error) {
    const thrown =
      error instanceof DatabaseError ? { trouble: error.trouble } : { failure: toFailure(error) };
    return { id, thrown };
  }
}

/** A port to another thread, or that thread itself. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  on(event: 'message', listener: (message: Answer) => void): unknown;
}

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Calls the services at the other end of a port. */
export class Caller {
  readonly #port: Port;
  readonly #onIdle: (idle: boolean) => void;
  readonly #pending = new Map<number, Pending>();
  #last = 0;
  #gone: Failure | undefined;

  /** @param onIdle called when the first call begins, and when no call is pending any more */
  constructor(port: Port, onIdle: (idle: boolean) => void) {
    this.#port = port;
    this.#onIdle = onIdle;
    port.on('message', (told: Answer) => {
      this.#settle(told);
    });
  }

  /** Rejects with the UsageError or DatabaseError that was thrown there, or with the failure given to {@link abandon}. */
  call(
    service: string,
    method: string,
    args: readonly unknown[],
    transfer: Transferable[] = [],
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#gone !== undefined) {
        throw new UsageError(this.#gone);
      }
      this.#last += 1;
      const call: Call = { id: this.#last, service, method, args };
      this.#port.postMessage(call, transfer);
      this.#pending.set(call.id, { resolve, reject });
      if (this.#pending.size === 1) {
        this.#onIdle(false);
      }
    });
  }

  /** Rejects all pending and later calls. */
  abandon(failure: Failure): void {
    this.#gone ??= failure;
    for (const { reject } of this.#pending.values()) {
      reject(new UsageError(failure));
    }
    this.#pending.clear();
  }

  #settle(told: Answer): void {
    const pending = this.#pending.get(told.id);
    this.#pending.delete(told.id);
    if (this.#pending.size === 0) {
      this.#onIdle(true);
    }
    if ('value' in told) {
      pending?.resolve(told.value);
    } else {
      pending?.reject(toError(told.thrown));
    }
  }
}

function toError(thrown: Thrown): Error {
  return 'trouble' in thrown ? new DatabaseError(thrown.trouble) : new UsageError(thrown.failure);
}
