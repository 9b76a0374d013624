import type {
  KeptAccount,
  KeptBlock,
  KeptReading,
  PassedThreshold,
  Write,
} from '../../../../src/store/database/operations';
import { type Restatement, restatements } from '../../../../src/usage/restatement';
import { MINUTE } from '../../../../src/usage/time';
import { CLOSING_MS } from './databases';

interface Account {
  readonly scope: string;
  askedAt: number;
  waitUntil: number;
  failures: number;
  readonly requests: number[];
  readonly parts: Map<string, KeptReading>;
  readonly blocks: Map<string, KeptBlock>;
  restated: Restatement[];
}

/** What the database promises, as plain objects in memory: of all windows, which may know an account under different scopes. */
export class Model {
  readonly #accounts = new Map<string, Account>();
  readonly #leases = new Map<string, { owner: string; until: number }>();
  readonly #told = new Map<string, PassedThreshold[]>();
  readonly #quiet = new Map<string, { budget: string; until: number }[]>();

  account(id: string, scope: string, now: number): KeptAccount {
    const kept = this.#accounts.get(id);
    if (kept !== undefined && kept.scope !== scope) {
      for (const map of this.#maps) {
        map.delete(id);
      }
    }
    const { askedAt, waitUntil, failures, requests, parts } = this.#accounts.get(id) ?? emptyAccount(scope);
    const oldest = Math.floor(now / MINUTE) - 59;
    const within = requests.filter((at) => Math.floor(at / MINUTE) >= oldest).length;
    return { parts: Object.fromEntries(parts), askedAt, waitUntil, failures, requests: within };
  }

  blocks(id: string): KeptBlock[] {
    const blocks = [...(this.#accounts.get(id)?.blocks.values() ?? [])];
    return blocks.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  }

  restatements(id: string): Restatement[] {
    return (this.#accounts.get(id)?.restated ?? []).toSorted((a, b) => b.afterAsOf - a.afterAsOf);
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
      this.#accounts.set(id, this.#accounts.get(id) ?? emptyAccount(scope));
    }
  }

  save(id: string, scope: string, write: Write): boolean {
    const lease = this.#leases.get(id);
    const account = this.#accounts.get(id) ?? emptyAccount(scope);
    if (lease?.owner !== write.owner || lease.until <= write.now || account.scope !== scope) {
      return false;
    }
    this.#accounts.set(id, account);
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

  tell(id: string, passed: PassedThreshold, now: number): boolean {
    const told = this.#told.get(id) ?? [];
    const { budget, basis, period, threshold } = passed;
    const isKnown = told
      .filter((one) => one.budget === budget && one.basis === basis)
      .some((one) => one.period > period || (one.period === period && one.threshold >= threshold));
    const isQuiet = (this.#quiet.get(id) ?? []).some((one) => one.budget === budget && one.until > now);
    if (isKnown || isQuiet) {
      return false;
    }
    this.#told.set(id, [...told, passed]);
    return true;
  }

  snooze(id: string, budget: string, until: number): void {
    this.#quiet.set(id, [...(this.#quiet.get(id) ?? []), { budget, until }]);
  }

  drop(ids: readonly string[]): void {
    for (const map of this.#maps) {
      for (const id of ids) {
        map.delete(id);
      }
    }
  }

  clear(): void {
    this.#accounts.clear();
  }

  get #maps(): readonly Map<string, unknown>[] {
    return [this.#accounts, this.#leases, this.#told, this.#quiet];
  }
}

function emptyAccount(scope: string): Account {
  const lists = { requests: [], parts: new Map(), blocks: new Map(), restated: [] };
  return { scope, askedAt: 0, waitUntil: 0, failures: 0, ...lists };
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
