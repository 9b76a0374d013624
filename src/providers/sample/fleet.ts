import type { MachineShape } from '../../usage/bucket';
import { DAY, type EpochMs, HOUR } from '../../usage/time';

/**
 * The imaginary fleet of the sample account. What a machine does in an hour is a pure function of the machine and the
 * hour, so that the same hour reads the same on every start and in every window.
 */
export interface SampleMachine {
  readonly id: string;
  readonly shape: MachineShape;
  /** When the machine gets another shape. */
  readonly resized?: { readonly at: (monthStart: EpochMs) => EpochMs; readonly shape: MachineShape };
  /** Share of an hour that it is awake, 0 to 1. */
  readonly awake: (hour: HourOfWeek) => number;
  /** Share of its vCPUs that it uses while awake, 0 to 1. */
  readonly duty: (hour: HourOfWeek) => number;
  /** The vendor's word for its state; a `destroyed` one runs, and is listed, until it is destroyed in the month. */
  readonly state: 'running' | 'sleeping' | 'destroyed';
  readonly storedGib: (hour: HourOfWeek) => number;
}

export interface HourOfWeek {
  readonly start: EpochMs;
  /** 0 to 23, UTC. */
  readonly hour: number;
  readonly weekend: boolean;
  /** Days since the start of the UTC month, 0 at its start, with fractions of a day. */
  readonly dayOfMonth: number;
  /** A number in [0, 1) that belongs to this machine and hour. */
  readonly chance: number;
}

const small = shape('s-1x2', 1, 2, 10);
const medium = shape('m-2x4', 2, 4, 20);
const large = shape('l-4x8', 4, 8, 40);
const huge = shape('x-8x16', 8, 16, 80);

export const FLEET: readonly SampleMachine[] = [
  {
    id: 'dm-web-1',
    shape: large,
    awake: always,
    duty: daytime(0.18, 0.5),
    state: 'running',
    storedGib: growing(14, 0.12),
  },
  {
    id: 'dm-web-2',
    shape: large,
    awake: always,
    duty: daytime(0.16, 0.45),
    state: 'running',
    storedGib: growing(13, 0.1),
  },
  {
    id: 'dm-api',
    shape: medium,
    resized: { at: (month) => month + 9 * DAY + 12 * HOUR, shape: large },
    awake: always,
    duty: daytime(0.25, 0.6),
    state: 'running',
    storedGib: growing(9, 0.05),
  },
  {
    id: 'dm-postgres',
    shape: huge,
    awake: always,
    duty: daytime(0.12, 0.22),
    state: 'running',
    storedGib: growing(52, 0.6),
  },
  {
    id: 'dm-nightly-etl',
    shape: huge,
    awake: nightly,
    duty: () => 0.85,
    state: 'sleeping',
    storedGib: growing(30, 0.3),
  },
  {
    id: 'dm-ci-1',
    shape: large,
    awake: bursts(0.75),
    duty: () => 0.72,
    state: 'running',
    storedGib: growing(18, 0),
  },
  {
    id: 'dm-ci-2',
    shape: large,
    awake: bursts(0.45),
    duty: () => 0.7,
    state: 'sleeping',
    storedGib: growing(18, 0),
  },
  {
    id: 'dm-dev-ana',
    shape: medium,
    awake: officeHours(7, 16),
    duty: () => 0.14,
    state: 'sleeping',
    storedGib: growing(11, 0.04),
  },
  {
    id: 'dm-dev-kofi',
    shape: medium,
    awake: officeHours(13, 22),
    duty: () => 0.19,
    state: 'sleeping',
    storedGib: growing(8, 0.06),
  },
  {
    id: 'dm-staging-old',
    shape: medium,
    awake: (at) => (at.dayOfMonth < 6 ? 1 : 0),
    duty: () => 0.03,
    state: 'destroyed',
    storedGib: (at) => (at.dayOfMonth < 6 ? 7 : 0),
  },
  {
    id: 'dm-notebook',
    shape: small,
    awake: (at) => (at.chance > 0.96 ? 0.7 : 0),
    duty: () => 0.4,
    state: 'sleeping',
    storedGib: growing(3, 0.01),
  },
  {
    id: 'dm-archive',
    shape: small,
    awake: () => 0,
    duty: () => 0,
    state: 'sleeping',
    storedGib: growing(9.6, 0),
  },
];

function shape(fingerprint: string, vcpu: number, memoryGib: number, storageGib: number): MachineShape {
  return { fingerprint, vcpu, memoryMib: memoryGib * 1024, storageGib };
}

function always(): number {
  return 1;
}

function nightly({ hour }: HourOfWeek): number {
  return hour >= 1 && hour < 4 ? 1 : 0;
}

function bursts(eagerness: number): SampleMachine['awake'] {
  return ({ hour, weekend, chance }) => {
    const busy = !weekend && hour >= 7 && hour < 19;
    const wanted = busy ? eagerness : eagerness / 8;
    return chance < wanted ? 0.25 + 0.75 * (chance / wanted) : 0;
  };
}

function officeHours(from: number, to: number): SampleMachine['awake'] {
  return ({ hour, weekend, chance }) => (!weekend && hour >= from && hour < to ? 0.6 + 0.4 * chance : 0);
}

function daytime(night: number, noon: number): SampleMachine['duty'] {
  return ({ hour, weekend, chance }) => {
    const daylight = Math.max(0, Math.sin(((hour - 5) / 18) * Math.PI));
    return (night + (noon - night) * daylight * (weekend ? 0.5 : 1)) * (0.9 + 0.2 * chance);
  };
}

function growing(startGib: number, gibADay: number): SampleMachine['storedGib'] {
  return ({ dayOfMonth }) => startGib + gibADay * dayOfMonth;
}
