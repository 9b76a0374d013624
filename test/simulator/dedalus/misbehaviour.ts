import { type EpochMs } from '../clock';
import { type Sums } from './totals';

/** A meter by the vendor's name. */
export type MeterName = keyof Sums;

/** What is passed on to Stripe under an identifier. */
export type EmittedMeter = 'cpu' | 'memory' | 'storage';

/**
 * What can be wrong with what the vendor says, while each reply still keeps to the OpenAPI file.
 *
 * `Simulator.totals` and `used` follow the replies in every case: `metered`, `machines`, `days` and the buckets are
 * what the rows add up to, and `billed` is what `GET /v1/usage` says. `Simulator.undisturbed` tells the same without
 * any misbehaviour, and `Simulator.changes` tells which machine's hours differ, before and after.
 */
export type Misbehaviour = LedgerMisbehaviour | UsageMisbehaviour | PlaceMisbehaviour | AccountMisbehaviour;

/** Of which org buckets, or of which hours: all, when nothing is said. */
export interface Span {
  /** Epoch milliseconds; what starts earlier is left alone. */
  readonly start?: EpochMs;
  /** Exclusive, epoch milliseconds; what starts then or later is left alone. */
  readonly end?: EpochMs;
  /** Only the first and then every n-th, counted from `start`, or from 1970. */
  readonly every?: number;
}

interface Timed {
  /** By the simulator's clock, epoch milliseconds: from when on it shows; from when it was switched on, if left out. */
  readonly since?: EpochMs;
}

/** What becomes of org buckets. Usage stays as it is, and so do all sums of `totals`. */
export type LedgerMisbehaviour = LateEmission | TwoIdentifiers | SharedIdentifier | RepeatedIdentifier;

/**
 * Org buckets are passed on to Stripe later than usual, or never. They close and are billed as ever. `emittedAt` of
 * the buckets in `totals` is what the rows show: undefined until then.
 */
export interface LateEmission extends Span, Timed {
  readonly kind: 'lateEmission';
  /** Both when left out. */
  readonly resource?: 'compute' | 'storage';
  /** So many minutes later than usual; never, when left out. */
  readonly delayMinutes?: number;
}

interface Identifiers extends Span, Timed {
  /** All when left out. */
  readonly meter?: EmittedMeter;
}

/**
 * A bucket was passed on under two identifiers of one meter, as if it were billed twice. Compute rows name both. A
 * storage row has room for one: machines name the first and the second in turn. `identifiers` of the buckets in
 * `totals` holds both.
 */
export interface TwoIdentifiers extends Identifiers {
  readonly kind: 'twoIdentifiers';
}

/**
 * Several buckets carry one identifier: that of the bucket which holds `start`. A row of several such buckets names
 * it once. `identifiers` of the buckets in `totals` shows it in each.
 */
export interface SharedIdentifier extends Identifiers {
  readonly kind: 'sharedIdentifier';
  readonly start: EpochMs;
}

/** The same identifier stands twice in one list; of compute only, since storage rows have no list. */
export interface RepeatedIdentifier extends Timed, Span {
  readonly kind: 'repeatedIdentifier';
  readonly meter?: 'cpu' | 'memory';
}

/**
 * What the rows say of usage. Rows by hour and by day tell the same, since days are made of hours. `totals` and
 * `used` count what the rows say; `totals().billed` is what the summary says.
 */
export type UsageMisbehaviour = Restatement | Gap | LostDay | Overlap | TooAwake | TooBusy | Negative;

interface Summarised extends Timed {
  /**
   * `follows`, also when left out: `GET /v1/usage` counts what the rows say. `stays`: it counts what they would say
   * without the misbehaviour, so that `totals().billed` is no longer the sum of the closed buckets in `totals`.
   */
  readonly summary?: 'follows' | 'stays';
}

interface OfMachines extends Span, Summarised {
  /** The id of one machine; all when left out. */
  readonly machine?: string;
}

/** Hours whose org bucket was closed at `since` have other values from then on; hours that close later do not. */
export interface Restatement extends OfMachines {
  readonly kind: 'restatement';
  /** A whole number: the new value in hundredths of the old one, rounded down. */
  readonly percent: number;
  /** All when left out. */
  readonly meters?: readonly MeterName[];
}

/** Rows of hours are missing, though the machine was awake or stored something. */
export interface Gap extends OfMachines {
  readonly kind: 'gap';
  /** Both when left out. */
  readonly resource?: 'compute' | 'storage';
}

/** No machine has a row on a UTC date. */
export interface LostDay extends Summarised {
  readonly kind: 'lostDay';
  /** `YYYY-MM-DD` */
  readonly date: string;
}

/**
 * Each row of compute has a second one that lies half a bucket later, with the same values: from :30 to :30, and by
 * day from noon to noon. `totals` counts both, in the hour in which the first of them starts.
 */
export interface Overlap extends OfMachines {
  readonly kind: 'overlap';
}

/** Awake for longer than the bucket lasts; memory grows with it. A day is too long when enough of its hours are. */
export interface TooAwake extends OfMachines {
  readonly kind: 'tooAwake';
  /** In each hour in which it was awake at all; 3,900 when left out. */
  readonly awakeSeconds?: number;
}

/** More vCPU used than was ordered for the time awake. */
export interface TooBusy extends OfMachines {
  readonly kind: 'tooBusy';
  /** A whole number, in hundredths of what was ordered; 150 when left out. */
  readonly percent?: number;
}

/** Quantities below 0, which the OpenAPI file allows. */
export interface Negative extends OfMachines {
  readonly kind: 'negative';
  /** All when left out. */
  readonly meters?: readonly MeterName[];
}

/** Where rows lie, or whose they are. All sums of `totals` stay as they are. */
export type PlaceMisbehaviour = OffTheHour | Unlisted;

/** Rows of compute and of storage whose own start is in the span start and end some seconds late. */
export interface OffTheHour extends Span, Timed {
  readonly kind: 'offTheHour';
  readonly machine?: string;
  /** A whole number; early when negative. */
  readonly seconds: number;
}

/** The list of machines lacks a machine that has usage. The summary still counts what is provisioned for it. */
export interface Unlisted extends Timed {
  readonly kind: 'unlisted';
  readonly machine: string;
}

/**
 * `GET /v1/usage` says more or less than closed buckets add up to, whatever period was asked for, and nothing explains
 * it. `totals().billed` follows the summary; the sum of the closed buckets in `totals` is what it was.
 */
export interface AccountMisbehaviour extends Timed {
  readonly kind: 'summaryOff';
  /** Added to what it says, in the vendor's units. */
  readonly by: Partial<Readonly<Sums>>;
}
