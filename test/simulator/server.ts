import { type EpochMs } from './clock';
import { DedalusApi } from './dedalus/api';
import { type Change, changesOf } from './dedalus/changes';
import { dedalusContract, type Drift } from './dedalus/contract';
import { type Fleet, type Fleets } from './dedalus/fleet';
import { generateFleet } from './dedalus/generatedFleet';
import { type BucketLength, DEFAULT_LAGS, type Lags, Ledger } from './dedalus/ledger';
import { misbehavingFleets } from './dedalus/misbehavingFleet';
import { MisbehavingLedger } from './dedalus/misbehavingLedger';
import { type Misbehaviour } from './dedalus/misbehaviour';
import { Misbehaviours } from './dedalus/misbehaviours';
import { add, type Ledgers, type Sums, type Totals, totalsOf, usedWithin } from './dedalus/totals';
import { type VendorOptions, VendorServer } from './vendorServer';

export interface SimulatorOptions extends VendorOptions {
  /** 1 when left out. */
  readonly seed?: number;
  /** How many machines are generated; 12 when left out. */
  readonly machines?: number;
  /** In place of a generated fleet. */
  readonly fleet?: Fleet;
  /** When set, a request for another organisation gets 403. */
  readonly organisationId?: string;
  /** The length of storage buckets, which the vendor does not state; an hour when left out. */
  readonly storageBucket?: BucketLength;
  readonly lags?: Partial<Lags>;
  /** Which generation of the vendor's rows is sent; `current` when left out. */
  readonly drift?: Drift;
  /** What is wrong with what it says from the start; see `Simulator.misbehave`. Nothing, when left out. */
  readonly misbehaviours?: readonly Misbehaviour[];
}

/** Starts Dedalus on 127.0.0.1. Close it when done: it keeps the process alive. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = new Simulator(options);
  await simulator.listen(options.port ?? 0);
  return simulator;
}

export class Simulator extends VendorServer {
  protected readonly api: DedalusApi;
  readonly #misbehaviours = new Misbehaviours();
  /** What happened. */
  readonly #fleet: Fleet;
  readonly #ledgers: Ledgers;
  /** What it says of it. */
  readonly #told: Fleets;
  readonly #toldLedgers: Ledgers;

  constructor(options: SimulatorOptions) {
    super(options);
    const { seed = 1, machines = 12, storageBucket = 'hour', drift = 'current' } = options;
    const lags = { ...DEFAULT_LAGS, ...options.lags };
    this.#fleet = options.fleet ?? generateFleet({ seed, machines });
    this.#ledgers = {
      compute: new Ledger('compute', seed, 'hour', lags),
      storage: new Ledger('storage', seed, storageBucket, lags),
    };
    this.#toldLedgers = {
      compute: new MisbehavingLedger('compute', seed, 'hour', lags, this.#misbehaviours),
      storage: new MisbehavingLedger('storage', seed, storageBucket, lags, this.#misbehaviours),
    };
    this.#told = misbehavingFleets(this.#fleet, this.#ledgers, this.#misbehaviours);
    this.api = new DedalusApi({
      fleets: this.#told,
      misbehaviours: this.#misbehaviours,
      ...this.#toldLedgers,
      drift,
      contract: dedalusContract(drift),
      key: () => this.acceptedKey,
      organisationId: options.organisationId,
    });
    for (const misbehaviour of options.misbehaviours ?? []) this.misbehave(misbehaviour);
  }

  /**
   * From now on, or from its `since`, something is wrong with what it says. Several add up, in the order in which they
   * were switched on.
   * @returns a function that ends it; calling it twice is harmless.
   * @throws RangeError for one that could not do anything, such as one of a machine that is not there.
   */
  misbehave(misbehaviour: Misbehaviour): () => void {
    const machine = 'machine' in misbehaviour ? misbehaviour.machine : undefined;
    if (machine !== undefined && !this.#fleet.machines.some(({ id }) => id === machine))
      throw new RangeError(`no machine is called ${machine}`);
    return this.#misbehaviours.add(misbehaviour, this.now);
  }

  /** Ends all misbehaviour. */
  behave(): void {
    this.#misbehaviours.clear();
  }

  /** The figures of the calendar month to date as its replies tell them: the true ones, unless it misbehaves. */
  totals(now: EpochMs = this.now): Totals {
    const totals = totalsOf(this.#told.rows, this.#toldLedgers, now);
    if (this.#misbehaviours.none) return totals;
    const { billed } = totalsOf(this.#told.summary, this.#toldLedgers, now);
    add(billed, this.#misbehaviours.summaryOff(now));
    return { ...totals, billed };
  }

  /** The same without any misbehaviour. */
  undisturbed(now: EpochMs = this.now): Totals {
    return totalsOf(this.#fleet, this.#ledgers, now);
  }

  /** By machine id: the figures of whole hours `[start, end)`, in any month, as its rows tell them. */
  used(start: EpochMs, end: EpochMs): ReadonlyMap<string, Sums> {
    return usedWithin(this.#told.rows, start, end, this.now);
  }

  /** What misbehaviour changed in the usage of whole hours `[start, end)`, by machine, hour and meter. */
  changes(start: EpochMs, end: EpochMs): readonly Change[] {
    return changesOf(this.#fleet, this.#told, start, end, this.now);
  }
}
