import type { Amount } from '../../usage/amount';
import { metersOf } from '../../usage/columns/columns';
import { decimalText } from '../../usage/decimal';
import {
  compareMeters,
  isMoney,
  isMoneyKind,
  type KnownMeterId,
  type MeterId,
  meterOf,
  METERS,
  type MoneyKind,
} from '../../usage/meter';
import type { ExportInput } from './rows';

/** What files call meters. Not translated: files are read by programs, too. */
const NAMES: Readonly<Record<KnownMeterId | MoneyKind, string>> = {
  awake_seconds: 'awake',
  cpu_millicore_seconds: 'vCPU-time',
  memory_mib_seconds: 'memory-time',
  storage_mib_seconds: 'storage',
  logical_storage_bytes: 'stored',
  provisioned_storage_gib: 'provisioned storage',
  included_storage_gib: 'included storage',
  sandbox_seconds: 'sandbox',
  computer_seconds: 'computer',
  storage_gb_hours: 'storage',
  credit_cents: 'credits',
  spend: 'spend',
  paas: 'spend',
  byoc: 'own cloud',
  estimate: 'estimate',
};

/** The meters that rows of machines have, in the order in which files name them. */
export const MACHINE_METERS = [
  'awake_seconds',
  'cpu_millicore_seconds',
  'memory_mib_seconds',
  'storage_mib_seconds',
  'logical_storage_bytes',
] as const;

/** The vendor's meters, and any others in the blocks, in the vendors' order. */
export function metersIn({ blocks, meters }: Pick<ExportInput, 'blocks' | 'meters'>): MeterId[] {
  return [...new Set([...meters, ...blocks.flatMap(({ columns }) => metersOf(columns))])].sort(compareMeters);
}

/** The vendor's kinds of money, and any others among the meters. */
export function moneyIn(money: readonly MoneyKind[], meters: readonly MeterId[]): MoneyKind[] {
  const found = meters.map(kindOf).filter(isMoneyKind);
  return (['spend', 'paas', 'byoc', 'estimate'] as const).filter((kind) =>
    [...money, ...found].includes(kind),
  );
}

/** What money of a kind is called, in whatever unit. */
export function moneyName(kind: MoneyKind): string {
  return NAMES[kind];
}

export function isOfKind(meter: MeterId, kind: MoneyKind): boolean {
  return kindOf(meter) === kind;
}

/** With its unit, where one is known: `sandbox (vCPU-s)`. A vendor's line has the vendor's own name, whatever that is. */
export function headingOf(meter: MeterId): string {
  const unit = unitOf(meter);
  return unit === undefined ? nameOf(meter) : `${nameOf(meter)} (${unit})`;
}

/** A heading for each meter that none of the `others` has: a vendor's line named like another column gets its id. */
export function headingsOf(meters: readonly MeterId[], others: readonly string[]): Map<MeterId, string> {
  const isLine = (meter: MeterId): boolean => kindOf(meter) === 'line';
  const taken = new Set([...others, ...meters.filter((meter) => !isLine(meter)).map(headingOf), '']);
  return new Map(
    meters.map((meter) => {
      const heading = headingOf(meter);
      return [meter, isLine(meter) && taken.has(heading) ? meter : heading];
    }),
  );
}

/** The unit of what {@link amountText} writes; undefined where the vendor tells none. */
export function unitOf(meter: MeterId): string | undefined {
  const { unit } = meterOf(meter);
  return unit === '' ? (isMoney(meter) ? 'major units' : undefined) : unit;
}

/** An amount as an exact decimal in the vendor's unit. */
export function amountText(amount: Amount, meter: MeterId): string {
  const { decimals } = meterOf(meter);
  return decimals === 0 ? String(amount) : decimalText(amount, decimals);
}

/** How the vendor's prices were read, or that they are estimated, in English; undefined for what is not money. */
export function moneyRuleOf(meter: MeterId): string | undefined {
  const { unit, currency } = meterOf(meter);
  if (!isMoney(meter)) {
    return undefined;
  }
  if (kindOf(meter) === 'estimate') {
    return `Estimated in ${unit} by a person's own rates; not the vendor's bill.`;
  }
  if (currency !== undefined) {
    return `Prices are in major units of ${currency}, the currency that the reply names.`;
  }
  return unit === 'cents'
    ? 'Prices are in cents; no currency is named.'
    : 'Prices are in major units of a currency; the reply does not name it.';
}

function nameOf(meter: MeterId): string {
  const kind = kindOf(meter);
  if (Object.hasOwn(METERS, meter)) {
    return NAMES[meter as KnownMeterId];
  }
  return isMoneyKind(kind) ? NAMES[kind] : meter.slice(kind.length + 1);
}

/** The part before the dot of a meter that is not documented one by one. */
function kindOf(meter: MeterId): string {
  return meter.slice(0, Math.max(0, meter.indexOf('.')));
}
