import { type EpochMs, HOUR, hourOf } from '../clock';
import { hash, mulberry32 } from '../random';

export const GROUPINGS = ['external_user_id', 'external_project_id', 'workspace_id'] as const;

export type Grouping = (typeof GROUPINGS)[number];

/** To whom an hour's usage belongs; null where the resource has no such id. */
export type Ids = Readonly<Record<Grouping, string | null>>;

/** In millionths of the vendor's unit; credits in 10^−8 credit cents. */
export interface Used {
  readonly sandboxSeconds: bigint;
  readonly computerSeconds: bigint;
  readonly storageGbHours: bigint;
  readonly creditCents: bigint;
}

/** What one user used in one project and workspace in an hour. */
export interface Entry extends Used {
  readonly ids: Ids;
}

/** All that was ever used, by hour. */
export interface Book {
  /** @param hour the start of a UTC hour */
  entries(hour: EpochMs): Iterable<Entry>;
}

/** A line of a hand-written book; amounts are decimals in the vendor's unit, 0 when left out. */
export interface HandWrittenUse extends Partial<Ids> {
  /** The start of a UTC hour, RFC 3339. */
  readonly hour: string;
  readonly sandbox_seconds?: string;
  readonly computer_seconds?: string;
  readonly storage_gb_hours?: string;
  readonly credit_cents?: string;
}

/** A book of just these lines. */
export function handWrittenBook(uses: readonly HandWrittenUse[]): Book {
  const hours = Map.groupBy(uses, ({ hour }) => hourOf(Date.parse(hour)));
  return { entries: (hour) => (hours.get(hour) ?? []).map(entryOf) };
}

function entryOf(use: HandWrittenUse): Entry {
  return {
    ids: {
      external_user_id: use.external_user_id ?? null,
      external_project_id: use.external_project_id ?? null,
      workspace_id: use.workspace_id ?? null,
    },
    sandboxSeconds: scaled(use.sandbox_seconds, 6),
    computerSeconds: scaled(use.computer_seconds, 6),
    storageGbHours: scaled(use.storage_gb_hours, 6),
    creditCents: scaled(use.credit_cents, 8),
  };
}

/** A decimal such as `0.25` as a whole number of 10^−`decimals`. */
function scaled(text = '0', decimals: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(decimals, '0'));
}

const QUARTER_SECOND = 250_000n;
const TENTH_GIB_HOUR = 100_000n;
const QUARTER_CENT = 25_000_000n;

/**
 * A book in which what somebody used in an hour depends on the seed, the user and the hour alone. The first user has two
 * projects, the second shares one with the third, the fourth usage has no user, the fifth no project and no workspace.
 */
export function generatedBook(seed: number, users: number): Book {
  const holders = Array.from({ length: users }, (_, index) => idsOf(index)).flat();
  return {
    *entries(hour) {
      for (const [index, ids] of holders.entries()) {
        const entry = generatedEntry(ids, mulberry32(hash(seed, index, hour)), hour);
        if (entry !== undefined) yield entry;
      }
    },
  };
}

function idsOf(index: number): Ids[] {
  const workspace = `workspace-${String(index % 4)}`;
  const own = {
    external_user_id: `user-${String(index)}`,
    external_project_id: `project-${String(index)}`,
    workspace_id: workspace,
  };
  switch (index) {
    case 0:
      return [own, { ...own, external_project_id: 'project-0b' }];
    case 1:
      return [{ ...own, external_project_id: 'project-2' }];
    case 3:
      return [{ ...own, external_user_id: null }];
    case 4:
      return [{ ...own, external_project_id: null, workspace_id: null }];
    default:
      return [own];
  }
}

/** Undefined in an hour without usage: everybody rests for some hours. */
function generatedEntry(ids: Ids, random: () => number, hour: EpochMs): Entry | undefined {
  const draw = (below: number): bigint => BigInt(Math.floor(random() * below));
  if (random() < 0.3) return undefined;
  const atWork = (hour / HOUR) % 24 >= 7 && (hour / HOUR) % 24 < 19;
  return {
    ids,
    sandboxSeconds: draw(atWork ? 4 * 14_400 : 4 * 900) * QUARTER_SECOND,
    computerSeconds: draw(2) * draw(4 * 7_200) * QUARTER_SECOND,
    storageGbHours: (1n + draw(50)) * TENTH_GIB_HOUR,
    creditCents: draw(200) * QUARTER_CENT,
  };
}
