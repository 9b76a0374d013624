import { type EpochMs, HOUR } from '../clock';
import { type VendorOptions, VendorServer } from '../vendorServer';
import { BASE_PATH, NorthflankApi } from './api';
import { BEGINNING, type Book, generatedBook, type Spent } from './book';
import { northflankContract } from './contract';
import { type Form, teamsOf } from './replies';
import { addSums, type Sums } from './sums';

export interface NorthflankOptions extends VendorOptions {
  /** 1 when left out. */
  readonly seed?: number;
  /** How many teams are generated; 3 when left out. */
  readonly teams?: number;
  /** Whether there is a cloud of the customer's own; not when left out. */
  readonly byoc?: boolean;
  /** In which of the two documented forms money is written; `cents` when left out. */
  readonly form?: Form;
  /** Whether the key is an organisation's, to which only the paths of teams answer; not when left out. */
  readonly organisationToken?: boolean;
  /** How many teams, projects or resources make a page of an hour; all at once when left out. */
  readonly pagedHour?: number;
  /** How many requests are answered in an hour of the clock; 1000 when left out. */
  readonly quota?: number;
  /** Whether prices come without their total; not when left out. */
  readonly withoutTotals?: boolean;
  /** Whether every reply is the documented sample, which has no data; not when left out. */
  readonly emptyReply?: boolean;
}

/** Starts Northflank on 127.0.0.1. Close it when done: it keeps the process alive. */
export async function startNorthflank(options: NorthflankOptions = {}): Promise<NorthflankSimulator> {
  const simulator = new NorthflankSimulator(options);
  await simulator.listen(options.port ?? 0);
  return simulator;
}

export class NorthflankSimulator extends VendorServer {
  protected readonly api: NorthflankApi;
  readonly #book: Book;
  readonly #withoutTotals: boolean;

  constructor(options: NorthflankOptions) {
    super(options);
    const { seed = 1, teams = 3, byoc = false, form = 'cents', withoutTotals = false } = options;
    this.#book = generatedBook(seed, teams, byoc);
    this.#withoutTotals = withoutTotals;
    this.api = new NorthflankApi({
      book: this.#book,
      contract: northflankContract(),
      style: { form, withoutTotals },
      organisationToken: options.organisationToken ?? false,
      hourPageSize: options.pagedHour,
      quota: options.quota ?? 1000,
      emptyReply: options.emptyReply ?? false,
      key: () => this.acceptedKey,
    });
  }

  /** The API's own address, without a slash at the end. */
  override get baseUrl(): string {
    return this.url + BASE_PATH;
  }

  get teamIds(): readonly string[] {
    return this.#book.teamIds;
  }

  /**
   * By category, what the hours that begin in `[start, end)` have cost up to now on the vendor's platform; of all teams, or
   * of one. `other` is what only totals tell.
   */
  spent(start: EpochMs, end: EpochMs, teamId?: string): Sums {
    const sums = this.#hours(start, end).flatMap((hour) =>
      this.#teams(hour, teamId).map(({ price }) => price),
    );
    return addSums(...sums);
  }

  /** The same of the customer's own cloud. */
  byocSpent(start: EpochMs, end: EpochMs): Sums {
    return addSums(
      ...this.#hours(start, end).map((hour) => this.#book.byoc(hour, this.now) ?? new Map<string, bigint>()),
    );
  }

  /** One hour as a tree, from its teams down to their resources. */
  hourOf(start: EpochMs): readonly Spent[] {
    return this.#teams(start, undefined);
  }

  #hours(start: EpochMs, end: EpochMs): EpochMs[] {
    const hours: EpochMs[] = [];
    for (
      let hour = Math.ceil(Math.max(start, BEGINNING) / HOUR) * HOUR;
      hour < end && hour <= this.now;
      hour += HOUR
    ) {
      hours.push(hour);
    }
    return hours;
  }

  #teams(hour: EpochMs, teamId: string | undefined): readonly Spent[] {
    const teams = teamsOf(this.#book, hour, this.now, teamId);
    return this.#withoutTotals ? teams.map(withoutOther) : teams;
  }
}

/** What is not in any category is nowhere without totals. */
function withoutOther(spent: Spent): Spent {
  const price = new Map([...spent.price].filter(([category]) => category !== 'other'));
  return { ...spent, price, children: spent.children.map(withoutOther) };
}
