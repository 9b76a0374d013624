/** In which of the four forms that the vendor's clients accept; the first is the documented one. */
export type ErrorForm = 1 | 2 | 3 | 4;

/** What the vendor has to say, in whatever form. */
export interface VendorError {
  readonly code: string;
  readonly message: string;
  /** In seconds. */
  readonly retry_after?: number;
}

/** The codes of 402 and 422 are documented; those of the others are in the manner of that of 402. */
const ERRORS: Readonly<Record<number, VendorError>> = {
  401: { code: 'UNAUTHORIZED', message: 'invalid API key' },
  402: { code: 'INSUFFICIENT_CREDITS', message: 'not enough credits' },
  403: { code: 'FORBIDDEN', message: 'not allowed for this tenant' },
  404: { code: 'NOT_FOUND', message: 'no such path' },
  405: { code: 'METHOD_NOT_ALLOWED', message: 'only GET is allowed here' },
  422: { code: 'invalid group_by', message: 'invalid group_by' },
  429: { code: 'RATE_LIMITED', message: 'too many requests', retry_after: 1 },
  500: { code: 'INTERNAL', message: 'internal server error' },
  503: { code: 'UNAVAILABLE', message: 'service unavailable' },
};

/** What the vendor says with a status, if nothing else is said. */
export function usualError(status: number): VendorError {
  return ERRORS[status] ?? { code: 'UNEXPECTED', message: 'unexpected' };
}

export function errorBody({ code, message, ...wait }: VendorError, form: ErrorForm): object {
  switch (form) {
    case 1:
      return { error: { code, message, request_id: 'req-1', ...wait } };
    case 2:
      return { error: message, code, ...wait };
    case 3:
      return { message, code, ...wait };
    case 4:
      return { errors: [message], ...wait };
  }
}
