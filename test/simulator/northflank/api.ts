import { type IncomingHttpHeaders } from 'node:http';
import { type Answer, JSON_TYPE, textAnswer } from '../answer';
import { type EpochMs, HOUR, SECOND } from '../clock';
import { type VendorBody } from '../faults';
import { type Contract } from '../schema';
import { type ApiRequest, type VendorApi } from '../vendor';
import { BEGINNING, type Book } from './book';
import { hourQuery, listQuery, RefusedQuery } from './query';
import { Quota } from './quota';
import { hourReply, listReply, type Style } from './replies';

export const BASE_PATH = '/v1';

const ROUTE = /^\/v1(?:\/teams\/([^/]+))?\/billing\/usage(?:\/([^/]+))?$/;

/** What the API knows when a request comes in. */
export interface Surroundings {
  readonly book: Book;
  readonly contract: Contract;
  readonly style: Style;
  readonly organisationToken: boolean;
  /** How many teams, projects or resources make a page of an hour; undefined for all at once. */
  readonly hourPageSize: number | undefined;
  readonly quota: number;
  readonly emptyReply: boolean;
  /** Undefined after the key was revoked: then every key is wrong. */
  readonly key: () => string | undefined;
}

/** The documented sample reply, of the list and of an hour alike. */
const EMPTY = { pagination: { hasNextPage: false, count: 1 } };

/** "Not found" is documented; the words of the others are in its manner. */
const MESSAGES: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Unauthorized',
  403: 'Insufficient permissions',
  404: 'Not found',
  405: 'Method not allowed',
  429: 'Too many requests',
  500: 'Internal server error',
};

/** The Northflank operations that the product reads. Throws SchemaViolation for a reply that breaks the contract. */
export class NorthflankApi implements VendorApi {
  readonly #surroundings: Surroundings;
  readonly #quota: Quota;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#quota = new Quota(surroundings.quota);
  }

  isAuthorised(headers: IncomingHttpHeaders): boolean {
    const key = this.#surroundings.key();
    return key !== undefined && headers.authorization === `Bearer ${key}`;
  }

  answer(request: ApiRequest): Answer {
    if (!this.isAuthorised(request.headers)) return this.#error(401);
    const answer = this.#quota.admit(request.now) ? this.#admitted(request) : this.#error(429);
    return { ...answer, headers: { ...answer.headers, ...this.#quota.headers(request.now) } };
  }

  /** The vendor has one form of errors alone. */
  refusal(_path: string, status: number, body: VendorBody): Answer {
    return this.#error(status, typeof body === 'string' ? {} : body);
  }

  #admitted({ method, path, query, now }: ApiRequest): Answer {
    const route = ROUTE.exec(path);
    if (route === null) return this.#error(404);
    if (method !== 'GET') return this.#error(405);
    const { book, organisationToken } = this.#surroundings;
    const teamId = route[1] === undefined ? undefined : decodeURIComponent(route[1]);
    if (teamId === undefined && organisationToken) return this.#error(403);
    if (teamId !== undefined && !book.teamIds.includes(teamId)) return this.#error(404);
    try {
      return route[2] === undefined
        ? this.#list(query, now, teamId)
        : this.#hour(Number(route[2]) * SECOND, query, now, teamId);
    } catch (error) {
      if (!(error instanceof RefusedQuery)) throw error;
      return this.#error(400, { message: error.message });
    }
  }

  #list(query: URLSearchParams, now: EpochMs, teamId: string | undefined): Answer {
    const asked = listQuery(query);
    const { book, style } = this.#surroundings;
    return this.#reply('', teamId, listReply({ book, style, now }, asked, teamId));
  }

  #hour(hour: EpochMs, query: URLSearchParams, now: EpochMs, teamId: string | undefined): Answer {
    const asked = hourQuery(query);
    // NaN, for what is no number, is no hour either.
    if (hour % HOUR !== 0 || hour < BEGINNING || hour > now) return this.#error(404);
    const { book, style, hourPageSize: pageSize } = this.#surroundings;
    const reply = hourReply({ book, style, now }, hour, asked, { teamId, pageSize });
    return this.#reply('/{timestamp}', teamId, reply);
  }

  /** Of the form in major units, which the document does not have, this checks what both forms share. */
  #reply(path: string, teamId: string | undefined, reply: object): Answer {
    const { contract, emptyReply } = this.#surroundings;
    const json = JSON.stringify(emptyReply ? EMPTY : reply);
    const team = teamId === undefined ? '' : '/teams/{teamId}';
    contract.checkReply(`${team}/billing/usage${path}`, 200, JSON_TYPE, json);
    return textAnswer(200, JSON_TYPE, json);
  }

  #error(status: number, more: Readonly<Record<string, unknown>> = {}): Answer {
    const error = { status, message: MESSAGES[status] ?? 'Unexpected', id: 'error-1', details: {}, ...more };
    const json = JSON.stringify({ error });
    this.#surroundings.contract.checkComponent('Error', json);
    return textAnswer(status, JSON_TYPE, json);
  }
}
