import { type IncomingHttpHeaders } from 'node:http';
import { type Answer, JSON_TYPE, textAnswer } from '../answer';
import { type EpochMs, MINUTE, SECOND } from '../clock';
import { type VendorBody } from '../faults';
import { type Contract } from '../schema';
import { type ApiRequest, type VendorApi } from '../vendor';
import { type Book } from './book';
import { errorBody, type ErrorForm, usualError, type VendorError } from './errors';
import { RefusedQuery, usageQuery } from './query';
import { usageReply } from './replies';
import { type Form, usedWithin } from './sums';

export const BASE_PATH = '/api/v1';

/** What the API knows when a request comes in. */
export interface Surroundings {
  readonly book: Book;
  readonly contract: Contract;
  readonly form: Form;
  readonly errorForm: ErrorForm;
  readonly refusesMtd: boolean;
  readonly rateLimitRpm: number;
  readonly tenant: string | undefined;
  /** Undefined after the key was revoked: then every key is wrong. */
  readonly key: () => string | undefined;
}

/** The one MIOSA operation that the product reads. */
export class MiosaApi implements VendorApi {
  readonly #surroundings: Surroundings;
  /** When the requests of the last minute were let in. */
  #admitted: EpochMs[] = [];

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  isAuthorised(headers: IncomingHttpHeaders): boolean {
    const key = this.#surroundings.key();
    return key !== undefined && headers.authorization === `Bearer ${key}`;
  }

  answer(request: ApiRequest): Answer {
    if (request.path !== `${BASE_PATH}/usage`) return this.#error(404);
    if (request.method !== 'GET') return this.#error(405);
    if (!this.isAuthorised(request.headers)) return this.#error(401);
    if (!this.#isOwnTenant(request.headers)) return this.#error(403);
    const wait = this.#admit(request.now);
    if (wait !== undefined) {
      const answer = this.#error(429, { code: 'RATE_LIMITED', message: 'too many requests' });
      return { ...answer, headers: { ...answer.headers, 'retry-after': String(wait) } };
    }
    try {
      return this.#usage(request);
    } catch (error) {
      if (!(error instanceof RefusedQuery)) throw error;
      return this.#error(422, { code: error.code, message: error.code });
    }
  }

  /** The vendor has no RFC 9457 form, so that `problem` is its usual one. */
  refusal(_path: string, status: number, body: VendorBody): Answer {
    const usual = usualError(status);
    return this.#error(status, typeof body === 'string' ? usual : { ...usual, ...body });
  }

  #usage({ query, now }: ApiRequest): Answer {
    const { book, contract, form, refusesMtd } = this.#surroundings;
    const asked = usageQuery(query, now, refusesMtd);
    const json = usageReply(asked, usedWithin(book, asked, form, now), form);
    contract.checkReply('/usage', 200, JSON_TYPE, json);
    return textAnswer(200, JSON_TYPE, json);
  }

  #error(status: number, error: VendorError = usualError(status)): Answer {
    const { contract, errorForm } = this.#surroundings;
    const json = JSON.stringify(errorBody(error, errorForm));
    contract.checkComponent('Error', json);
    return textAnswer(status, JSON_TYPE, json);
  }

  /** What the vendor answers to another tenant is not documented. */
  #isOwnTenant(headers: IncomingHttpHeaders): boolean {
    const { tenant } = this.#surroundings;
    const asked = headers['x-miosa-tenant'];
    return tenant === undefined || asked === undefined || asked === tenant;
  }

  /** Lets a request in, or tells in how many whole seconds there is room for one. */
  #admit(now: EpochMs): number | undefined {
    this.#admitted = this.#admitted.filter((at) => at > now - MINUTE);
    const oldest = this.#admitted[0];
    if (oldest !== undefined && this.#admitted.length >= this.#surroundings.rateLimitRpm) {
      return Math.ceil((oldest + MINUTE - now) / SECOND);
    }
    this.#admitted.push(now);
    return undefined;
  }
}
