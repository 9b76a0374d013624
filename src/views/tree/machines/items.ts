import { type MarkdownString, ThemeColor, ThemeIcon, type TreeItem } from 'vscode';
import { ROWS } from '../../../contributions';
import { l10n } from '../../../platform/l10n';
import { machinesOf } from '../../../store/accountUsage';
import { type Account, aliasOf } from '../../../usage/account';
import { toApproximateNumber } from '../../../usage/amount';
import type { Machine, Quantities } from '../../../usage/bucket';
import { arrangeMachines, type MachineUsage } from '../../../usage/columns/machines';
import { type BucketUsage, isWholeIn, type UsageTotals } from '../../../usage/columns/totals';
import type { Formats } from '../../../usage/format';
import type { MeterId } from '../../../usage/meter';
import { type EpochMs, HOUR, MINUTE, SECOND, startOfDay, type UtcDay, utcDay } from '../../../usage/time';
import { Tooltip } from '../../tooltip';
import { failureWords } from '../../words/failureWords';
import { missingWords } from '../../words/knownSumWords';
import { meteredText } from '../../words/provenance';
import { emissionWords } from '../../words/trailWords';
import {
  bucketLabel,
  mainFigure,
  shapeLines,
  shapeWords,
  soFar,
  usageLine,
  usageRows,
} from '../../words/usageWords';
import { type ItemContext, joined, row, showFigure } from '../row';
import { hasSeveralShapes } from './children';
import type { DayNode, HourNode, HoursNode, MachineNode, MachinesNode, ShapeNode } from './nodes';

export function machinesItem(
  { account }: MachinesNode,
  { store, formats, machineView }: ItemContext,
): TreeItem {
  const item = row(l10n.t('Machines'), true);
  item.iconPath = new ThemeIcon('server-environment');
  const usage = store.known(account.id)?.usage;
  if (usage === undefined) {
    return item;
  }
  const machines = machinesOf(usage);
  const all = formats.count(machines.length);
  const view = machineView();
  const isFiltered = view.text !== '' || view.hideZero;
  showFigure(
    item,
    isFiltered
      ? l10n.t('{0} of {1}', formats.count(arrangeMachines(machines, view, account).length), all)
      : all,
  );
  const missing = missingOf(account, store);
  const listFailure = usage.machines.failure;
  item.tooltip = new Tooltip(l10n.t('Machines'))
    .line(
      l10n.t(
        'Machines that the vendor lists, and machines with usage in {0}.',
        formats.month(usage.period.start),
      ),
    )
    .line(missingWords(missing, formats))
    .line(
      listFailure === undefined
        ? undefined
        : l10n.t('Their state is not known: {0}', failureWords(listFailure, formats).sentence),
    )
    .toMarkdown();
  return item;
}

/** A machine: how long it was awake this month. Its icon says its state. */
export function machineItem({ account, usage }: MachineNode, { store, formats }: ItemContext): TreeItem {
  const { machineId, machine, quantities } = usage;
  const alias = aliasOf(account, machineId);
  const item = row(alias ?? machineId, usage.hasRows);
  const shape = machine ?? usage.shapes.at(-1)?.shape;
  const listKnown = store.known(account.id)?.usage.machines.value !== undefined;
  showFigure(
    item,
    awakeWords(usage, formats),
    quantities.awake_seconds === 0 ? storageWords(usage, formats) : undefined,
    shape === undefined ? undefined : shapeWords(shape, formats),
    stateWords(machine, listKnown),
  );
  item.iconPath = stateIcon(machine, listKnown);
  item.contextValue = ROWS.machine;
  return item;
}

/** Made on hover, because few of thousands of machines are ever pointed at. */
export function machineTooltip(
  { account, usage }: MachineNode,
  { store, formats }: ItemContext,
): MarkdownString {
  const { machineId, machine, quantities } = usage;
  const alias = aliasOf(account, machineId);
  const shape = machine ?? usage.shapes.at(-1)?.shape;
  const listKnown = store.known(account.id)?.usage.machines.value !== undefined;
  return new Tooltip(alias === undefined ? machineId : `${alias} (${machineId})`)
    .line(
      joined(stateWords(machine, listKnown), shape === undefined ? undefined : shapeWords(shape, formats)),
    )
    .table(usageRows(quantities, formats, isWhole(usage)))
    .line(missingWords(missingOf(account, store), formats))
    .line(shapeLines(usage, formats).join('; '))
    .line(activityWords(usage, formats))
    .line(
      l10n.t(
        'Metered by the vendor since the first of the month (UTC); may include usage that is not billed yet.',
      ),
    )
    .line(meteredText(account, store.known(account.id)?.usage.compute.asOf, formats))
    .toMarkdown();
}

