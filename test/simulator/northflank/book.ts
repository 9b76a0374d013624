import { type EpochMs, HOUR } from '../clock';
import { hash, mulberry32 } from '../random';
import { addSums, type Sums } from './sums';

/** The types that the vendor documents. */
export const RESOURCE_TYPES = [
  'service',
  'job',
  'addon',
  'volume',
  'opentofu-job',
  'llm-model-deployment',
  'external-addon',
] as const;

/** One that it does not document: a client has to take it as it comes. */
export const UNKNOWN_TYPE = 'edge-cache';

/** The first hour of all books. */
export const BEGINNING = Date.UTC(2025, 0, 1);

/** What was spent on a team, a project, a type of resource or a resource in an hour. */
export interface Spent {
  readonly kind: 'team' | 'project' | 'resourceType' | 'resource';
  readonly id: string;
  readonly name: string;
  readonly price: Sums;
  /** Nothing below a resource. */
  readonly children: readonly Spent[];
}

/** All that was ever spent, by hour; `now` is the time of asking. */
export interface Book {
  readonly teamIds: readonly string[];
  /** Those that something was spent on. The hour that has not ended holds what was spent up to now. */
  teams(hour: EpochMs, now: EpochMs): readonly Spent[];
  /** On the customer's own cloud; undefined where there is none. */
  byoc(hour: EpochMs, now: EpochMs): Sums | undefined;
}

/** A thing that costs money while it runs. */
interface Resource {
  readonly seed: number;
  readonly type: string;
  readonly id: string;
  readonly name: string;
}

interface Group {
  readonly kind: 'team' | 'project' | 'resourceType';
  readonly id: string;
  readonly name: string;
  readonly children: readonly (Group | Resource)[];
}

/** Which categories a type of resource costs. A type that is not here costs nothing that has a field. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  service: ['cpu', 'memory'],
  job: ['cpu', 'memory'],
  addon: ['cpu', 'memory', 'storage'],
  volume: ['storage'],
  'opentofu-job': ['cpu'],
  'llm-model-deployment': ['cpu', 'memory', 'gpu'],
  'external-addon': ['memory', 'storage'],
};

const OWN_CLOUD = ['vcpu', 'memory', 'gpuMemory', 'cluster'];

const TYPES = [...RESOURCE_TYPES, UNKNOWN_TYPE];
const TYPES_A_PROJECT = 4;
const WORDS = ['Atlas', 'Borealis', 'Cirrus', 'Delta', 'Ember', 'Fjord', 'Gale', 'Harbour'];

/** What a category of a resource costs in an hour at most: 40 cents. */
const DEAREST = 40 * 10 ** 8;

/** A book in which a price depends on the seed, the resource and the hour alone. Each team has resources of every type. */
export function generatedBook(seed: number, teams: number, byoc: boolean): Book {
  const groups = Array.from({ length: teams }, (_, index) => teamOf(seed, index));
  return {
    teamIds: groups.map(({ id }) => id),
    teams: (hour, now) => groups.map((team) => spentOn(team, hour, now)).filter(isUsed),
    byoc: (hour, now) =>
      byoc ? prices(OWN_CLOUD, mulberry32(hash(seed, 0, hour)), elapsed(hour, now)) : undefined,
  };
}

/** Teams have two projects and three in turn. */
function teamOf(seed: number, index: number): Group {
  const name = nameOf(index);
  const projects = Array.from({ length: 2 + (index % 2) }, (_, at) => projectOf(seed, index, at));
  return { kind: 'team', id: idOf(name), name, children: projects };
}

function projectOf(seed: number, team: number, index: number): Group {
  const name = `${nameOf(team)} ${['site', 'data', 'lab'][index] ?? ''}`;
  const types = Array.from({ length: TYPES_A_PROJECT }, (_, at) => {
    const place = index * TYPES_A_PROJECT + at;
    return typeOf(hash(seed, team, place), TYPES[place % TYPES.length] ?? UNKNOWN_TYPE);
  });
  return { kind: 'project', id: idOf(name), name, children: types };
}

function typeOf(seed: number, type: string): Group {
  const children = Array.from({ length: 1 + (seed % 3) }, (_, at) => {
    const name = `${nameOf(seed % WORDS.length)} ${type} ${String(at + 1)}`;
    return { seed: hash(seed, at), type, id: idOf(name), name };
  });
  return { kind: 'resourceType', id: type, name: type, children };
}

function nameOf(index: number): string {
  const round = Math.floor(index / WORDS.length);
  return `${WORDS[index % WORDS.length] ?? ''}${round === 0 ? '' : ` ${String(round + 1)}`}`;
}

/** Ids are slugs of names. */
function idOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

function spentOn(what: Group | Resource, hour: EpochMs, now: EpochMs): Spent {
  if ('seed' in what) {
    const { id, name } = what;
    return { kind: 'resource', id, name, price: resourcePrice(what, hour, now), children: [] };
  }
  const { kind, id, name } = what;
  const children = what.children.map((child) => spentOn(child, hour, now)).filter(isUsed);
  return { kind, id, name, price: addSums(...children.map(({ price }) => price)), children };
}

function isUsed({ price }: Spent): boolean {
  return price.size > 0;
}

/** Nothing in an hour in which it rests, which jobs do every other hour. */
function resourcePrice({ seed, type }: Resource, hour: EpochMs, now: EpochMs): Sums {
  const random = mulberry32(hash(seed, hour));
  return random() < (type === 'job' ? 0.5 : 0.02)
    ? new Map()
    : prices(CATEGORIES[type] ?? ['other'], random, elapsed(hour, now));
}

function prices(categories: readonly string[], random: () => number, part: bigint): Sums {
  return new Map(
    categories.map((category) => [
      category,
      (BigInt(1 + Math.floor(random() * DEAREST)) * part) / BigInt(HOUR),
    ]),
  );
}

/** So many milliseconds of the hour are over. */
function elapsed(hour: EpochMs, now: EpochMs): bigint {
  return BigInt(Math.min(Math.max(now - hour, 0), HOUR));
}
