/** Which requests a fault meets; it meets all of them when nothing is said. */
export interface FaultMatch {
  /** The whole path as text, or a pattern for it. */
  readonly path?: string | RegExp;
  /** Lets this many matching requests pass first. */
  readonly after?: number;
  /** Then meets this many, and no more. */
  readonly times?: number;
}

/**
 * An error in a form of the vendor's own: `vendor` is its usual one, `problem` RFC 9457 where it has that; an object says
 * in other words what the usual one says, by its fields.
 */
export type VendorBody = 'vendor' | 'problem' | Readonly<Record<string, unknown>>;

/** The same, or `html`, a page as proxies and gateways send it; or any text as it is, of any content type. */
export type FaultBody = VendorBody | 'html' | RawBody;

export interface RawBody {
  readonly raw: string;
  readonly contentType: string;
}

/** A fault of the real reply's body; its status stays as it is. */
export type BodyEffect =
  /** Sends the body in pieces of `bytes`, with a pause of `pauseMs` after each. */
  | { readonly slowBody: { readonly bytes: number; readonly pauseMs: number } }
  /** Sends the head and so many bytes of the body, then ends the connection. */
  | { readonly cutAfterBytes: number }
  /** Leaves the last character out: no JSON any more, though the transfer is complete. */
  | { readonly brokenJson: true }
  /** Puts white space in front, so that the body is of more than so many bytes; still JSON. */
  | { readonly oversizeBytes: number };

export type FaultEffect =
  | BodyEffect
  /** Answers with this status in place of the real reply; the body is `vendor` when nothing is said. */
  | {
      readonly status: number;
      readonly body?: FaultBody;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly redirectTo: string; readonly redirectStatus?: 301 | 302 | 303 | 307 | 308 }
  /** Never answers: the request stays open until one side ends it. */
  | { readonly hang: true }
  /** Ends the connection without an answer. */
  | { readonly drop: true }
  /** Nothing but the delay. */
  | { readonly delayMs: number };

export function isBodyEffect(effect: FaultEffect): effect is BodyEffect {
  return ['slowBody', 'cutAfterBytes', 'brokenJson', 'oversizeBytes'].some((name) => name in effect);
}

export type Fault = FaultEffect & {
  readonly match?: FaultMatch;
  /** Waits so long before the head is sent. */
  readonly delayMs?: number;
};

interface Armed {
  readonly fault: Fault;
  seen: number;
}

/** The faults that are set; of those that match a request, the oldest meets it. */
export class Faults {
  readonly #armed = new Set<Armed>();

  /** @returns a function that takes the fault away again; calling it twice is harmless. */
  inject(fault: Fault): () => void {
    const armed: Armed = { fault, seen: 0 };
    this.#armed.add(armed);
    return () => {
      this.#armed.delete(armed);
    };
  }

  clear(): void {
    this.#armed.clear();
  }

  /** The fault that meets this request, counted as used. */
  take(path: string): Fault | undefined {
    for (const armed of this.#armed) {
      const { match = {} } = armed.fault;
      if (!matches(match.path, path)) continue;
      armed.seen += 1;
      const { after = 0, times = Infinity } = match;
      if (armed.seen > after && armed.seen <= after + times) return armed.fault;
    }
    return undefined;
  }
}

function matches(wanted: string | RegExp | undefined, path: string): boolean {
  if (wanted === undefined) return true;
  return typeof wanted === 'string'
    ? wanted === path
    : new RegExp(wanted.source, wanted.flags.replace('g', '')).test(path);
}