function awakeWords(
  { quantities, known }: Pick<UsageTotals, 'quantities' | 'known'>,
  formats: Formats,
): string {
  const { awake_seconds: awake } = quantities;
  return awake === undefined
    ? l10n.t('unknown')
    : usageLine({ awake_seconds: awake }, formats, isWhole({ known }));
}

/** Empty if zero or unknown. */
function storageWords(usage: MachineUsage, formats: Formats): string {
  const { storage_mib_seconds: storage } = usage.quantities;
  return storage === undefined ? '' : usageLine({ storage_mib_seconds: storage }, formats, isWhole(usage));
}

/** A meter is whole when none of its days is missing. */
function isWhole({ known }: Pick<UsageTotals, 'known'>): (meter: MeterId) => boolean {
  return (meter) => isWholeIn(known, meter);
}

/** The compute and storage days that the sums of machines lack. */
function missingOf({ id }: Account, store: ItemContext['store']): readonly UtcDay[] {
  const { compute, storage } = store.known(id)?.usage ?? {};
  return [...new Set([...(compute?.missing ?? []), ...(storage?.missing ?? [])])].sort();
}

/** Until when it was measured, or that it slept, which is known only if every day was read. */
function activityWords(
  { dataThrough, known, quantities }: MachineUsage,
  formats: Formats,
): string | undefined {
  if (dataThrough !== undefined) {
    return l10n.t('Data through {0}', formats.instant(dataThrough));
  }
  if (!known.compute) {
    return l10n.t('It is not known whether it was awake this month: some days are not loaded.');
  }
  return quantities.awake_seconds === 0 ? l10n.t('Not awake this month') : undefined;
}

function stateWords(machine: Machine | undefined, listKnown: boolean): string | undefined {
  return machine?.state ?? (listKnown ? l10n.t('no longer listed') : undefined);
}

/** A UTC day of a machine: how long it was awake. */
export function dayItem({ day, totals, account }: DayNode, { store, formats, now }: ItemContext): TreeItem {
  const item = row(formats.dayInMonth(day), true);
  const open = utcDay(now()) === day;
  const isWholeDay = open ? () => true : isWhole(totals);
  const known = open ? { compute: true, storage: true } : totals.known;
  showFigure(
    item,
    soFar(awakeWords({ quantities: totals.quantities, known }, formats), open),
    usageLine(totals.quantities, formats, isWholeDay),
    totals.shapes.length > 1 ? l10n.t('{0} shapes', totals.shapes.length) : undefined,
  );
  item.tooltip = new Tooltip(`${day} (UTC)`)
    .table(usageRows(totals.quantities, formats, isWholeDay))
    .line(shapeLines(totals, formats).join('; '))
    .line(open ? l10n.t('The day is not over: its figures will grow.') : undefined)
    .line(
      open || (totals.known.compute && totals.known.storage)
        ? undefined
        : l10n.t('Not all of this day is loaded: there may be more.'),
    )
    .line(
      totals.dataThrough === undefined || totals.dataThrough <= startOfDay(day)
        ? undefined
        : l10n.t('Data through {0}', formats.instant(totals.dataThrough)),
    )
    .line(l10n.t('Metered by the vendor; not necessarily billed yet.'))
    .line(meteredText(account, store.known(account.id)?.dayCache.block('computeDays', day)?.asOf, formats))
    .toMarkdown();
  return item;
}

function stateIcon(machine: Machine | undefined, listKnown: boolean): ThemeIcon {
  switch (machine?.state) {
    case undefined:
      return new ThemeIcon(listKnown ? 'circle-slash' : 'vm');
    case 'running':
      return new ThemeIcon('vm-running', new ThemeColor('charts.green'));
    case 'sleeping':
      return new ThemeIcon('vm-outline');
    case 'failed':
      return new ThemeIcon('vm', new ThemeColor('list.errorForeground'));
    default:
      return new ThemeIcon('vm');
  }
}

