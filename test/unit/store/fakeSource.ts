import type { UsageSource } from '../../../src/providers/provider';
import type { Account } from '../../../src/usage/account';
import type { UsageBucket } from '../../../src/usage/bucket';
import { type Failure, UsageError } from '../../../src/usage/failure';
import { computeDay, storageHour } from '../usage/builders';

export const ACCOUNT: Account = { id: 'acc', provider: 'dedalus', label: 'Work' };

export const silentLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** A source at the seam between store and vendor: counts what it is asked, and fails or waits when told to. */
export class FakeSource implements UsageSource {
  readonly asked: string[] = [];
  readonly failures = new Map<string, Failure>();
  billed = 100;
  /** When set, the summary waits for it, or for being stopped. */
  gate: Promise<void> | undefined;

  async summary(
    _period: unknown,
    signal?: AbortSignal,
  ): Promise<Awaited<ReturnType<UsageSource['summary']>>> {
    this.#ask('summary');
    if (this.gate !== undefined) {
      await Promise.race([this.gate, stopped(signal)]);
    }
    return { plan: 'pro', billed: { awake_seconds: this.billed }, levels: { included_storage_gib: 20 } };
  }

  computeBuckets(query: { machineId?: string }, granularity: string): Promise<UsageBucket[]> {
    return this.#answer(`compute ${granularity} ${query.machineId ?? 'all'}`, 'compute', [
      computeDay('m', '2026-11-19', 150),
    ]);
  }

  storageBuckets(): Promise<UsageBucket[]> {
    return this.#answer('storage', 'storage', [storageHour('m', '2026-11-19', 3, 30)]);
  }

  machines(): Promise<never[]> {
    return this.#answer('machines', 'machines', []);
  }

  async #answer<T>(name: string, part: string, value: T): Promise<T> {
    this.#ask(name, part);
    return Promise.resolve(value);
  }

  #ask(name: string, part = name): void {
    this.asked.push(name);
    const failure = this.failures.get(part);
    if (failure !== undefined) {
      throw new UsageError(failure);
    }
  }
}

function stopped(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      reject(new UsageError({ kind: 'cancelled' }));
    };
    if (signal?.aborted === true) {
      stop();
    }
    signal?.addEventListener('abort', stop);
  });
}
