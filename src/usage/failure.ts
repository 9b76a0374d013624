import type { EpochMs } from './time';

/** What can go wrong when usage is read. Views turn each kind into a sentence and one helpful action. */
export type Failure =
  | { readonly kind: 'keyMissing' }
  /** This computer's secret storage did not give the key, or did not answer. */
  | { readonly kind: 'keychain'; readonly detail: string }
  /** The key was given for another address; it is not sent anywhere else. */
  | { readonly kind: 'keyForOtherAddress'; readonly origin: string }
  | { readonly kind: 'keyRejected'; readonly detail: string }
  | { readonly kind: 'organisationMismatch'; readonly detail: string }
  | { readonly kind: 'forbidden'; readonly detail: string }
  /** 404 or 410. */
  | { readonly kind: 'notFound'; readonly url: string }
  /** 404 or 410 where there was usage before. */
  | {
      readonly kind: 'gone';
      readonly url: string;
      /** The stored figures are valid up to this time. */
      readonly keptUntil: EpochMs;
      /** When this was last found; retries are rare. */
      readonly askedAt: EpochMs;
    }
  /** Blocked on the way to the vendor, by bot protection or a network filter. */
  | { readonly kind: 'blocked'; readonly status: number; readonly retryAt?: EpochMs }
  | { readonly kind: 'rateLimited'; readonly retryAt: EpochMs }
  | { readonly kind: 'outOfCredits'; readonly detail: string }
  /** Another refusal (4xx). */
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string }
  | {
      readonly kind: 'serverError';
      readonly status: number;
      readonly detail: string;
      /** Until when the server asked to wait, if it did. */
      readonly retryAt?: EpochMs;
    }
  | { readonly kind: 'timeout'; readonly seconds: number }
  /** No connection was made, or it was refused. */
  | { readonly kind: 'unreachable'; readonly host: string; readonly code: string }
  | { readonly kind: 'certificate'; readonly host: string; readonly code: string }
  /** A proxy wants a name and a password (407). */
  | { readonly kind: 'proxyLogin' }
  /** The connection broke in the middle of a reply. */
  | {
      readonly kind: 'cut';
      /** Bytes of a long reply received so far. */
      readonly offset?: number;
    }
  | {
      readonly kind: 'notJson';
      readonly contentType: string;
      /** In a long reply: the first byte that is not valid JSON. */
      readonly offset?: number;
    }
  /** The reply is valid but does not cover the day, which is unknown, not empty. */
  | { readonly kind: 'notCovered' }
  /** JSON that differs from the vendor's documentation or from the request; `path` says where. */
  | { readonly kind: 'malformed'; readonly path: string; readonly expected: Expected }
  | {
      readonly kind: 'tooLarge';
      readonly limitBytes: number;
      /** The limit is for a row or the envelope (`part`), the memory for a long reply, or else the reply. */
      readonly of?: 'part' | 'memory';
    }
  | { readonly kind: 'tooLarge'; readonly limitRows: number }
  | {
      readonly kind: 'redirected';
      /** An origin, or the vendor's text if it is not an address. */
      readonly target: string;
      /** The vendor's address has a user or a password, which `target` omits. */
      readonly withUserInfo?: true;
    }
  | { readonly kind: 'badAddress'; readonly address: string }
  | { readonly kind: 'cancelled' }
  /** A bug of ours; the log has the details. */
  | { readonly kind: 'internal'; readonly detail: string };

/** What a field of a vendor's JSON should have been. */
export type Expected =
  | 'object'
  | 'list'
  | 'text'
  | 'number'
  | 'flag'
  | 'exactInteger'
  | 'smallInteger'
  | 'dateTime'
  | 'lastPage'
  /** For a period or a granularity: the requested one. */
  | 'asAsked'
  /** For a time: within the period of the reply. */
  | 'inPeriod'
  /** For a count: the actual number of entries. */
  | 'entryCount'
  /** For an entry: not a duplicate. */
  | 'onlyOne'
  /** For a reply: nested no deeper than any documented one. */
  | 'shallow';

export type FailureKind = Failure['kind'];

/** Failures of this computer's network: nothing reached the vendor. */
const OF_NETWORK: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'unreachable',
  'certificate',
  'proxyLogin',
]);

/** Failures of this window's settings or this computer's keys. */
const OF_SETTINGS: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'keyMissing',
  'keychain',
  'keyForOtherAddress',
  'badAddress',
]);

/** Only a person can fix these; automatic retries would be noise, or get the key locked out. */
const NEEDS_A_PERSON: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'keyMissing',
  'keyForOtherAddress',
  'keyRejected',
  'organisationMismatch',
  'forbidden',
  'badAddress',
  'proxyLogin',
]);

export function isOfNetwork({ kind }: Failure): boolean {
  return OF_NETWORK.has(kind);
}

/** Whether a failure concerns only this window and not the account, so that other windows must ignore it. */
export function isOfThisWindow({ kind }: Failure): boolean {
  return kind === 'cancelled' || OF_NETWORK.has(kind) || OF_SETTINGS.has(kind);
}

export function needsPerson({ kind }: Failure): boolean {
  return NEEDS_A_PERSON.has(kind);
}

/** Carries a {@link Failure} through code that throws. */
export class UsageError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.name = 'UsageError';
    this.failure = failure;
  }
}

/** The failure for any thrown value. */
export function toFailure(error: unknown): Failure {
  if (error instanceof UsageError) {
    return error.failure;
  }
  return { kind: 'internal', detail: error instanceof Error ? error.message : String(error) };
}
