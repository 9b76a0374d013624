export type ProviderId = 'dedalus' | 'sample';

/** An account at a vendor, as kept on this computer. The key is not part of it: keys live in SecretStorage alone. */
export interface Account {
  /** Ours, stable, never shown; names the key in SecretStorage. */
  readonly id: string;
  readonly provider: ProviderId;
  /** The person's own name for it, unique among the accounts. */
  readonly label: string;
  /** Dedalus: sent as `X-Dedalus-Org-Id`. */
  readonly organisationId?: string;
  /** The person's own names for machines, by machine id: the vendor has none. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** The person's own name for a machine. Own properties alone: a machine may be called `constructor`. */
export function aliasOf({ aliases = {} }: Pick<Account, 'aliases'>, machineId: string): string | undefined {
  return Object.hasOwn(aliases, machineId) ? aliases[machineId] : undefined;
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
