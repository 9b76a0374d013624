import { hash, mulberry32 } from '../simulator/random';
import type { VendorServer } from '../simulator/vendorServer';
import { type Alteration, type Kind, pick, type Random } from './alterations';

export interface Fuzzed {
  readonly counts: Readonly<Record<string, number>>;
  /** What each wrong case was. */
  readonly wrong: readonly string[];
}

/** A vendor whose replies are altered. */
export interface Altered {
  readonly name: string;
  readonly server: VendorServer;
  readonly alterations: Partial<Record<Kind, readonly Alteration[]>>;
}

/** What came of a look at figures, and what was wrong of it, if anything. */
export interface Look {
  readonly outcome: string;
  readonly wrong: readonly string[];
}

/** Runs so many cases, and ends the servers; the same seed brings the same cases. */
export async function runCases<V extends Altered>(
  vendors: readonly V[],
  { seed, cases }: { readonly seed: number; readonly cases: number },
  one: (vendor: V, kind: Kind, random: Random) => Promise<readonly Look[]>,
): Promise<Fuzzed> {
  const counts: Record<string, number> = {};
  const wrong: string[] = [];
  try {
    for (let at = 0; at < cases; at += 1) {
      const random = mulberry32(hash(seed, at));
      const vendor = pick(random, vendors);
      const kind = pick(random, Object.keys(vendor.alterations) as Kind[]);
      for (const look of await one(vendor, kind, random)) {
        const name = `${vendor.name} ${kind} ${look.outcome}`;
        counts[name] = (counts[name] ?? 0) + 1;
        wrong.push(...look.wrong.map((told) => `case ${at}: ${vendor.name} ${kind} ${told}`));
      }
    }
  } finally {
    await Promise.all(vendors.map(({ server }) => server.close()));
  }
  return { counts, wrong };
}
