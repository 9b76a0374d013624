import { type Shape } from './fleet';

/** Raw usage is measured in windows of five minutes; a row is made of the windows that have ended. */
export const WINDOWS_PER_HOUR = 12;
export const WINDOW_SECONDS = 300;

/** What a machine does in an hour depends on this and on chance, never on the year. */
export interface HourOfWeek {
  /** 0 to 23, UTC. */
  readonly hour: number;
  /** 0 for Sunday. */
  readonly weekday: number;
}

/** Awake seconds in each window of an hour. */
type Pattern = (at: HourOfWeek, random: () => number) => readonly number[];

/**
 * A kind of machine. Its story repeats every month, so that any month that a test picks holds every case.
 * Minutes are counted from the start of the UTC month and lie on a window's edge.
 */
export interface MachineKind {
  readonly role: string;
  /** In order of `fromMinute`, the first from 0. */
  readonly shapes: readonly { readonly fromMinute: number; readonly shape: Shape }[];
  readonly pattern: Pattern;
  /** The least and the greatest share of its awake time in which its processors work. */
  readonly load: readonly [number, number];
  readonly stored: boolean;
  readonly computeUntilMinute?: number;
  readonly destroyedAtMinute?: number;
  /** How it ended when its compute is over. */
  readonly afterwards?: 'sleeping' | 'failed';
  readonly brandNew?: true;
}

const always = (): readonly number[] => new Array<number>(WINDOWS_PER_HOUR).fill(WINDOW_SECONDS);
const never = (): readonly number[] => new Array<number>(WINDOWS_PER_HOUR).fill(0);

/** Monday to Friday, from about 7 to about 18 UTC, with ragged edges and a nap now and then. */
const officeHours: Pattern = ({ hour, weekday }, random) => {
  if (weekday === 0 || weekday === 6 || hour < 7 || hour > 18) return never();
  const first = hour === 7 ? Math.floor(random() * 10) : 0;
  const last = hour === 18 ? Math.floor(random() * 10) : WINDOWS_PER_HOUR;
  const windows: number[] = [];
  for (let index = 0; index < WINDOWS_PER_HOUR; index += 1) {
    const napping = random() < 0.06;
    windows.push(index < first || index > last || napping ? 0 : WINDOW_SECONDS);
  }
  return windows;
};

/** Builds: more often in the working day, some windows long, awake for a part of the first and last window. */
const bursts: Pattern = ({ hour, weekday }, random) => {
  const busy = weekday !== 0 && weekday !== 6 && hour >= 8 && hour < 20;
  if (random() > (busy ? 0.7 : 0.15)) return never();
  const first = Math.floor(random() * WINDOWS_PER_HOUR);
  const length = 1 + Math.floor(random() * 6);
  return always().map((seconds, index) => {
    if (index < first || index >= first + length) return 0;
    return index === first || index === first + length - 1 ? 20 + Math.floor(random() * 260) : seconds;
  });
};

/** Somebody tries something for a few minutes, now and then. */
const naps: Pattern = (_at, random) => {
  if (random() > 0.06) return never();
  const awake = Math.floor(random() * WINDOWS_PER_HOUR);
  return never().map((_, index) => (index === awake ? 30 + Math.floor(random() * 270) : 0));
};

/** What was ordered, with a fingerprint that follows from it. */
export function shape(vcpu: number, memoryMib: number, storageGib: number): Shape {
  const fingerprint = `spec-${String(vcpu * 1000)}m-${String(memoryMib)}mi-${String(storageGib)}gi`;
  return { fingerprint, vcpu, memoryMib, storageGib };
}

const only = (one: Shape): MachineKind['shapes'] => [{ fromMinute: 0, shape: one }];
const minuteOfMonth = (day: number, hour: number, minute: number): number =>
  ((day - 1) * 24 + hour) * 60 + minute;

export const MACHINE_KINDS = {
  server: {
    role: 'api-server',
    shapes: only(shape(2, 4096, 20)),
    pattern: always,
    load: [0.1, 0.6],
    stored: true,
  },
  worker: {
    role: 'worker',
    shapes: only(shape(1, 2048, 10)),
    pattern: officeHours,
    load: [0.2, 0.8],
    stored: true,
  },
  ci: {
    role: 'ci-runner',
    shapes: only(shape(8, 16384, 40)),
    pattern: bursts,
    load: [0.7, 0.98],
    stored: true,
  },
  sandbox: {
    role: 'sandbox',
    shapes: only(shape(0.5, 512, 5)),
    pattern: naps,
    load: [0.05, 0.5],
    stored: true,
  },
  stopped: {
    role: 'staging',
    shapes: only(shape(2, 2048, 10)),
    pattern: always,
    load: [0.05, 0.2],
    stored: true,
    computeUntilMinute: minuteOfMonth(14, 11, 25),
    afterwards: 'sleeping',
  },
  destroyed: {
    role: 'preview',
    shapes: only(shape(1, 1024, 8)),
    pattern: always,
    load: [0.05, 0.3],
    stored: true,
    destroyedAtMinute: minuteOfMonth(3, 14, 20),
  },
  archive: {
    role: 'archive',
    shapes: only(shape(0.5, 512, 200)),
    pattern: never,
    load: [0, 0],
    stored: true,
  },
  resized: {
    role: 'database',
    shapes: [
      { fromMinute: 0, shape: shape(2, 8192, 60) },
      { fromMinute: minuteOfMonth(2, 13, 25), shape: shape(4, 16384, 60) },
    ],
    pattern: always,
    load: [0.2, 0.7],
    stored: true,
  },
  brandNew: {
    role: 'newcomer',
    shapes: only(shape(1, 2048, 10)),
    pattern: never,
    load: [0, 0],
    stored: false,
    brandNew: true,
  },
  failed: {
    role: 'batch',
    shapes: only(shape(4, 8192, 30)),
    pattern: bursts,
    load: [0.6, 0.95],
    stored: true,
    computeUntilMinute: minuteOfMonth(5, 3, 40),
    afterwards: 'failed',
  },
} as const satisfies Record<string, MachineKind>;

export type KindName = keyof typeof MACHINE_KINDS;

/** Every case first, then the kinds that a bigger organisation has many of. */
const CASES = Object.keys(MACHINE_KINDS) as KindName[];
const CROWD: readonly KindName[] = ['worker', 'sandbox', 'ci', 'server', 'sandbox', 'worker', 'ci'];

/** The kind of the n-th machine of a mixed fleet. */
export function mixedKind(index: number): KindName {
  const kind = CASES[index] ?? CROWD[(index - CASES.length) % CROWD.length];
  if (kind === undefined) throw new RangeError(`no machine ${String(index)}`);
  return kind;
}
