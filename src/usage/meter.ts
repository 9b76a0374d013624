/**
 * The meters that vendors report, named and counted as they do. Values are kept in the vendor's own unit and
 * converted only for display (`format.ts`).
 */
export type MeterId = KnownMeterId | MoneyMeterId | LineMeterId;

/** Meters that a vendor documents one by one. */
export type KnownMeterId =
  | 'awake_seconds'
  | 'cpu_millicore_seconds'
  | 'memory_mib_seconds'
  | 'storage_mib_seconds'
  | 'logical_storage_bytes'
  | 'provisioned_storage_gib'
  | 'included_storage_gib'
  | 'sandbox_seconds'
  | 'computer_seconds'
  | 'storage_gb_hours'
  | 'credit_cents';

/**
 * What money is for: all of a group, the vendor's own platform, or the customer's own cloud. `estimate` is not from a vendor:
 * it is computed from a person's own rates (`insights/estimate/`).
 */
export type MoneyKind = 'spend' | 'paas' | 'byoc' | 'estimate';

/**
 * How to read prices: `auto` decides by the keys of the reply (docs/providers.md, "Northflank"), never by the size of a
 * number; the others are set by a person.
 */
export type MoneyRule = 'auto' | 'cents' | 'major';

/**
 * Money and its unit: `paas.cents` if the vendor names no currency, `paas.major` if a person says that it is in whole currency
 * units, else the ISO 4217 code, as in `paas.USD`. Each unit is a separate meter, so that units are never mixed in a sum.
 */
export type MoneyMeterId = `${MoneyKind}.${string}`;

/** A quantity that a vendor lists under an undocumented name, such as `line.static_bandwidth_gb`. */
export type LineMeterId = `line.${string}`;

export interface Meter {
  readonly id: MeterId;
  /** An amount adds up over time; a level holds at an instant and must never be summed over time. */
  readonly kind: 'amount' | 'level';
  /** The unit that vendors count in, as shown beside an exact figure. Empty if the vendor gives none. */
  readonly unit: string;
  /** Stored values are whole numbers of 10^−`decimals` of the unit. */
  readonly decimals: number;
  /** The display unit, and how many stored units make one. */
  readonly display: { readonly unit: string; readonly per: number };
  /** ISO 4217; present for money in a known currency. */
  readonly currency?: string;
}

const GIB_IN_MIB = 1024;
const HOUR_IN_SECONDS = 3600;

/** Quantities that vendors give as fractions are kept to a millionth. */
const FRACTION = 6;
const MILLION = 10 ** FRACTION;

/** Money is kept to 10^−8 cents, which is finer than any price. */
const CENT_FRACTION = 8;
const CENT = 10 ** CENT_FRACTION;

/**
 * Source of names, units and meaning: Dedalus, "Get usage summary" and the two machine breakdowns; MIOSA, "Usage rollup"
 * (`sandbox_seconds` to `credit_cents`), where seconds are vCPU-seconds and "gb" is GiB.
 */
export const METERS: Readonly<Record<KnownMeterId, Meter>> = {
  awake_seconds: amount('awake_seconds', 's', 'h', HOUR_IN_SECONDS),
  cpu_millicore_seconds: amount('cpu_millicore_seconds', 'millicore-s', 'vCPU-h', 1000 * HOUR_IN_SECONDS),
  memory_mib_seconds: amount('memory_mib_seconds', 'MiB-s', 'GiB-h', GIB_IN_MIB * HOUR_IN_SECONDS),
  storage_mib_seconds: amount('storage_mib_seconds', 'MiB-s', 'GiB-h', GIB_IN_MIB * HOUR_IN_SECONDS),
  logical_storage_bytes: level('logical_storage_bytes', 'bytes', 'GiB', 1024 ** 3),
  provisioned_storage_gib: level('provisioned_storage_gib', 'GiB', 'GiB', 1),
  included_storage_gib: level('included_storage_gib', 'GiB', 'GiB', 1),
  sandbox_seconds: fraction('sandbox_seconds', 'vCPU-s', 'vCPU-h', HOUR_IN_SECONDS),
  computer_seconds: fraction('computer_seconds', 'vCPU-s', 'vCPU-h', HOUR_IN_SECONDS),
  storage_gb_hours: fraction('storage_gb_hours', 'GiB-h', 'GiB-h', 1),
  credit_cents: {
    ...amount('credit_cents', 'credit cents', 'credit cents', CENT),
    decimals: CENT_FRACTION,
  },
};

