import { l10n } from '../../platform/l10n';
import type { UsageStore } from '../../store/usageStore';
import type { Amount } from '../../usage/amount';
import type { MachineShape, Quantities } from '../../usage/bucket';
import type { UsageTotals } from '../../usage/columns/totals';
import type { Formats } from '../../usage/format';
import { marked } from '../../usage/knownSum';
import { compareMeters, type LineMeterId, type MeterId, meterOf, type MoneyMeterId } from '../../usage/meter';
import { displayText } from '../../usage/text';
import { DAY, type EpochMs, HOUR, type Period, utcDay } from '../../usage/time';

/** Words and figures that several views share, so that the same thing reads the same everywhere. */

export function meterName(meter: MeterId): string {
  switch (meter) {
    case 'awake_seconds':
      return l10n.t('Awake time');
    case 'cpu_millicore_seconds':
      return l10n.t('vCPU-time');
    case 'memory_mib_seconds':
      return l10n.t('Memory');
    case 'storage_mib_seconds':
      return l10n.t('Storage');
    case 'logical_storage_bytes':
      return l10n.t('Stored');
    case 'provisioned_storage_gib':
      return l10n.t('Provisioned storage');
    case 'included_storage_gib':
      return l10n.t('Included storage');
    case 'sandbox_seconds':
      return l10n.t('Sandbox vCPU-time');
    case 'computer_seconds':
      return l10n.t('Computer vCPU-time');
    case 'storage_gb_hours':
      return l10n.t('Storage');
    case 'credit_cents':
      return l10n.t('Credits');
    default:
      return nameOfOther(meter);
  }
}

/** The same where there is little room; the unit right of it says `vCPU-h`. */
export function meterLabel(meter: MeterId): string {
  if (meter === 'sandbox_seconds') {
    return l10n.t('Sandboxes');
  }
  return meter === 'computer_seconds' ? l10n.t('Computers') : meterName(meter);
}

/** Names money in any unit by what it is for, and undocumented items by the vendor's own word. */
function nameOfOther(meter: MoneyMeterId | LineMeterId): string {
  const dot = meter.indexOf('.');
  const [kind, name] = [meter.slice(0, dot), meter.slice(dot + 1)];
  switch (kind) {
    case 'paas':
    case 'spend':
      return l10n.t('Spend');
    case 'byoc':
      return l10n.t('Own cloud (BYOC)');
    case 'estimate':
      return l10n.t('Estimate');
    default:
      return displayText(name);
  }
}

/** Recent requests to a vendor, and whether it asks us to wait. */
export function requestWords(accountId: string, store: UsageStore, formats: Formats): string {
  const known = store.known(accountId);
  const count = known?.requestsLastHour ?? 0;
  const until = known?.waitUntil;
  const requests =
    count === 1
      ? l10n.t('1 request in the last hour, by all windows.')
      : l10n.t('{0} requests in the last hour, by all windows.', formats.count(count));
  return until === undefined
    ? requests
    : `${requests} ${l10n.t('The vendor asked to wait until {0}.', formats.instant(until))}`;
}

/** A figure that may be unknown, rounded; unknown is never written as zero. */
export function roundedOrUnknown(amount: Amount | undefined, meter: MeterId, formats: Formats): string {
  return amount === undefined ? l10n.t('unknown') : formats.rounded(amount, meter);
}

/** Machine meters, which have their own words in a line, and levels. */
const MACHINE_METERS: ReadonlySet<MeterId> = new Set<MeterId>([
  'awake_seconds',
  'cpu_millicore_seconds',
  'memory_mib_seconds',
  'storage_mib_seconds',
  'logical_storage_bytes',
  'provisioned_storage_gib',
  'included_storage_gib',
]);

/** A figure stands alone if its unit says what it is; others have their name in front. */
function labelledFigure(meter: MeterId, figure: string): string {
  if (meter === 'sandbox_seconds') {
    return l10n.t('sandboxes {0}', figure);
  }
  if (meter === 'computer_seconds') {
    return l10n.t('computers {0}', figure);
  }
  if (meter === 'storage_gb_hours') {
    return l10n.t('disk {0}', figure);
  }
  return /^(byoc|estimate|line)\./.test(meter) ? l10n.t('{0} {1}', meterName(meter), figure) : figure;
}

