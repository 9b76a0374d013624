import { type IncomingHttpHeaders } from 'node:http';
import { type Answer, JSON_TYPE, type Problem, PROBLEM_TYPE, textAnswer, type VendorError } from '../answer';
import { type VendorBody } from '../faults';
import { type Contract } from '../schema';
import { type ApiRequest, type VendorApi } from '../vendor';
import { machineListReply, UnprocessableRequest } from './machineList';
import { InvalidRequest } from './query';
import { computeReply, storageReply, summaryReply } from './replies';
import { type RowSource } from './rows';

/** What the API knows when a request comes in. */
export interface Surroundings extends Omit<RowSource, 'now'> {
  readonly contract: Contract;
  /** Undefined after the key was revoked: then every key is wrong. */
  readonly key: () => string | undefined;
  readonly organisationId: string | undefined;
}

const OPERATIONS = {
  '/v1/usage': summaryReply,
  '/v1/usage/machines/compute': computeReply,
  '/v1/usage/machines/storage': storageReply,
  '/v1/machines': machineListReply,
} as const;

/** For errors outside the documented paths: their form is the same for every operation. */
const ANY_PATH = '/v1/usage';

/** What the vendor says with each status; codes beyond its documented examples are in its manner. */
const VENDOR_ERRORS: Readonly<Record<number, VendorError>> = {
  400: { error_code: 'INVALID_REQUEST', message: 'invalid request', retryable: false },
  401: { error_code: 'AUTH_INVALID', message: 'invalid Dedalus API key', retryable: false },
  403: {
    error_code: 'AUTH_SCOPE_FORBIDDEN',
    message: 'internal service authorization is required',
    retryable: false,
  },
  429: {
    error_code: 'RATE_LIMITED',
    message: 'read rate limit exceeded',
    retryable: true,
    retry_after_ms: 84,
  },
  500: { error_code: 'INTERNAL', message: 'internal server error', retryable: true },
  502: { error_code: 'LEDGER_UNAVAILABLE', message: 'billing ledger unavailable', retryable: true },
  503: { error_code: 'DEPENDENCY_UNAVAILABLE', message: 'runtime unavailable', retryable: true },
};

/** The Dedalus operations that the product reads. Throws SchemaViolation for a reply that breaks the contract. */
export class DedalusApi implements VendorApi {
  readonly #surroundings: Surroundings;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Whether the request carries the key in either of the two documented ways. */
  isAuthorised(headers: IncomingHttpHeaders): boolean {
    const key = this.#surroundings.key();
    return key !== undefined && offeredKeys(headers).includes(key);
  }

  answer(request: ApiRequest): Answer {
    const path = request.path as keyof typeof OPERATIONS;
    if (!Object.hasOwn(OPERATIONS, path)) return this.problem(404, 'Not Found', 'no such path');
    if (request.method !== 'GET') return this.problem(405, 'Method Not Allowed', 'only GET is allowed here');
    const refusal = this.#unauthorised(request, path);
    if (refusal !== undefined) return refusal;
    const { contract } = this.#surroundings;
    try {
      return OPERATIONS[path]({ ...this.#surroundings, now: request.now }, contract, request.query);
    } catch (error) {
      if (error instanceof InvalidRequest) {
        const body = { error_code: 'INVALID_REQUEST', message: error.message, retryable: false };
        return this.vendorError(path, 400, body);
      }
      if (error instanceof UnprocessableRequest) {
        return this.problem(422, 'Unprocessable Entity', error.message);
      }
      throw error;
    }
  }

  refusal(path: string, status: number, body: VendorBody): Answer {
    if (body === 'problem') return this.problem(status, 'Injected', 'the simulator was told to fail');
    const usual = VENDOR_ERRORS[status] ?? {
      error_code: 'UNEXPECTED',
      message: 'unexpected',
      retryable: false,
    };
    return this.vendorError(path, status, body === 'vendor' ? usual : { ...usual, ...body });
  }

  /** An error in the vendor's own form. */
  vendorError(path: string, status: number, error: VendorError): Answer {
    const json = JSON.stringify(error);
    const known = Object.hasOwn(OPERATIONS, path) ? path : ANY_PATH;
    this.#surroundings.contract.checkReply(known, status, JSON_TYPE, json);
    return textAnswer(status, JSON_TYPE, json);
  }

  /** An error as RFC 9457. */
  problem(status: number, title: string, detail: string): Answer {
    const json = JSON.stringify({ title, status, detail } satisfies Problem);
    this.#surroundings.contract.checkReply(ANY_PATH, status, PROBLEM_TYPE, json);
    return textAnswer(status, PROBLEM_TYPE, json);
  }

  #unauthorised({ headers }: ApiRequest, path: string): Answer | undefined {
    if (offeredKeys(headers).length === 0) return this.#documented(path, 401, 'missing_key');
    if (!this.isAuthorised(headers)) return this.#documented(path, 401, 'invalid_key');
    const organisation = headers['x-dedalus-org-id'];
    const expected = this.#surroundings.organisationId;
    if (expected !== undefined && organisation !== undefined && organisation !== expected) {
      return this.#documented(path, 403, 'org_mismatch');
    }
    return undefined;
  }

  #documented(path: string, status: number, name: string): Answer {
    const json = JSON.stringify(this.#surroundings.contract.example(path, status, name));
    this.#surroundings.contract.checkReply(path, status, JSON_TYPE, json);
    return textAnswer(status, JSON_TYPE, json);
  }
}

function offeredKeys(headers: IncomingHttpHeaders): string[] {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const keys = [headers['x-api-key'], bearer].flat();
  return keys.filter((key): key is string => key !== undefined && key !== '');
}
