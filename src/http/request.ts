import type { Failure } from '../usage/failure';
import type { PagesBudget } from './body';

/** What a vendor says in the body of a refusal. */
export interface VendorError {
  /** The vendor's own code, such as `AUTH_ORG_MISMATCH`. */
  readonly code?: string;
  readonly message: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
}

export interface JsonRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** The key, to be redacted in anything the vendor replies. */
  readonly secrets: readonly string[];
  /** Decodes the vendor's error body; undefined if it has no documented form. */
  readonly vendorError: (body: unknown) => VendorError | undefined;
  /** Statuses that mean something special at this vendor; undefined for the usual meaning. */
  readonly interpret?: (status: number, vendorError: VendorError | undefined) => Failure | undefined;
  /** Called for each request that is sent, including retries and redirects. */
  readonly onRequest?: () => void;
  /** Called with the headers of each reply, good or bad. */
  readonly onHeaders?: (headers: Headers) => void;
  /** For a page of many: what all of them may still take together. */
  readonly budget?: PagesBudget;
  readonly signal?: AbortSignal | undefined;
}
