import { type EpochMs, HOUR, MINUTE, monthStartOf, SECOND } from '../clock';
import { hash, mulberry32 } from '../random';
import {
  type ComputeUse,
  type Fleet,
  type Machine,
  type MachineState,
  type Shape,
  type StorageUse,
} from './fleet';
import {
  type HourOfWeek,
  type KindName,
  MACHINE_KINDS,
  type MachineKind,
  mixedKind,
  WINDOW_SECONDS,
  WINDOWS_PER_HOUR,
} from './machineKinds';
import { machineId } from './machineNames';

const WINDOW = WINDOW_SECONDS * SECOND;
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/**
 * A fleet whose usage in any hour of any month depends on the seed, the machine and the hour alone; `now` only
 * hides what has not happened yet.
 * @param kinds the kind of each machine in turn, repeated; without it a mix that holds every special case first.
 */
export function generateFleet(options: {
  readonly seed: number;
  readonly machines: number;
  readonly kinds?: readonly KindName[];
}): Fleet {
  const { seed, kinds } = options;
  const machines = Array.from({ length: options.machines }, (_, index) => {
    const name = kinds?.[index % kinds.length] ?? mixedKind(index);
    return new GeneratedMachine(seed, index, MACHINE_KINDS[name]);
  });
  return { machines };
}

class GeneratedMachine implements Machine {
  readonly id: string;
  readonly #seed: number;
  readonly #index: number;
  readonly #kind: MachineKind;

  constructor(seed: number, index: number, kind: MachineKind) {
    this.id = machineId(kind.role, seed, index);
    this.#seed = seed;
    this.#index = index;
    this.#kind = kind;
  }

