/**
 * The meters that vendors report, named and counted as they do. Values are kept in the vendor's own unit and
 * converted only for display (`format.ts`).
 */
export type MeterId =
  | 'awake_seconds'
  | 'cpu_millicore_seconds'
  | 'memory_mib_seconds'
  | 'storage_mib_seconds'
  | 'logical_storage_bytes'
  | 'provisioned_storage_gib'
  | 'included_storage_gib';

export interface Meter {
  readonly id: MeterId;
  /** An amount adds up over time; a level holds at an instant and must never be summed over time. */
  readonly kind: 'amount' | 'level';
  /** The unit of the stored value, as shown beside an exact figure. */
  readonly unit: string;
  /** The unit for people, and how many stored units make one of it. */
  readonly display: { readonly unit: string; readonly per: number };
}

const GIB_IN_MIB = 1024;
const HOUR_IN_SECONDS = 3600;

/** Source of names, units and meaning: Dedalus, "Get usage summary" and the two machine breakdowns. */
export const METERS: Readonly<Record<MeterId, Meter>> = {
  awake_seconds: {
    id: 'awake_seconds',
    kind: 'amount',
    unit: 's',
    display: { unit: 'h', per: HOUR_IN_SECONDS },
  },
  cpu_millicore_seconds: {
    id: 'cpu_millicore_seconds',
    kind: 'amount',
    unit: 'millicore-s',
    display: { unit: 'vCPU-h', per: 1000 * HOUR_IN_SECONDS },
  },
  memory_mib_seconds: {
    id: 'memory_mib_seconds',
    kind: 'amount',
    unit: 'MiB-s',
    display: { unit: 'GiB-h', per: GIB_IN_MIB * HOUR_IN_SECONDS },
  },
  storage_mib_seconds: {
    id: 'storage_mib_seconds',
    kind: 'amount',
    unit: 'MiB-s',
    display: { unit: 'GiB-h', per: GIB_IN_MIB * HOUR_IN_SECONDS },
  },
  logical_storage_bytes: {
    id: 'logical_storage_bytes',
    kind: 'level',
    unit: 'bytes',
    display: { unit: 'GiB', per: 1024 ** 3 },
  },
  provisioned_storage_gib: {
    id: 'provisioned_storage_gib',
    kind: 'level',
    unit: 'GiB',
    display: { unit: 'GiB', per: 1 },
  },
  included_storage_gib: {
    id: 'included_storage_gib',
    kind: 'level',
    unit: 'GiB',
    display: { unit: 'GiB', per: 1 },
  },
};