const dynamic = new Map<MeterId, Meter>();

/** The definition of a meter. */
export function meterOf(id: MeterId): Meter {
  if (Object.hasOwn(METERS, id)) {
    return METERS[id as KnownMeterId];
  }
  const known = dynamic.get(id) ?? describe(id);
  dynamic.set(id, known);
  return known;
}

/** Sorts meters as vendors list them; then money, ending with the customer's own cloud and estimates; then lines, by name. */
export function compareMeters(a: MeterId, b: MeterId): number {
  return placeOf(a) - placeOf(b) || (a < b ? -1 : a > b ? 1 : 0);
}

export function isMoneyKind(text: string): text is MoneyKind {
  return text === 'spend' || text === 'paas' || text === 'byoc' || text === 'estimate';
}

/** Whether a meter counts money, in any unit. */
export function isMoney(id: MeterId): id is MoneyMeterId {
  return isMoneyKind(id.slice(0, id.indexOf('.')));
}

/** Whether a text is a valid meter id: a documented meter, money in a valid unit, or a vendor's line. */
export function isMeterId(text: string): text is MeterId {
  const dot = text.indexOf('.');
  const [kind, unit] = [text.slice(0, Math.max(0, dot)), text.slice(dot + 1)];
  return Object.hasOwn(METERS, text) || kind === 'line' || (isMoneyKind(kind) && isMoneyUnit(kind, unit));
}

/** Estimates always have a currency, because rates do. */
function isMoneyUnit(kind: MoneyKind, unit: string): boolean {
  return isCurrency(unit) || (kind !== 'estimate' && (unit === 'cents' || unit === 'major'));
}

/** Whether a text has the form of an ISO 4217 code, as `Intl` requires. */
export function isCurrency(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}

/** The money meter of a kind; `unit` is `cents`, `major` or an ISO 4217 code. */
export function moneyMeter(kind: MoneyKind, unit: string): MoneyMeterId {
  return `${kind}.${unit}`;
}

const PLACES: readonly string[] = [...Object.keys(METERS), 'spend', 'paas', 'byoc', 'estimate', 'line'];

function placeOf(id: MeterId): number {
  return PLACES.indexOf(id.split('.', 1)[0] ?? id);
}

function describe(id: MeterId): Meter {
  const unit = id.slice(id.indexOf('.') + 1);
  if (id.startsWith('line.')) {
    return { ...amount(id, '', '', MILLION), decimals: FRACTION };
  }
  switch (unit) {
    case 'cents':
      return { ...amount(id, 'cents', 'cents', CENT), decimals: CENT_FRACTION };
    case 'major':
      return { ...amount(id, '', '', CENT * 100), decimals: CENT_FRACTION + 2 };
    default:
      return { ...amount(id, unit, unit, CENT * 100), decimals: CENT_FRACTION + 2, currency: unit };
  }
}

function amount(id: MeterId, unit: string, displayUnit: string, per: number): Meter {
  return { id, kind: 'amount', unit, decimals: 0, display: { unit: displayUnit, per } };
}

function level(id: MeterId, unit: string, displayUnit: string, per: number): Meter {
  return { ...amount(id, unit, displayUnit, per), kind: 'level' };
}

function fraction(id: MeterId, unit: string, displayUnit: string, per: number): Meter {
  return { ...amount(id, unit, displayUnit, per * MILLION), decimals: FRACTION };
}