  compute(hour: EpochMs, now: EpochMs): readonly ComputeUse[] {
    const ended = endedWindows(hour, now);
    const place = calendar(hour);
    const { firstMinute } = place;
    const stop = this.#kind.computeUntilMinute ?? this.#kind.destroyedAtMinute ?? Infinity;
    if (ended === 0 || firstMinute >= stop) return [];

    const random = mulberry32(hash(this.#seed, this.#index, hour));
    const awake = this.#kind.pattern(place, random);
    const [least, greatest] = this.#kind.load;
    const sums = new Map<Shape, Sum>();
    for (let window = 0; window < ended; window += 1) {
      // Chance is drawn for silent windows too, so that a window's figures do not depend on its neighbours.
      const share = least + (greatest - least) * random();
      const seconds = awake[window] ?? 0;
      const minute = firstMinute + (window * WINDOW_SECONDS) / 60;
      if (seconds === 0 || minute >= stop) continue;
      const shape = this.#shapeAt(minute);
      const sum = sums.get(shape) ?? { awake: 0, active: 0, windows: 0, end: 0 };
      sums.set(shape, sum);
      sum.awake += seconds;
      sum.active += Math.floor(seconds * share);
      sum.windows += 1;
      sum.end = hour + (window + 1) * WINDOW;
    }
    return [...sums].map(([shape, sum]) => computeUse(shape, sum));
  }

  storage(hour: EpochMs, now: EpochMs): StorageUse | undefined {
    const { firstMinute, weekday, hour: hourOfDay } = calendar(hour);
    const gone = this.#kind.destroyedAtMinute ?? Infinity;
    const windows = Math.min(endedWindows(hour, now), Math.max(0, Math.ceil((gone - firstMinute) / 5)));
    if (!this.#kind.stored || windows === 0) return undefined;

    const provisioned = this.#shapeAt(firstMinute).storageGib * GIB;
    const share = 0.2 + (hash(this.#seed, this.#index) % 1000) / 2000;
    // Fills up during the week and is cleaned on Mondays; always below what is provisioned.
    const week = (((weekday + 6) % 7) * 24 + hourOfDay) / (7 * 24);
    const noise = (hash(this.#seed, this.#index, hour, 1) % 1000) / 100_000;
    const bytes = Math.floor(provisioned * share * (0.9 + week / 10 + noise));
    const mib = Math.floor(bytes / MIB);
    return { logicalBytes: BigInt(bytes), mibSeconds: BigInt(mib) * BigInt(windows * WINDOW_SECONDS) };
  }

  state(now: EpochMs): MachineState | undefined {
    const minute = (now - monthStartOf(now)) / MINUTE;
    if (minute >= (this.#kind.destroyedAtMinute ?? Infinity)) return undefined;
    const shape = this.#shapeAt(minute);
    if (this.#kind.brandNew) {
      const createdAt = now - 2 * MINUTE;
      return {
        ...{ shape, createdAt, desired: 'running', phase: 'placement_pending', reason: 'waiting for a host' },
        ...{ retryable: true, changedAt: createdAt },
      };
    }
    const createdAt = Date.UTC(2024, 0, 1) + (hash(this.#seed, this.#index) % 10_000) * HOUR;
    const { running, since } = this.#activity(now);
    const common = { shape, createdAt, changedAt: since ?? createdAt, retryable: false };
    if (this.#kind.afterwards === 'failed' && minute >= (this.#kind.computeUntilMinute ?? Infinity)) {
      return {
        ...{ ...common, desired: 'running', phase: 'failed', reason: 'guest did not start' },
        lastError: 'guest agent did not answer within 120 s',
      };
    }
    return running
      ? { ...common, desired: 'running', phase: 'running', reason: 'guest is ready' }
      : { ...common, desired: 'sleeping', phase: 'sleeping', reason: 'idle' };
  }

  #shapeAt(minute: number): Shape {
    const change = this.#kind.shapes.findLast(({ fromMinute }) => minute >= fromMinute);
    if (change === undefined) throw new RangeError(`${this.id} has no shape at minute ${String(minute)}`);
    return change.shape;
  }

  /** Whether it is awake at `now`, and since which hour it is so; it looks back two days at most. */
  #activity(now: EpochMs): { readonly running: boolean; readonly since: EpochMs | undefined } {
    const newest = Math.floor(now / HOUR) * HOUR;
    const end = (hour: EpochMs): EpochMs =>
      Math.max(0, ...this.compute(hour, now).map((use) => use.lastWindowEnd));
    // In the first minutes of an hour the latest window belongs to the hour before.
    const running = now - Math.max(end(newest), end(newest - HOUR)) < WINDOW;
    for (let hour = newest - HOUR; hour > newest - 48 * HOUR; hour -= HOUR) {
      const awake = end(hour) > 0;
      if (awake !== running) return { running, since: hour + HOUR };
    }
    return { running, since: undefined };
  }
}

interface Sum {
  awake: number;
  active: number;
  windows: number;
  end: EpochMs;
}

function computeUse(shape: Shape, sum: Sum): ComputeUse {
  return {
    shape,
    awakeSeconds: BigInt(sum.awake),
    cpuMillicoreSeconds: BigInt(shape.vcpu * 1000 * sum.active),
    memoryMibSeconds: BigInt(shape.memoryMib * sum.awake),
    windowCount: sum.windows,
    lastWindowEnd: sum.end,
  };
}

function endedWindows(hour: EpochMs, now: EpochMs): number {
  return Math.min(WINDOWS_PER_HOUR, Math.max(0, Math.floor((now - hour) / WINDOW)));
}

interface Calendar extends HourOfWeek {
  /** Minutes from the start of the UTC month to the start of the hour. */
  readonly firstMinute: number;
}

let latest: { readonly at: EpochMs; readonly calendar: Calendar } | undefined;

/** Where an hour lies; the latest is kept, since a big fleet is asked for one hour after the other. */
function calendar(at: EpochMs): Calendar {
  if (latest?.at === at) return latest.calendar;
  const date = new Date(at);
  const firstMinute = (at - monthStartOf(at)) / MINUTE;
  latest = { at, calendar: { hour: date.getUTCHours(), weekday: date.getUTCDay(), firstMinute } };
  return latest.calendar;
}
