import { DAY, type EpochMs, HOUR, parseDate } from '../clock';
import {
  type EmittedMeter,
  type LedgerMisbehaviour,
  type Misbehaviour,
  type Span,
  type UsageMisbehaviour,
} from './misbehaviour';
import { add, type Sums, zero } from './totals';

type Kind = Misbehaviour['kind'];
type Of<Name extends Kind> = Extract<Misbehaviour, { kind: Name }>;

/** The least that each whole number of a misbehaviour may be. */
const LEAST = { every: 1, percent: 0, awakeSeconds: 0, delayMinutes: 0, seconds: -Infinity } as const;

/** A misbehaviour, and from when on it shows. */
export type Armed<Which extends Misbehaviour = Misbehaviour> = Which & { readonly since: EpochMs };

const USAGE_KINDS: ReadonlySet<Kind> = new Set<UsageMisbehaviour['kind']>([
  ...(['restatement', 'gap', 'lostDay', 'overlap', 'tooAwake', 'tooBusy', 'negative'] as const),
]);

/** The misbehaviours that are on, in the order in which they were switched on. */
export class Misbehaviours {
  readonly #armed = new Set<Armed>();

  /**
   * @param now when it is switched on, by the simulator's clock.
   * @returns a function that switches it off; calling it twice is harmless.
   * @throws RangeError for one that could not do anything.
   */
  add(misbehaviour: Misbehaviour, now: EpochMs): () => void {
    check(misbehaviour);
    const armed: Armed = { ...misbehaviour, since: misbehaviour.since ?? now };
    this.#armed.add(armed);
    return () => {
      this.#armed.delete(armed);
    };
  }

  clear(): void {
    this.#armed.clear();
  }

  /** Whether all is as it should be. */
  get none(): boolean {
    return this.#armed.size === 0;
  }

  /** Those of one kind that show at `now`. */
  *of<Name extends Kind>(kind: Name, now: EpochMs): Generator<Armed<Of<Name>>> {
    for (const armed of this.#armed) {
      if (armed.kind === kind && now >= armed.since) yield armed as Armed<Of<Name>>;
    }
  }

  /** Those that change usage of a machine and show at `now`. */
  *ofUsage(now: EpochMs): Generator<Armed<UsageMisbehaviour>> {
    for (const armed of this.#armed) {
      if (USAGE_KINDS.has(armed.kind) && now >= armed.since) yield armed as Armed<UsageMisbehaviour>;
    }
  }

  /** How much later a row starts and ends than its bucket does, in milliseconds. */
  offset(machineId: string, start: EpochMs, now: EpochMs): number {
    let offset = 0;
    for (const { machine, seconds, ...span } of this.of('offTheHour', now)) {
      if ((machine ?? machineId) === machineId && holds(span, start, HOUR)) offset += seconds * 1000;
    }
    return offset;
  }

  /** What the summary adds to what it should say. */
  summaryOff(now: EpochMs): Sums {
    const off = zero();
    for (const { by } of this.of('summaryOff', now)) add(off, { ...zero(), ...by });
    return off;
  }
}

/** Whether what starts at `start` and lasts `length` is meant. */
export function holds(span: Span, start: EpochMs, length: number): boolean {
  const { start: first = 0, end = Infinity, every = 1 } = span;
  if (start < first || start >= end) return false;
  return Math.floor((start - first) / length) % every === 0;
}

/** Whether a misbehaviour of identifiers is one of this meter. */
export function concerns(
  misbehaviour: Exclude<LedgerMisbehaviour, { kind: 'lateEmission' }>,
  meter: EmittedMeter,
): boolean {
  return (misbehaviour.meter ?? meter) === meter;
}

/** The hours of a UTC date. Throws RangeError when there is no such date. */
export function spanOfDate(date: string): Span {
  const start = parseDate(date);
  if (start === undefined) throw new RangeError(`${date} is not a date such as 2026-11-18`);
  return { start, end: start + DAY };
}

function check(misbehaviour: Misbehaviour): void {
  if (misbehaviour.kind === 'lostDay') spanOfDate(misbehaviour.date);
  const numbers = misbehaviour as Partial<Readonly<Record<keyof typeof LEAST, number>>>;
  for (const [name, least] of Object.entries(LEAST)) {
    const value = numbers[name as keyof typeof LEAST];
    if (value !== undefined && (!Number.isInteger(value) || value < least))
      throw new RangeError(`${name} of ${misbehaviour.kind} must not be ${String(value)}`);
  }
}
