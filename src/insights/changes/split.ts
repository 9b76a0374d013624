import { type Amount, compareAmounts, subtract } from '../../usage/amount';
import { type ComputeUse, isUnused } from './machineUse';
import { scaled } from './ratio';

/**
 * Why a machine used more or less than before:
 * - `started`, `stopped`: it used nothing before, or nothing now; for storage, it stored nothing;
 * - `moreHours`, `fewerHours`: it was awake longer or shorter;
 * - `resized`: in the same time it asked for other vCPUs or memory;
 * - `busier`, `idler`: it used more or less of the vCPUs that it asked for;
 * - `moreStored`, `lessStored`: it stored more or less, or for longer or shorter;
 * - `unexplained`: the rows do not tell why: they have no shape, or usage of a machine that was not awake.
 */
export type ChangeCause =
  | 'started'
  | 'stopped'
  | 'moreHours'
  | 'fewerHours'
  | 'resized'
  | 'busier'
  | 'idler'
  | 'moreStored'
  | 'lessStored'
  | 'unexplained';

/** A part of a difference, in the meter's own unit; never zero. */
export interface ChangePart {
  readonly cause: ChangeCause;
  readonly amount: Amount;
}

export const COMPUTE_METERS = ['awake_seconds', 'cpu_millicore_seconds', 'memory_mib_seconds'] as const;

export type ComputeMeterId = (typeof COMPUTE_METERS)[number];

/**
 * The difference of one machine's compute meter, in parts that add up to it exactly; undefined where it is not known.
 *
 * The order is a convention: hours first, at the old shape and the old duty; then the shape, at the old duty; then what is
 * left, which is duty for vCPU-time. So there are two levels between before and now: use before × awake now ÷ awake
 * before, and use before × requested now ÷ requested before. Each level is rounded once, half away from zero. A part is
 * the difference of two successive levels, so what one part loses by rounding, the next part gains.
 */
export function computeParts(
  meter: ComputeMeterId,
  now: ComputeUse,
  before: ComputeUse,
): readonly ChangePart[] | undefined {
  const [to, from] = [now[meter], before[meter]];
  if (to === undefined || from === undefined) {
    return undefined;
  }
  const difference = subtract(to, from);
  if (isUnused(before)) {
    return partsOf({ cause: 'started', amount: difference });
  }
  if (isUnused(now)) {
    return partsOf({ cause: 'stopped', amount: difference });
  }
  switch (meter) {
    case 'awake_seconds':
      return partsOf({ cause: hoursCause(now, before), amount: difference });
    case 'cpu_millicore_seconds': {
      const request = [now.requestedMillicoreSeconds, before.requestedMillicoreSeconds] as const;
      return inSteps(to, from, { now, before, request, rest: dutyCause });
    }
    case 'memory_mib_seconds': {
      const request = [now.requestedMibSeconds, before.requestedMibSeconds] as const;
      return inSteps(to, from, { now, before, request, rest: () => 'unexplained' });
    }
  }
}

/** The difference of one machine's storage, in MiB-seconds; undefined where it is not known. */
export function storageParts(
  now: Amount | undefined,
  before: Amount | undefined,
): readonly ChangePart[] | undefined {
  if (now === undefined || before === undefined) {
    return undefined;
  }
  const amount = subtract(now, before);
  if (before === 0) {
    return partsOf({ cause: 'started', amount });
  }
  if (now === 0) {
    return partsOf({ cause: 'stopped', amount });
  }
  return partsOf({ cause: amount > 0 ? 'moreStored' : 'lessStored', amount });
}

interface Steps {
  readonly now: ComputeUse;
  readonly before: ComputeUse;
  /** What was requested × the time awake: now, and before. */
  readonly request: readonly [Amount | undefined, Amount | undefined];
  /** The cause of what is left. */
  readonly rest: (amount: Amount) => ChangeCause;
}

function inSteps(to: Amount, from: Amount, { now, before, request, rest }: Steps): readonly ChangePart[] {
  const afterHours = scaled(from, now.awake_seconds, before.awake_seconds);
  if (afterHours === undefined) {
    return partsOf({ cause: 'unexplained', amount: subtract(to, from) });
  }
  const hours: ChangePart = { cause: hoursCause(now, before), amount: subtract(afterHours, from) };
  const afterShape = scaled(from, ...request);
  if (afterShape === undefined) {
    return partsOf(hours, { cause: 'unexplained', amount: subtract(to, afterHours) });
  }
  const left = subtract(to, afterShape);
  return partsOf(
    hours,
    { cause: 'resized', amount: subtract(afterShape, afterHours) },
    { cause: rest(left), amount: left },
  );
}

function hoursCause(now: ComputeUse, before: ComputeUse): ChangeCause {
  return compareAmounts(now.awake_seconds ?? 0, before.awake_seconds ?? 0) > 0 ? 'moreHours' : 'fewerHours';
}

function dutyCause(amount: Amount): ChangeCause {
  return amount > 0 ? 'busier' : 'idler';
}

function partsOf(...parts: readonly ChangePart[]): readonly ChangePart[] {
  return parts.filter(({ amount }) => amount !== 0);
}
