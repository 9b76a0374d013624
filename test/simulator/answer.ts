/** A reply before it is sent. The body is made while it is sent, so that a month of rows is never in memory. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Iterable<string>;
}

export const JSON_TYPE = 'application/json';
export const PROBLEM_TYPE = 'application/problem+json';

export function textAnswer(status: number, contentType: string, text: string): Answer {
  return { status, headers: { 'content-type': contentType }, body: [text] };
}

/** The vendor's own error form, `{error_code, message, retryable, …}`. */
export interface VendorError {
  readonly error_code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly retry_after_ms?: number;
  readonly details?: Readonly<Record<string, string>>;
}

/** RFC 9457, as the vendor's framework fills it. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
}
