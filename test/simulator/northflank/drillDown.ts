import { type Spent } from './book';
import { cursorOf, type HourQuery, positionOf } from './query';
import { addSums } from './sums';

/** The levels of the tree, from the top. */
const LEVELS = ['team', 'project', 'resourceType', 'resource'] as const;

/** How many levels a reply has. Source: `x-drill-down` of the OpenAPI file. */
export type Depth = 1 | 2 | 4;

export interface Drilled {
  readonly teams: readonly Spent[];
  readonly depth: Depth;
}

/** What an hour's reply tells of: filtered, with the prices of what is left, and as deep as the filters ask. */
export function drillDown(teams: readonly Spent[], query: HourQuery): Drilled {
  const { teamId, projectId, resourceType } = query;
  const left = filtered(teams, { team: teamId, project: projectId, resourceType });
  const hasProjects = teamId !== undefined || projectId !== undefined || left.length === 1;
  const hasResources = hasProjects && (projectId !== undefined || resourceType !== undefined);
  return { teams: left, depth: hasResources ? 4 : hasProjects ? 2 : 1 };
}

function filtered(
  nodes: readonly Spent[],
  wanted: Readonly<Partial<Record<Spent['kind'], string | undefined>>>,
): Spent[] {
  return nodes
    .filter(({ kind, id }) => (wanted[kind] ?? id) === id)
    .map((node) => {
      if (node.kind === 'resource') return node;
      const children = filtered(node.children, wanted);
      return { ...node, children, price: addSums(...children.map(({ price }) => price)) };
    })
    .filter(({ price }) => price.size > 0);
}

/**
 * One page of an hour: so many teams, projects or resources, with what they are in and the whole price of that. Which of
 * them make a page, an earlier reference page tells: the resources of a project, else the projects of a team or of a type.
 */
export function pageOf(
  { teams, depth }: Drilled,
  { teamId, projectId, resourceType, cursor }: HourQuery,
  size: number,
): Drilled & { readonly count: number; readonly next: string | undefined } {
  const byProject = teamId !== undefined || resourceType !== undefined;
  const unit = depth === 1 ? 'team' : projectId !== undefined ? 'resource' : byProject ? 'project' : 'team';
  const units = LEVELS.slice(0, LEVELS.indexOf(unit)).reduce<readonly Spent[]>(
    (level) => level.flatMap(({ children }) => children),
    teams,
  );
  const start = cursor === undefined ? 0 : positionOf(cursor);
  const chosen = new Set(units.slice(start, start + size));
  const end = start + size;
  return {
    ...{ teams: around(teams, unit, chosen), depth, count: chosen.size },
    next: end < units.length ? cursorOf(end) : undefined,
  };
}

/** The chosen nodes and all that they are in. */
function around(nodes: readonly Spent[], unit: Spent['kind'], chosen: ReadonlySet<Spent>): Spent[] {
  return nodes.flatMap((node) => {
    if (node.kind === unit) return chosen.has(node) ? [node] : [];
    const children = around(node.children, unit, chosen);
    return children.length === 0 ? [] : [{ ...node, children }];
  });
}
