import type {
  KeptAccount,
  KeptBlock,
  KeptReading,
  PassedThreshold,
  Write,
} from '../../../src/database/operations';
import { type Restatement, restatements } from '../../../src/usage/restatement';
import { MINUTE } from '../../../src/usage/time';
import { CLOSING_MS } from './databases';

interface Account {
  askedAt: number;
  waitUntil: number;
  failures: number;
  readonly requests: number[];
  readonly parts: Map<string, KeptReading>;
  readonly blocks: Map<string, KeptBlock>;
  restated: Restatement[];
}

/**
 * What the database promises, as plain objects in memory: of all windows, which may know an account under different scopes.
 * A lease is of an account, and all else of an account under a scope.
 */
export class Model {
  readonly #accounts = new Map<string, Account>();
  readonly #leases = new Map<string, { owner: string; until: number }>();
  readonly #told = new Map<string, PassedThreshold[]>();
  readonly #quiet = new Map<string, { budget: string; until: number }[]>();

  account(id: string, scope: string, now: number): KeptAccount {
    const { askedAt, waitUntil, failures, requests, parts } =
      this.#accounts.get(keyOf(id, scope)) ?? emptyAccount();
    const oldest = Math.floor(now / MINUTE) - 59;
    const within = requests.filter((at) => Math.floor(at / MINUTE) >= oldest).length;
    return { parts: Object.fromEntries(parts), askedAt, waitUntil, failures, requests: within };
  }

  blocks(id: string, scope: string): KeptBlock[] {
    const blocks = [...(this.#accounts.get(keyOf(id, scope))?.blocks.values() ?? [])];
    return blocks.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  }

  restatements(id: string, scope: string): Restatement[] {
    return (this.#accounts.get(keyOf(id, scope))?.restated ?? []).toSorted(
      (a, b) => b.afterAsOf - a.afterAsOf,
    );
  }

  acquire(id: string, owner: string, now: number, durationMs: number): boolean {
    const held = this.#leases.get(id);
    if (held !== undefined && held.owner !== owner && held.until > now) {
      return false;
    }
    this.#leases.set(id, { owner, until: now + durationMs });
    return true;
  }

  release(id: string, owner: string, scope: string): void {
    if (this.#leases.get(id)?.owner === owner) {
      this.#leases.delete(id);
      const key = keyOf(id, scope);
      this.#accounts.set(key, this.#accounts.get(key) ?? emptyAccount());
    }
  }

  save(id: string, scope: string, write: Write): boolean {
    const lease = this.#leases.get(id);
    const account = this.#accounts.get(keyOf(id, scope)) ?? emptyAccount();
    if (lease?.owner !== write.owner || lease.until <= write.now) {
      return false;
    }
    this.#accounts.set(keyOf(id, scope), account);
    account.askedAt = write.askedAt ?? account.askedAt;
    account.failures = write.failures ?? account.failures;
    account.waitUntil = write.waitUntil === 0 ? 0 : Math.max(account.waitUntil, write.waitUntil ?? 0);
    account.requests.push(...Array.from({ length: write.requests ?? 0 }, () => write.now));
    for (const [name, part] of Object.entries(write.parts ?? {})) {
      account.parts.set(name, newestPart(account.parts.get(name), part));
    }
    const restated = (write.blocks ?? []).flatMap((block) => keepBlock(account, block));
    account.restated = [...restated, ...account.restated];
    return true;
  }

  tell(id: string, scope: string, passed: PassedThreshold, now: number): boolean {
    const key = keyOf(id, scope);
    const told = this.#told.get(key) ?? [];
    const { budget, basis, period, threshold } = passed;
    const isKnown = told
      .filter((one) => one.budget === budget && one.basis === basis)
      .some((one) => one.period > period || (one.period === period && one.threshold >= threshold));
    const isQuiet = (this.#quiet.get(key) ?? []).some((one) => one.budget === budget && one.until > now);
    if (isKnown || isQuiet) {
      return false;
    }
    this.#told.set(key, [...told, passed]);
    return true;
  }

  snooze(id: string, scope: string, budget: string, until: number): void {
    const key = keyOf(id, scope);
    this.#quiet.set(key, [...(this.#quiet.get(key) ?? []), { budget, until }]);
  }

  drop(ids: readonly string[]): void {
    const isOf = (key: string): boolean => ids.some((id) => key === id || key.startsWith(`${id} `));
    for (const map of [this.#accounts, this.#leases, this.#told, this.#quiet]) {
      for (const key of [...map.keys()].filter(isOf)) {
        map.delete(key);
      }
    }
  }

  clear(): void {
    this.#accounts.clear();
  }
}

function keyOf(id: string, scope: string): string {
  return `${id} ${scope}`;
}

function emptyAccount(): Account {
  const lists = { requests: [], parts: new Map(), blocks: new Map(), restated: [] };
  return { askedAt: 0, waitUntil: 0, failures: 0, ...lists };
}

function newestPart(kept: KeptReading | undefined, { failure, ...fresh }: KeptReading): KeptReading {
  const { failure: _, ...before } = kept ?? {};
  const isNewer = before.asOf === undefined || (fresh.asOf ?? -1) >= before.asOf;
  return { ...(isNewer ? fresh : before), ...(failure === undefined ? {} : { failure }) };
}

function keepBlock({ blocks }: Account, block: KeptBlock): Restatement[] {
  const kept = blocks.get(placeOf(block));
  if (kept !== undefined && kept.asOf > block.asOf) {
    return [];
  }
  blocks.set(placeOf(block), block);
  return kept === undefined || block.part === 'storageDays'
    ? []
    : restatements(block.part === 'storage' ? 'storage' : 'compute', kept, block, CLOSING_MS);
}

function placeOf({ part, day }: KeptBlock): string {
  return `${part} ${day}`;
}
