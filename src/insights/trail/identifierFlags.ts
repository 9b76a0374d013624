import type { MeterId } from '../../usage/meter';

/** More identifiers for one meter than there are buckets to send: something may have been sent twice. */
export interface SeveralIdentifiers {
  readonly kind: 'severalIdentifiers';
  readonly meter: MeterId;
  readonly identifiers: readonly string[];
  /** The buckets that the rows with these identifiers name together. */
  readonly bucketIds: readonly string[];
}

/** One identifier under several buckets that have no row in common: one of them may not have been counted. */
export interface SharedIdentifier {
  readonly kind: 'sharedIdentifier';
  readonly identifier: string;
  readonly bucketIds: readonly string[];
}

/** One identifier that is twice in a row's list, for one meter: it may have been sent twice. */
export interface RepeatedIdentifier {
  readonly kind: 'repeatedIdentifier';
  readonly meter: MeterId;
  readonly identifier: string;
  readonly bucketIds: readonly string[];
}

export type IdentifierFlag = SeveralIdentifiers | SharedIdentifier | RepeatedIdentifier;

/** What rows that name the same buckets say of the meter events. */
export interface BucketSet {
  readonly bucketIds: readonly string[];
  readonly identifiers: ReadonlyMap<MeterId, ReadonlySet<string>>;
  /** The identifiers that are twice in a row's list. */
  readonly repeated: ReadonlyMap<MeterId, ReadonlySet<string>>;
}

/**
 * What stands out among the identifiers of one kind of usage, by bucket. Rows of several buckets do not say which identifier
 * belongs to which, so as many identifiers as buckets are normal.
 */
export function identifierFlags(sets: readonly BucketSet[]): Map<string, IdentifierFlag[]> {
  const flags = new Map<string, IdentifierFlag[]>();
  const all = [...severalIdentifiers(sets), ...sharedIdentifiers(sets), ...repeatedIdentifiers(sets)];
  for (const flag of all) {
    for (const id of flag.bucketIds) {
      const own = flags.get(id) ?? [];
      own.push(flag);
      flags.set(id, own);
    }
  }
  return flags;
}

function severalIdentifiers(sets: readonly BucketSet[]): SeveralIdentifiers[] {
  return sets.flatMap(({ bucketIds, identifiers }) =>
    [...identifiers]
      .filter(([, ids]) => ids.size > bucketIds.length)
      .map(([meter, ids]) => ({ kind: 'severalIdentifiers', meter, identifiers: [...ids], bucketIds })),
  );
}

function sharedIdentifiers(sets: readonly BucketSet[]): SharedIdentifier[] {
  const places = new Map<string, Set<BucketSet>>();
  for (const set of sets) {
    for (const identifier of [...set.identifiers.values()].flatMap((ids) => [...ids])) {
      const known = places.get(identifier) ?? new Set();
      places.set(identifier, known.add(set));
    }
  }
  return [...places].flatMap(([identifier, own]) => {
    const bucketIds = own.size < 2 ? [] : apart([...own].map((set) => set.bucketIds));
    return bucketIds.length === 0 ? [] : [{ kind: 'sharedIdentifier', identifier, bucketIds }];
  });
}

function repeatedIdentifiers(sets: readonly BucketSet[]): RepeatedIdentifier[] {
  return sets.flatMap(({ bucketIds, repeated }) =>
    [...repeated].flatMap(([meter, ids]) =>
      Array.from(ids, (identifier) => ({
        kind: 'repeatedIdentifier' as const,
        meter,
        identifier,
        bucketIds,
      })),
    ),
  );
}

/** The ids of all lists that share no id with at least one other list. */
function apart(lists: readonly (readonly string[])[]): string[] {
  const holding = new Map<string, number[]>();
  lists.forEach((ids, place) => {
    for (const id of ids) {
      const known = holding.get(id) ?? [];
      known.push(place);
      holding.set(id, known);
    }
  });
  const meetsAll = (ids: readonly string[]): boolean => {
    const places = ids.map((id) => holding.get(id) ?? []);
    return places.some((own) => own.length === lists.length) || new Set(places.flat()).size === lists.length;
  };
  return [...new Set(lists.filter((ids) => !meetsAll(ids)).flat())];
}
