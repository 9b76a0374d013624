import type { EpochMs } from './time';

/** What can go wrong on the way to a figure. Views turn a kind into a sentence and one action that helps. */
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
  /** The same where there was usage before. */
  | {
      readonly kind: 'gone';
      readonly url: string;
      /** Up to then the figures that are kept are true. */
      readonly keptUntil: EpochMs;
      /** When that was last found; it is rarely asked again. */
      readonly askedAt: EpochMs;
    }
  /** Not the vendor but something on the way to it: a protection against bots, a filter of the network. */
  | { readonly kind: 'blocked'; readonly status: number; readonly retryAt?: EpochMs }
  | { readonly kind: 'rateLimited'; readonly retryAt: EpochMs }
  | { readonly kind: 'outOfCredits'; readonly detail: string }
  /** Another refusal (4xx). */
  | { readonly kind: 'refused'; readonly status: number; readonly detail: string }
  | {
      readonly kind: 'serverError';
      readonly status: number;
      readonly detail: string;
      /** When the server asked to be left alone until then. */
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
      /** How many bytes of a long reply had come. */
      readonly offset?: number;
    }
  | {
      readonly kind: 'notJson';
      readonly contentType: string;
      /** Of a long reply: the first byte that JSON does not allow there. */
      readonly offset?: number;
    }
  /** The answer is sound but does not cover the day, which is unknown, not empty. */
  | { readonly kind: 'notCovered' }
  /** JSON, but not as the vendor documents it, or no answer to the question; `path` says where. */
  | { readonly kind: 'malformed'; readonly path: string; readonly expected: Expected }
  | {
      readonly kind: 'tooLarge';
      readonly limitBytes: number;
      /** Of a single row, of the envelope, or of the memory for a long reply; otherwise of the reply. */
      readonly of?: 'part' | 'memory';
    }
  | { readonly kind: 'tooLarge'; readonly limitRows: number }
  | {
      readonly kind: 'redirected';
      /** An origin, or the vendor's text in place of an address. */
      readonly target: string;
      /** The vendor put a user or a password into the address, which is not repeated. */
      readonly withUserInfo?: true;
    }
  | { readonly kind: 'badAddress'; readonly address: string }
  | { readonly kind: 'cancelled' }
  /** A defect of ours; the log has the rest. */
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
  /** Of a period or a granularity: the one that was asked for. */
  | 'asAsked'
  /** Of a time: within the period that the reply is about. */
  | 'inPeriod'
  /** Of a count: so many entries are there. */
  | 'entryCount'
  /** Of an entry: the only one of its hour. */
  | 'onlyOne'
  /** Of a reply: nested no deeper than any that is documented. */
  | 'shallow';

export type FailureKind = Failure['kind'];

/** Of this computer's network: nothing came to the vendor. */
const OF_NETWORK: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'unreachable',
  'certificate',
  'proxyLogin',
]);

/** Of this window's settings and of this computer's keys. */
const OF_SETTINGS: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'keyMissing',
  'keychain',
  'keyForOtherAddress',
  'badAddress',
]);

/** Only a person can put these right, so asking again by itself would be noise, or get the key locked out. */
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

/** Whether a failure tells of this window alone and not of the account: then no other window is to go by it. */
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

/** The failure that an unknown thrown value stands for. */
export function toFailure(error: unknown): Failure {
  if (error instanceof UsageError) {
    return error.failure;
  }
  return { kind: 'internal', detail: error instanceof Error ? error.message : String(error) };
}
