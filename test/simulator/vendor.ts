import { type IncomingHttpHeaders } from 'node:http';
import { type Answer } from './answer';
import { type EpochMs } from './clock';
import { type VendorBody } from './faults';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly now: EpochMs;
}

/** The operations of one vendor that the product reads. Every method throws SchemaViolation for a reply that breaks its contract. */
export interface VendorApi {
  /** Whether the request carries the key in a way that the vendor documents. */
  isAuthorised(headers: IncomingHttpHeaders): boolean;
  answer(request: ApiRequest): Answer;
  /** What the vendor says with a status, in a form of its own. */
  refusal(path: string, status: number, body: VendorBody): Answer;
}
