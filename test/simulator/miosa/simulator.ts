import { type EpochMs, monthStartOf } from '../clock';
import { type VendorOptions, VendorServer } from '../vendorServer';
import { BASE_PATH, MiosaApi } from './api';
import { type Book, generatedBook, type Grouping, handWrittenBook, type HandWrittenUse } from './book';
import { miosaContract } from './contract';
import { type ErrorForm } from './errors';
import { type Form, type Sums, usedWithin } from './sums';

export interface MiosaOptions extends VendorOptions {
  /** 1 when left out. */
  readonly seed?: number;
  /** How many users are generated; 12 when left out. */
  readonly groups?: number;
  /** In place of generated usage. */
  readonly usage?: readonly HandWrittenUse[];
  /** Which of the two documented replies is sent; `rollup` when left out. */
  readonly form?: Form;
  /** Whether `period=mtd` gets 422; not when left out. */
  readonly refusesMtd?: boolean;
  /** How many requests within a minute of the clock are answered; no limit when left out. */
  readonly rateLimitRpm?: number;
  /** In which form errors are sent; the documented one when left out. */
  readonly errorForm?: ErrorForm;
  /** When set, a request for another tenant gets 403. */
  readonly tenant?: string;
}

/** Starts MIOSA on 127.0.0.1. Close it when done: it keeps the process alive. */
export async function startMiosa(options: MiosaOptions = {}): Promise<MiosaSimulator> {
  const simulator = new MiosaSimulator(options);
  await simulator.listen(options.port ?? 0);
  return simulator;
}

export class MiosaSimulator extends VendorServer {
  protected readonly api: MiosaApi;
  readonly #book: Book;
  readonly #form: Form;

  constructor(options: MiosaOptions) {
    super(options);
    const { seed = 1, groups = 12, usage } = options;
    this.#book = usage === undefined ? generatedBook(seed, groups) : handWrittenBook(usage);
    this.#form = options.form ?? 'rollup';
    this.api = new MiosaApi({
      book: this.#book,
      form: this.#form,
      contract: miosaContract(),
      errorForm: options.errorForm ?? 1,
      refusesMtd: options.refusesMtd ?? false,
      rateLimitRpm: options.rateLimitRpm ?? Infinity,
      tenant: options.tenant,
      key: () => this.acceptedKey,
    });
  }

  /** The API's own address, without a slash at the end. */
  override get baseUrl(): string {
    return this.url + BASE_PATH;
  }

  /**
   * By group: the true figures of the whole hours of `[start, end)`, in any month, under the meters that this form of the
   * reply has. Usage of nobody is under `NO_GROUP`; groups that used nothing are not there.
   */
  used(grouping: Grouping, start: EpochMs, end: EpochMs): ReadonlyMap<string, Sums> {
    return usedWithin(this.#book, { grouping, start, end }, this.#form, this.now);
  }

  /** The same of the calendar month to date. */
  totals(grouping: Grouping, now: EpochMs = this.now): ReadonlyMap<string, Sums> {
    return usedWithin(this.#book, { grouping, start: monthStartOf(now), end: now }, this.#form, now);
  }
}
