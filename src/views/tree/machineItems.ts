import { type MarkdownString, ThemeColor, ThemeIcon, type TreeItem, l10n } from 'vscode';
import { ROWS } from '../../contributions';
import { machinesOf } from '../../store/accountUsage';
import { type Account, aliasOf } from '../../usage/account';
import type { Machine } from '../../usage/bucket';
import type { Formats } from '../../usage/format';
import { type EpochMs, startOfDay, utcDay } from '../../usage/time';
import { failureWords } from '../failureWords';
import { Tooltip } from '../markdown';
import { provenanceText } from '../provenance';
import { roundedOrUnknown, shapeLines, shapeWords, usageLine, usageRows } from '../usageWords';
import type { DayNode, MachineNode, MachinesNode } from './nodes';
import { type ItemContext, joined, row } from './row';

export function machinesItem({ account }: MachinesNode, { store, formats }: ItemContext): TreeItem {
  const item = row(l10n.t('Machines'), true);
  item.iconPath = new ThemeIcon('server-environment');
  const usage = store.usage(account.id);
  if (usage === undefined) {
    return item;
  }
  const machines = machinesOf(usage);
  item.description = formats.count(machines.length);
  const listFailure = usage.machines.failure;
  item.tooltip = new Tooltip(l10n.t('Machines'))
    .line(
      l10n.t(
        'Machines that the vendor lists, and machines that have usage in {0}.',
        formats.month(usage.period.start),
      ),
    )
    .line(
      listFailure === undefined
        ? undefined
        : l10n.t('What state they are in is not known: {0}', failureWords(listFailure, formats).sentence),
    )
    .toMarkdown();
  return item;
}

/** A machine: how long it was awake this month, its shape and its state. */
export function machineItem({ account, usage }: MachineNode, { store, formats }: ItemContext): TreeItem {
  const { machineId, machine, quantities } = usage;
  const alias = aliasOf(account, machineId);
  const item = row(alias ?? machineId, usage.hasRows);
  const shape = machine ?? usage.shapes.at(-1)?.shape;
  const listKnown = store.usage(account.id)?.machines.value !== undefined;
  item.description = joined(
    roundedOrUnknown(quantities.awake_seconds, 'awake_seconds', formats),
    quantities.awake_seconds === 0 && (quantities.storage_mib_seconds ?? 0) !== 0
      ? l10n.t('disk {0}', formats.rounded(quantities.storage_mib_seconds ?? 0, 'storage_mib_seconds'))
      : undefined,
    shape === undefined ? undefined : shapeWords(shape, formats),
    stateWords(machine, listKnown),
  );
  item.iconPath = stateIcon(machine, listKnown);
  item.contextValue = ROWS.machine;
  return item;
}

/** Of thousands of machines few are ever pointed at, so this is made when one is. */
export function machineTooltip(
  { account, usage }: MachineNode,
  { store, formats }: ItemContext,
): MarkdownString {
  const { machineId, machine, quantities } = usage;
  const alias = aliasOf(account, machineId);
  const shape = machine ?? usage.shapes.at(-1)?.shape;
  const listKnown = store.usage(account.id)?.machines.value !== undefined;
  return new Tooltip(alias === undefined ? machineId : `${alias} (${machineId})`)
    .line(
      joined(stateWords(machine, listKnown), shape === undefined ? undefined : shapeWords(shape, formats)),
    )
    .table(usageRows(quantities, formats))
    .line(shapeLines(usage, formats).join('; '))
    .line(
      usage.dataThrough === undefined
        ? l10n.t('Not awake this month')
        : l10n.t('Data through {0}', formats.instant(usage.dataThrough)),
    )
    .line(
      l10n.t(
        'Metered by the vendor since the first of the month (UTC); may hold usage that is not billed yet.',
      ),
    )
    .line(metered(account, store.usage(account.id)?.compute.asOf, formats))
    .toMarkdown();
}

function stateWords(machine: Machine | undefined, listKnown: boolean): string | undefined {
  return machine?.state ?? (listKnown ? l10n.t('no longer listed') : undefined);
}

/** A UTC day of a machine. */
export function dayItem({ day, totals, account }: DayNode, { store, formats, now }: ItemContext): TreeItem {
  const item = row(formats.dayInMonth(day), true);
  const open = utcDay(now()) === day;
  const used = usageLine(totals.quantities, formats);
  item.description = joined(
    open ? l10n.t('so far {0}', used) : used,
    totals.shapes.length > 1 ? l10n.t('{0} shapes', totals.shapes.length) : undefined,
  );
  item.tooltip = new Tooltip(`${day} (UTC)`)
    .table(usageRows(totals.quantities, formats))
    .line(shapeLines(totals, formats).join('; '))
    .line(open ? l10n.t('The day is not over: its figures will grow.') : undefined)
    .line(
      totals.dataThrough === undefined || totals.dataThrough <= startOfDay(day)
        ? undefined
        : l10n.t('Data through {0}', formats.instant(totals.dataThrough)),
    )
    .line(l10n.t('Metered by the vendor; not necessarily billed yet.'))
    .line(metered(account, store.history(account.id)?.block('computeDays', day)?.asOf, formats))
    .toMarkdown();
  return item;
}

function metered(account: Account, askedAt: EpochMs | undefined, formats: Formats): string {
  return provenanceText({ kind: 'metered', account, askedAt }, formats);
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