/** An hour, or a bucket of another length. */
export function hourItem({ hour, account }: HourNode, { store, formats, now }: ItemContext): TreeItem {
  const several = hasSeveralShapes(hour);
  const item = row(bucketLabel(hour, formats), several);
  const open = hour.end > now();
  showFigure(
    item,
    open ? soFar(minutesWords(hour.quantities, formats), true) : hourWords(hour.quantities, formats),
    usageLine(hour.quantities, formats),
    several ? l10n.t('{0} shapes', hour.shapes.length) : undefined,
  );
  const emittedAt = Math.max(0, ...hour.buckets.map((bucket) => bucket.emittedAt ?? 0));
  const emission = {
    emitted: emittedAt > 0 || hour.buckets.some(({ meterEvents }) => meterEvents.length > 0),
    emittedAt: emittedAt > 0 ? emittedAt : undefined,
  };
  item.tooltip = new Tooltip(`${formats.instant(hour.start)} – ${formats.instant(hour.end)}`)
    .table(usageRows(hour.quantities, formats))
    .line(open ? l10n.t('This bucket is still open: its figures will grow.') : undefined)
    .line(
      hour.dataThrough === undefined
        ? undefined
        : l10n.t('Data through {0}', formats.instant(hour.dataThrough)),
    )
    .line(emissionWords(emission, formats))
    .line(l10n.t('Metered by the vendor; not necessarily billed yet.'))
    .line(meteredText(account, hoursAsOf(account, hour, store), formats))
    .toMarkdown();
  return item;
}

/** Hours with the same figures: those of each. */
export function hoursItem({ hours, account }: HoursNode, { store, formats }: ItemContext): TreeItem {
  const [newest] = hours;
  const period = { start: hours.at(-1)?.start ?? newest.start, end: newest.end };
  const item = row(formats.span(period.start, period.end), true);
  const { awake_seconds: awake } = newest.quantities;
  const each = l10n.t('{0} each', hourWords(newest.quantities, formats));
  showFigure(
    item,
    awake === 0 ? l10n.t('not awake') : awake === HOUR / SECOND ? l10n.t('awake throughout') : each,
    l10n.t('{0} hours', formats.count(hours.length)),
    l10n.t('each {0}', usageLine(newest.quantities, formats)),
  );
  item.tooltip = new Tooltip(`${formats.instant(period.start)} – ${formats.instant(period.end)}`)
    .line(l10n.t('Each of these {0} hours has the same figures:', formats.count(hours.length)))
    .table(usageRows(newest.quantities, formats))
    .line(l10n.t('Metered by the vendor; not necessarily billed yet.'))
    .line(meteredText(account, hoursAsOf(account, newest, store), formats))
    .toMarkdown();
  return item;
}

function hoursAsOf(
  { id }: Account,
  { start, buckets }: BucketUsage,
  store: ItemContext['store'],
): EpochMs | undefined {
  return store.known(id)?.opened.hoursAsOf(utcDay(start), buckets[0]?.subjectId ?? '');
}

/** `60 min`: within an hour, minutes are easier to read. */
function minutesWords(quantities: Quantities, formats: Formats): string {
  const { awake_seconds: awake } = quantities;
  return awake === undefined
    ? mainFigure(quantities, formats)
    : l10n.t('{0} min', formats.number(toApproximateNumber(awake) / (MINUTE / SECOND)));
}

/** `60 min · 2.48 vCPU-h` */
function hourWords(quantities: Quantities, formats: Formats): string {
  const { awake_seconds: awake, cpu_millicore_seconds: cpu } = quantities;
  const hasWorked = awake !== undefined && cpu !== undefined && cpu !== 0;
  return joined(
    minutesWords(quantities, formats),
    hasWorked ? formats.rounded(cpu, 'cpu_millicore_seconds') : undefined,
  );
}

/** One shape’s part of a bucket. */
export function shapeItem({ usage, account }: ShapeNode, { store, formats }: ItemContext): TreeItem {
  const item = row(shapeWords(usage.shape, formats), false);
  showFigure(item, mainFigure(usage.quantities, formats), usageLine(usage.quantities, formats));
  item.iconPath = new ThemeIcon('symbol-ruler');
  item.tooltip = new Tooltip(shapeWords(usage.shape, formats))
    .table(usageRows(usage.quantities, formats))
    .line(l10n.t('Shape {0}', usage.shape.fingerprint))
    .line(meteredText(account, store.known(account.id)?.usage.compute.asOf, formats))
    .toMarkdown();
  return item;
}
