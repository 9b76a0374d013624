import { DAY, type EpochMs, HOUR, MINUTE, monthStartOf, SECOND } from '../clock';
import {
  type ComputeUse,
  type Fleet,
  type Machine,
  type MachineState,
  type Shape,
  type StorageUse,
} from './fleet';
import { shape } from './machineKinds';

const WINDOW = 5 * MINUTE;
const MIB = 1024n ** 2n;

/** The machines of the story, by what happens to them. */
export const STORY = {
  office: 'dm-office',
  stopped: 'dm-old-api',
  started: 'dm-new-api',
  resized: 'dm-database',
  idle: 'dm-forgotten',
  destroyed: 'dm-preview',
} as const;

/** What all machines of the story use together in a whole UTC day, of either month, in the vendor's units. */
export const STORY_DAY = {
  /** Monday to Friday. */
  working: { awake_seconds: 295_200n, cpu_millicore_seconds: 186_048_000n },
  weekend: { awake_seconds: 259_200n, cpu_millicore_seconds: 114_048_000n },
} as const;

/**
 * Two months in the life of six machines: the calendar month of `now`, "this month", and the one before; nothing was
 * used earlier. All times are UTC.
 *
 * - `office` (4 vCPU) is awake from Monday to Friday, 08:00 to 18:00, and uses half of its vCPUs.
 * - `stopped` (1 vCPU) is awake day and night at 30 %, until the 5th of this month at 12:00. From then on it sleeps, and
 *   keeps its storage.
 * - `started` takes its place: created at that very moment, of the same shape, as busy.
 * - `resized` is awake day and night. On the 8th of this month at 13:30 it gets 4 vCPU and 8 GiB for its 2 vCPU and
 *   4 GiB, does the same work, and is busy for 25 % of them in place of 50 %.
 * - `idle` (2 vCPU, 8 GiB) is awake day and night and uses 1 %.
 * - `destroyed` left the list on the 20th of the month before. It was never awake, and still has storage.
 *
 * So awake time and vCPU time of all machines together are the same on every working day and on every day of a weekend
 * (`STORY_DAY`): a forecast that knows both months meets them within 0.01 %. Memory rises with the resize, and storage with the new
 * machine. Each machine stores the same at all times. For the whole of it `now` should be the 9th or later; the story goes
 * on after `now`, when the clock is moved.
 */
export function storyFleet(now: EpochMs): Fleet {
  const month = monthStartOf(now);
  const start = monthStartOf(month - DAY);
  const [handover, resize] = [month + 4 * DAY + 12 * HOUR, month + 7 * DAY + 13 * HOUR + 30 * MINUTE];
  const [api, small, large] = [shape(1, 2048, 10), shape(2, 4096, 40), shape(4, 8192, 40)];
  const plot: readonly Plot[] = [
    {
      ...{ id: STORY.office, from: start, storedMib: 6000 },
      scenes: [{ from: start, shape: shape(4, 8192, 20), dutyPercent: 50, officeHours: true }],
    },
    {
      ...{ id: STORY.stopped, from: start, storedMib: 3000 },
      scenes: [{ from: start, until: handover, shape: api, dutyPercent: 30 }],
    },
    {
      ...{ id: STORY.started, from: handover, storedMib: 2000 },
      scenes: [{ from: handover, shape: api, dutyPercent: 30 }],
    },
    {
      ...{ id: STORY.resized, from: start, storedMib: 20_000 },
      scenes: [
        { from: start, until: resize, shape: small, dutyPercent: 50 },
        { from: resize, shape: large, dutyPercent: 25 },
      ],
    },
    {
      ...{ id: STORY.idle, from: start, storedMib: 1000 },
      scenes: [{ from: start, shape: shape(2, 8192, 10), dutyPercent: 1 }],
    },
    {
      ...{ id: STORY.destroyed, from: start, storedMib: 5000, gone: start + 19 * DAY },
      scenes: [{ from: start, until: start, shape: shape(1, 1024, 8), dutyPercent: 0 }],
    },
  ];
  return { machines: plot.map((machine) => new StoryMachine(machine)) };
}

/** What a machine does; instants lie on the edges of windows. */
interface Plot {
  readonly id: string;
  /** When it was created. */
  readonly from: EpochMs;
  /** When it left the list. */
  readonly gone?: EpochMs;
  readonly storedMib: number;
  /** In order of time, one at least. */
  readonly scenes: readonly Scene[];
}

/** A time in which a machine keeps its shape and its habits. */
interface Scene {
  readonly from: EpochMs;
  /** For ever when left out. */
  readonly until?: EpochMs;
  readonly shape: Shape;
  /** A whole number: vCPU time used, in hundredths of what was ordered for the time awake. */
  readonly dutyPercent: number;
  /** Awake from Monday to Friday, 08:00 to 18:00; day and night when left out. */
  readonly officeHours?: true;
}

class StoryMachine implements Machine {
  readonly id: string;
  readonly #plot: Plot;

  constructor(plot: Plot) {
    this.id = plot.id;
    this.#plot = plot;
  }

  compute(hour: EpochMs, now: EpochMs): readonly ComputeUse[] {
    return this.#plot.scenes.flatMap((scene): ComputeUse[] => {
      const from = Math.max(hour, scene.from);
      const until = Math.min(lastWindow(hour, now), scene.until ?? Infinity);
      if (until <= from || !isAwake(scene, hour)) return [];
      const seconds = (until - from) / SECOND;
      const millicores = scene.shape.vcpu * 1000;
      return [
        {
          shape: scene.shape,
          awakeSeconds: BigInt(seconds),
          cpuMillicoreSeconds: (BigInt(millicores * seconds) * BigInt(scene.dutyPercent)) / 100n,
          memoryMibSeconds: BigInt(scene.shape.memoryMib * seconds),
          windowCount: (until - from) / WINDOW,
          lastWindowEnd: until,
        },
      ];
    });
  }

  storage(hour: EpochMs, now: EpochMs): StorageUse | undefined {
    const { from, storedMib } = this.#plot;
    const seconds = (lastWindow(hour, now) - Math.max(hour, from)) / SECOND;
    if (seconds <= 0) return undefined;
    return { logicalBytes: BigInt(storedMib) * MIB, mibSeconds: BigInt(storedMib * seconds) };
  }

  state(now: EpochMs): MachineState | undefined {
    const { from, gone = Infinity, scenes } = this.#plot;
    const scene = scenes.findLast((one) => now >= one.from);
    if (scene === undefined || now < from || now >= gone) return undefined;
    const awake = now < (scene.until ?? Infinity) && isAwake(scene, now);
    return {
      ...{ shape: scene.shape, createdAt: from, changedAt: Math.min(now, scene.until ?? scene.from) },
      ...(awake
        ? { desired: 'running', phase: 'running', reason: 'guest is ready' }
        : { desired: 'sleeping', phase: 'sleeping', reason: 'idle' }),
      retryable: false,
    };
  }
}

/** The end of the last window of the hour that is over at `now`, or the start of the hour. */
function lastWindow(hour: EpochMs, now: EpochMs): EpochMs {
  return Math.min(hour + HOUR, Math.max(hour, Math.floor(now / WINDOW) * WINDOW));
}

function isAwake({ officeHours }: Scene, at: EpochMs): boolean {
  const date = new Date(at);
  const [weekday, hour] = [date.getUTCDay(), date.getUTCHours()];
  return officeHours === undefined || (weekday > 0 && weekday < 6 && hour >= 8 && hour < 18);
}
