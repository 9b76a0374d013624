import { type EpochMs } from './clock';
import { DedalusApi } from './dedalus/api';
import { dedalusContract, type Drift } from './dedalus/contract';
import { type Fleet } from './dedalus/fleet';
import { generateFleet } from './dedalus/generatedFleet';
import { type BucketLength, DEFAULT_LAGS, type Lags, Ledger } from './dedalus/ledger';
import { type Sums, totalsOf, type Totals, usedWithin } from './dedalus/totals';
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
}

/** Starts Dedalus on 127.0.0.1. Close it when done: it keeps the process alive. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = new Simulator(options);
  await simulator.listen(options.port ?? 0);
  return simulator;
}

export class Simulator extends VendorServer {
  protected readonly api: DedalusApi;
  readonly #fleet: Fleet;
  readonly #ledgers: { readonly compute: Ledger; readonly storage: Ledger };

  constructor(options: SimulatorOptions) {
    super(options);
    const { seed = 1, machines = 12, drift = 'current' } = options;
    const lags = { ...DEFAULT_LAGS, ...options.lags };
    this.#fleet = options.fleet ?? generateFleet({ seed, machines });
    this.#ledgers = {
      compute: new Ledger('compute', seed, 'hour', lags),
      storage: new Ledger('storage', seed, options.storageBucket ?? 'hour', lags),
    };
    this.api = new DedalusApi({
      fleet: this.#fleet,
      ...this.#ledgers,
      drift,
      contract: dedalusContract(drift),
      key: () => this.acceptedKey,
      organisationId: options.organisationId,
    });
  }

  /** The true figures of the calendar month to date. */
  totals(now: EpochMs = this.now): Totals {
    return totalsOf(this.#fleet, this.#ledgers, now);
  }

  /** By machine id: the true figures of whole hours `[start, end)`, in any month. */
  used(start: EpochMs, end: EpochMs): ReadonlyMap<string, Sums> {
    return usedWithin(this.#fleet, start, end, this.now);
  }
}