/** `24 h · 12.3 vCPU-h · mem 192 GiB-h · disk 335 GiB-h`; what is unknown or plainly nothing is left out. */
export function usageLine(
  quantities: Quantities,
  formats: Formats,
  isWhole: (meter: MeterId) => boolean = () => true,
): string {
  const parts: string[] = [];
  const figureOf = (amount: Amount, meter: MeterId): string =>
    marked(formats.rounded(amount, meter), { whole: isWhole(meter) }, meter);
  const {
    awake_seconds: awake,
    cpu_millicore_seconds: cpu,
    memory_mib_seconds: memory,
    storage_mib_seconds: storage,
  } = quantities;
  if (awake !== undefined) {
    parts.push(figureOf(awake, 'awake_seconds'));
  }
  if (cpu !== undefined && cpu !== 0) {
    parts.push(figureOf(cpu, 'cpu_millicore_seconds'));
  }
  if (memory !== undefined && memory !== 0) {
    parts.push(l10n.t('mem {0}', figureOf(memory, 'memory_mib_seconds')));
  }
  if (storage !== undefined && storage !== 0) {
    parts.push(l10n.t('disk {0}', figureOf(storage, 'storage_mib_seconds')));
  }
  for (const meter of (Object.keys(quantities) as MeterId[]).sort(compareMeters)) {
    const amount = quantities[meter];
    if (!MACHINE_METERS.has(meter) && amount !== undefined && amount !== 0) {
      parts.push(labelledFigure(meter, figureOf(amount, meter)));
    }
  }
  return parts.join(' · ');
}

/**
 * The one figure that says most: `24 h`, `$12.40`, `335 GiB-h disk`. `unknown` where there is none, or where machines’ awake
 * time, which comes first, is not known.
 */
export function mainFigure(
  quantities: Quantities,
  formats: Formats,
  isWhole: (meter: MeterId) => boolean = () => true,
): string {
  const meters = (Object.keys(quantities) as MeterId[])
    .sort(compareMeters)
    .filter((meter) => quantities[meter] !== undefined && meterOf(meter).kind === 'amount');
  const meter = meters.find((own) => quantities[own] !== 0) ?? meters[0];
  const amount = meter === undefined ? undefined : quantities[meter];
  if (meter === undefined || amount === undefined) {
    return l10n.t('unknown');
  }
  const figure = marked(formats.rounded(amount, meter), { whole: isWhole(meter) }, meter);
  if (meter === 'storage_mib_seconds') {
    return l10n.t('{0} disk', figure);
  }
  return meter.startsWith('byoc.') ? l10n.t('{0} own cloud', figure) : figure;
}

/** Marks the figure of a day or an hour that is not over. */
export function soFar(figure: string, isOpen: boolean): string {
  return isOpen ? l10n.t('{0} so far', figure) : figure;
}

/** A bucket below its day: `22:00` for an hour, `Whole day`, or both ends. */
export function bucketLabel({ start, end }: Period, formats: Formats): string {
  switch (end - start) {
    case HOUR:
      return formats.clock(start).replace(' UTC', '');
    case DAY:
      return l10n.t('Whole day');
    default:
      return formats.span(start, end);
  }
}

/** Rows of a tooltip's table: label, exact value, and the rounded one where it reads differently. */
export function usageRows(
  quantities: Quantities,
  formats: Formats,
  isWhole: (meter: MeterId) => boolean = () => true,
): [string, string, string][] {
  return (Object.keys(quantities) as MeterId[]).sort(compareMeters).flatMap((meter) => {
    const amount = quantities[meter];
    if (amount === undefined) {
      return [];
    }
    const [exact, rounded] = [formats.exact(amount, meter), formats.rounded(amount, meter)].map((figure) =>
      marked(figure, { whole: isWhole(meter) }, meter),
    ) as [string, string];
    return [[meterName(meter), exact, rounded === exact ? '' : rounded] satisfies [string, string, string]];
  });
}

/** `4 vCPU, 8 GiB` */
export function shapeWords(shape: Pick<MachineShape, 'vcpu' | 'memoryMib'>, formats: Formats): string {
  return l10n.t('{0} vCPU, {1} GiB', formats.number(shape.vcpu), formats.number(shape.memoryMib / 1024));
}

/** Each shape on a line of its own, when there are several. */
export function shapeLines({ shapes }: UsageTotals, formats: Formats): string[] {
  return shapes.length < 2
    ? []
    : shapes.map(
        ({ shape, quantities }) => `${shapeWords(shape, formats)}: ${usageLine(quantities, formats)}`,
      );
}

/** `14:02 UTC` today, with the date on any other day. */
export function asOfWords(at: EpochMs, now: EpochMs, formats: Formats): string {
  return l10n.t('as of {0}', utcDay(at) === utcDay(now) ? formats.clock(at) : formats.instant(at));
}

/** What storage the plan includes: as a level or, summed, over so many hours, in the unit of that sum. */
export function allowanceWords(gib: number, hours: number | undefined, formats: Formats): string {
  switch (hours) {
    case undefined:
      return l10n.t('Included in the plan: {0} GiB', formats.number(gib));
    case 1:
      return l10n.t('Included in the plan: {0} GiB-h an hour', formats.number(gib));
    default:
      return l10n.t(
        'Included in the plan: {0} GiB × {1} h = {2} GiB-h a day',
        formats.number(gib),
        formats.count(hours),
        formats.number(gib * hours),
      );
  }
}
