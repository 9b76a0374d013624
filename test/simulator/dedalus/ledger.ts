import { DAY, type EpochMs, HOUR, MINUTE, SECOND } from '../clock';
import { hash, uuid } from '../random';
import { type EmittedMeter } from './misbehaviour';

/** The vendor's account of a whole organisation: machine usage is billed by these buckets. */
export interface OrgBucket {
  readonly id: string;
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** Minutes after the end of an org bucket; the vendor publishes none of these, so they are choices. */
export interface Lags {
  /** Until rows name the bucket they contribute to. */
  readonly assignMinutes: number;
  /** Until the bucket is closed and counted by `billed_*`. */
  readonly closeMinutes: number;
  /** Until the bucket is passed on to Stripe; some seconds more, different for each bucket. */
  readonly emitMinutes: number;
}

export const DEFAULT_LAGS: Lags = { assignMinutes: 5, closeMinutes: 45, emitMinutes: 65 };

export type BucketLength = 'hour' | 'day';

const LENGTH: Readonly<Record<BucketLength, number>> = { hour: HOUR, day: DAY };

/** The org buckets of one resource, `compute` or `storage`; ids of the two never meet. */
export class Ledger {
  readonly length: number;
  readonly #resource: 'compute' | 'storage';
  readonly #seed: number;
  readonly #lags: Lags;
  readonly #ids = new Map<EpochMs, string>();

  constructor(resource: 'compute' | 'storage', seed: number, length: BucketLength, lags: Lags) {
    this.length = LENGTH[length];
    this.#resource = resource;
    this.#seed = seed;
    this.#lags = lags;
  }

  /** The bucket that holds `at`. */
  bucket(at: EpochMs): OrgBucket {
    const start = Math.floor(at / this.length) * this.length;
    return { id: this.#id(start), start, end: start + this.length };
  }

  isAssigned(bucket: OrgBucket, now: EpochMs): boolean {
    return now >= bucket.end + this.#lags.assignMinutes * MINUTE;
  }

  isClosed(bucket: OrgBucket, now: EpochMs): boolean {
    return now >= bucket.end + this.#lags.closeMinutes * MINUTE;
  }

  /** When the bucket was passed on to Stripe; undefined if that has not happened at `now`. */
  emittedAt(bucket: OrgBucket, now: EpochMs): EpochMs | undefined {
    const seconds = hash(this.#seed, bucket.start) % 60;
    const at = bucket.end + this.#lags.emitMinutes * MINUTE + seconds * SECOND;
    return at <= now ? at : undefined;
  }

  /** Under which identifiers of a meter the bucket was passed on to Stripe; none when that has not happened at `now`. */
  identifiers(meter: EmittedMeter, bucket: OrgBucket, now: EpochMs): readonly string[] {
    return this.emittedAt(bucket, now) === undefined ? [] : [this.identifier(meter, bucket)];
  }

  /** The one that it usually gets. */
  protected identifier(meter: EmittedMeter, bucket: OrgBucket): string {
    return `dcs-${meter}-${bucket.id}`;
  }

  #id(start: EpochMs): string {
    const known = this.#ids.get(start);
    if (known !== undefined) return known;
    const id = uuid(this.#seed, this.#resource === 'compute' ? 1 : 2, start);
    this.#ids.set(start, id);
    return id;
  }
}
