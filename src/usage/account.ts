/** What a vendor can group usage by, in its own words. Source: MIOSA, "Usage rollup". */
export type Grouping = 'external_user_id' | 'external_project_id' | 'workspace_id';

export type ProviderId = 'dedalus' | 'miosa' | 'northflank' | 'sample';

/** The theme's colours for charts, by their names. */
export const ACCOUNT_COLOURS = ['red', 'orange', 'yellow', 'green', 'blue', 'purple'] as const;

export type AccountColour = (typeof ACCOUNT_COLOURS)[number];

export const GROUPINGS: readonly Grouping[] = ['external_user_id', 'external_project_id', 'workspace_id'];

/** An account at a vendor, as stored on this computer. The key is not part of it: keys live only in SecretStorage. */
export interface Account {
  /** Ours, stable, never shown; names the key in SecretStorage. */
  readonly id: string;
  readonly provider: ProviderId;
  /** The person's own name for it, unique among the accounts. */
  readonly label: string;
  /**
   * Limits what the key sees: at Dedalus to an organisation, sent as `X-Dedalus-Org-Id`; at MIOSA to a tenant, sent as
   * `X-MIOSA-Tenant`; at Northflank to a team, named in the path.
   */
  readonly organisationId?: string;
  /** The grouping, if the vendor offers several; absent for the vendor's first. */
  readonly grouping?: Grouping;
  /** The colour of its icon, one of the theme's. */
  readonly colour?: AccountColour;
  /** The person's own names for machines and groups, by id, since vendors have none. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Names of suggestions that the person dismissed for good. */
  readonly dismissed?: readonly string[];
}

/**
 * The person's own name for a machine. Also finds names stored under `dm-<id>`, as Dedalus called some machines. Looks only at
 * own properties, because a machine may be called `constructor`.
 */
export function aliasOf({ aliases = {} }: Pick<Account, 'aliases'>, subjectId: string): string | undefined {
  const key = [subjectId, `dm-${subjectId}`].find((id) => Object.hasOwn(aliases, id));
  return key === undefined ? undefined : aliases[key];
}

/** Whether a key or an organisation id can be sent in a header: printable ASCII, without spaces. */
export function isHeaderText(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** A key, and the only origin (`https://host`) to which it may be sent. */
export interface BoundKey {
  readonly key: string;
  readonly origin: string;
}
