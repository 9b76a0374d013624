import type { HourQuery } from '../../providers/provider';
import { add, type Amount, compareAmounts } from '../../usage/amount';
import type { HourSpend, SpendNode } from '../../usage/bucket';
import type { EpochMs } from '../../usage/time';

/** A resource in some hours of the month. */
export interface SampledResource {
  readonly id: string;
  readonly name: string;
  readonly resourceType: string;
  readonly project: string;
  /** What it cost in the sampled hours, in the unit of their prices. */
  readonly spent: Amount;
}

/** The resources that cost most in a few hours: a sample, and never a total. */
export interface TopResources {
  /** Most expensive first. */
  readonly resources: readonly SampledResource[];
  /** What the sampled hours cost in total; undefined if the vendor did not say. */
  readonly sampled: Amount | undefined;
  /** How many hours were looked at, and how many the month has so far. */
  readonly hours: { readonly looked: number; readonly all: number };
  /** How many projects were opened in them, and how many they have. */
  readonly projects: { readonly looked: number; readonly all: number };
}

/** Maximum hours in a sample, and projects per hour: a vendor may allow few requests. */
const HOURS = 4;
const PROJECTS = 5;

/**
 * Opens a few hours spread evenly over the month, and the most expensive projects in each.
 *
 * @param hours the beginnings of all hours that the vendor has, in order
 * @param read opens an hour; rejects with UsageError, which ends the sample
 */
export async function topResources(
  hours: readonly EpochMs[],
  read: (query: HourQuery) => Promise<HourSpend>,
): Promise<TopResources> {
  const chosen = spread(hours, HOURS);
  const found = new Map<string, SampledResource>();
  const projects = { looked: 0, all: 0 };
  let sampled: Amount | undefined = 0;
  for (const start of chosen) {
    const hour = await read({ start });
    const total = hour.paas?.total;
    sampled = total === undefined || sampled === undefined ? undefined : add(sampled, total);
    const all = await projectsOf(start, hour.nodes, read);
    const largest = all.toSorted((a, b) => byTotal(a.project, b.project)).slice(0, PROJECTS);
    projects.all += all.length;
    projects.looked += largest.length;
    for (const { teamId, project } of largest) {
      const opened = await read({ start, teamId, projectId: project.id });
      takeResources(found, opened, teamId, project);
    }
  }
  return {
    resources: [...found.values()].sort((a, b) => compareAmounts(b.spent, a.spent)),
    sampled,
    hours: { looked: chosen.length, all: hours.length },
    projects,
  };
}

/** The middles of `count` equal parts; all hours if there are no more. */
function spread(hours: readonly EpochMs[], count: number): EpochMs[] {
  return hours.length <= count
    ? [...hours]
    : Array.from(
        { length: count },
        (_, part) => hours[Math.floor(((part + 0.5) * hours.length) / count)] ?? 0,
      );
}

interface Project {
  readonly teamId: string;
  readonly project: SpendNode;
}

async function projectsOf(
  start: EpochMs,
  teams: readonly SpendNode[],
  read: (query: HourQuery) => Promise<HourSpend>,
): Promise<Project[]> {
  const projects: Project[][] = [];
  for (const team of teams) {
    const opened = team.children ?? childrenOf(await read({ start, teamId: team.id }), [team.id]);
    projects.push(opened.map((project) => ({ teamId: team.id, project })));
  }
  return projects.flat();
}

function takeResources(
  found: Map<string, SampledResource>,
  hour: HourSpend,
  teamId: string,
  project: SpendNode,
): void {
  for (const type of childrenOf(hour, [teamId, project.id])) {
    for (const { id, name, price } of type.children ?? []) {
      const key = JSON.stringify([teamId, project.id, type.id, id]);
      const before = found.get(key)?.spent ?? 0;
      const spent = add(before, price?.total ?? 0);
      found.set(key, { id, name, resourceType: type.id, project: project.name, spent });
    }
  }
}

function childrenOf({ nodes }: HourSpend, path: readonly string[]): readonly SpendNode[] {
  return path.reduce<readonly SpendNode[]>(
    (level, id) => level.find((node) => node.id === id)?.children ?? [],
    nodes,
  );
}

function byTotal(a: SpendNode, b: SpendNode): number {
  return compareAmounts(b.price?.total ?? 0, a.price?.total ?? 0);
}
