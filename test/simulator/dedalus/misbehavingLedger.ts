import { type EpochMs, MINUTE } from '../clock';
import { type BucketLength, type Lags, Ledger, type OrgBucket } from './ledger';
import { type EmittedMeter } from './misbehaviour';
import { concerns, holds, type Misbehaviours } from './misbehaviours';

/** The org buckets as the vendor tells of them while it misbehaves. */
export class MisbehavingLedger extends Ledger {
  readonly #resource: 'compute' | 'storage';
  readonly #misbehaviours: Misbehaviours;

  constructor(
    resource: 'compute' | 'storage',
    seed: number,
    length: BucketLength,
    lags: Lags,
    misbehaviours: Misbehaviours,
  ) {
    super(resource, seed, length, lags);
    this.#resource = resource;
    this.#misbehaviours = misbehaviours;
  }

  override emittedAt(bucket: OrgBucket, now: EpochMs): EpochMs | undefined {
    const usual = super.emittedAt(bucket, now);
    if (usual === undefined || this.#misbehaviours.none) return usual;
    let at = usual;
    for (const late of this.#misbehaviours.of('lateEmission', now)) {
      if ((late.resource ?? this.#resource) !== this.#resource) continue;
      if (holds(late, bucket.start, this.length)) at += (late.delayMinutes ?? Infinity) * MINUTE;
    }
    return at <= now ? at : undefined;
  }

  override identifiers(meter: EmittedMeter, bucket: OrgBucket, now: EpochMs): readonly string[] {
    let identifiers = super.identifiers(meter, bucket, now);
    if (identifiers.length === 0 || this.#misbehaviours.none) return identifiers;
    for (const shared of this.#misbehaviours.of('sharedIdentifier', now)) {
      if (!concerns(shared, meter) || !holds(shared, bucket.start, this.length)) continue;
      identifiers = [this.identifier(meter, this.bucket(shared.start))];
    }
    for (const two of this.#misbehaviours.of('twoIdentifiers', now)) {
      if (!concerns(two, meter) || !holds(two, bucket.start, this.length)) continue;
      identifiers = identifiers.flatMap((identifier) => [identifier, `${identifier}-2`]);
    }
    if (meter === 'storage') return identifiers;
    for (const repeated of this.#misbehaviours.of('repeatedIdentifier', now)) {
      if (!concerns(repeated, meter) || !holds(repeated, bucket.start, this.length)) continue;
      identifiers = identifiers.flatMap((identifier) => [identifier, identifier]);
    }
    return identifiers;
  }
}
