import { IDLE_RULE, type IdleMachine, type LeftStorage } from '../../../insights/idle/idle';
import { type IdleUsage, idleUsage, idleWants } from '../../../insights/idle/idleUsage';
import { l10n } from '../../../platform/l10n';
import type { ReportBody, ReportRow, ReportTable } from '../../../protocol/report';
import { asOf } from '../../../store/accountUsage';
import { type Amount, sum } from '../../../usage/amount';
import { shownDuty } from '../../../usage/duty';
import type { Formats } from '../../../usage/format';
import { startOfDay, type UtcDay } from '../../../usage/time';
import { provenanceText } from '../../words/provenance';
import { subjectLabel } from '../../words/subjectWords';
import { givesHours } from '../charts/chartSource';
import { shownPeriod } from '../charts/shownPeriod';
import { column, figureCell } from './figures';
import { memoizeLast } from './memoizeLast';
import type { ReportHead, ReportInput, ReportMaker } from './report';

/** Maximum rows of each kind. */
const MOST = 100;

/** Machines that are awake with little use, and storage that no machine uses. Only suggestions. */
export function idleReport(formats: Formats): ReportMaker {
  const idleOf = memoizeLast(
    (input: ReportInput) => {
      const [days, { capabilities, usage, dayCache }] = [daysShown(input), input];
      return [capabilities, usage, dayCache, dayCache.version, days[0], days.at(-1)];
    },
    (input) => idleUsage(input.capabilities, input.usage, input.dayCache, daysShown(input)),
  );
  const found = (input: ReportInput): Found => undismissed(idleOf(input), input);
  return {
    id: 'idle',
    applies: ({ subject }) => subject === 'machine',
    wants: (input, open) => (open ? idleWants(daysShown(input)) : []),
    head: (input) => head(found(input), formats),
    body: (input) => body(found(input), input, formats),
  };
}

interface Found {
  readonly machines: readonly IdleMachine[] | undefined;
  readonly storage: readonly LeftStorage[] | undefined;
  readonly missing: readonly UtcDay[];
  /** How many the person dismissed. */
  readonly dismissed: number;
}

function daysShown({ capabilities, choices, now }: ReportInput): readonly UtcDay[] {
  return shownPeriod(choices, now, givesHours(capabilities)).days;
}

const awakeName = (machineId: string): string => `awake ${machineId}`;
const storageName = (machineId: string): string => `storage ${machineId}`;

function undismissed({ machines, storage, missing }: IdleUsage, { account }: ReportInput): Found {
  const away = new Set(account.dismissed);
  const [shownMachines, shownStorage] = [
    machines?.filter(({ machineId }) => !away.has(awakeName(machineId))),
    storage?.filter(({ machineId }) => !away.has(storageName(machineId))),
  ];
  const all = (machines?.length ?? 0) + (storage?.length ?? 0);
  const shown = (shownMachines?.length ?? 0) + (shownStorage?.length ?? 0);
  return { machines: shownMachines, storage: shownStorage, missing, dismissed: all - shown };
}

function head({ machines, storage, missing }: Found, formats: Formats): ReportHead {
  const title = l10n.t('What idles?');
  if (machines === undefined && storage === undefined) {
    return { title, short: l10n.t('Idle: unknown'), summary: '', tone: 'neutral' };
  }
  const parts = [
    machines === undefined || machines.length === 0 ? undefined : awakeSummary(machines, formats),
    storage === undefined || storage.length === 0 ? undefined : storageSummary(storage, formats),
  ].filter((part) => part !== undefined);
  if (parts.length === 0 && (missing.length > 0 || machines === undefined || storage === undefined)) {
    const summary = l10n.t('Nothing stands out so far, but not everything is loaded.');
    return { title, short: l10n.t('Idle: unknown'), summary, tone: 'neutral' };
  }
  return parts.length === 0
    ? { title, short: l10n.t('Nothing idles'), summary: '', tone: 'good' }
    : {
        title,
        short: shortWords((machines?.length ?? 0) + (storage?.length ?? 0), formats),
        summary: parts.join('; '),
        tone: 'attention',
      };
}

/** How many machines idle, awake or as storage alone. */
function shortWords(count: number, formats: Formats): string {
  return count === 1 ? l10n.t('1 idle machine') : l10n.t('{0} idle machines', formats.count(count));
}

function awakeSummary(machines: readonly IdleMachine[], formats: Formats): string {
  const memory = formats.rounded(
    sum(machines.map(({ memoryMibSeconds }) => memoryMibSeconds ?? 0)),
    'memory_mib_seconds',
  );
  return machines.length === 1
    ? l10n.t('1 machine awake at a low duty, {0} of memory', memory)
    : l10n.t('{0} machines awake at a low duty, {1} of memory', formats.count(machines.length), memory);
}

function storageSummary(storage: readonly LeftStorage[], formats: Formats): string {
  const stored = formats.rounded(
    sum(storage.map(({ storageMibSeconds }) => storageMibSeconds)),
    'storage_mib_seconds',
  );
  return l10n.t('{0} of storage on machines that are gone or were not awake', stored);
}

function body(found: Found, input: ReportInput, formats: Formats): ReportBody {
  const { missing, dismissed } = found;
  return {
    tables: [awakeTable(found, input, formats), storageTable(found, input, formats)],
    notes: [
      l10n.t(
        'Duty is the vCPU-time used ÷ (requested vCPUs × time awake). Listed are machines that were awake for {0} or more at a duty below {1}, with the most memory-time first.',
        formats.rounded(IDLE_RULE.awakeSeconds, 'awake_seconds'),
        formats.percent(IDLE_RULE.dutyPercent / 100),
      ),
      l10n.t(
        'A machine that waits for work may have to be awake. These are only suggestions; nothing is changed.',
      ),
      ...(missing.length === 0
        ? []
        : [l10n.t('Days left out, because they are not loaded: {0}.', formats.count(missing.length))]),
    ],
    actions:
      dismissed === 0
        ? []
        : [
            {
              label: l10n.t('Show {0} Dismissed', formats.count(dismissed)),
              intent: 'showDismissed',
            },
          ],
  };
}

function awakeTable({ machines, missing }: Found, input: ReportInput, formats: Formats): ReportTable {
  const provenance = provenanceOf(input, formats);
  const cell = (amount: Amount | undefined, meter: 'awake_seconds' | 'memory_mib_seconds') =>
    amount === undefined ? { text: l10n.t('unknown') } : figureCell(amount, meter, formats, provenance);
  return {
    caption: l10n.t('Awake for long, but hardly busy'),
    columns: [
      column(l10n.t('Machine')),
      column(l10n.t('Awake'), 'number'),
      column(l10n.t('Duty'), 'number'),
      column(l10n.t('Memory-time'), 'number'),
    ],
    rows: (machines ?? []).slice(0, MOST).map((machine): ReportRow => ({
      cells: [
        {
          text: subjectLabel(input.capabilities, input.account, machine.machineId),
          detail: machine.machineId,
        },
        cell(machine.awakeSeconds, 'awake_seconds'),
        { text: formats.percent(shownDuty(machine.duty)), detail: dutyDetail(machine, formats, provenance) },
        cell(machine.memoryMibSeconds, 'memory_mib_seconds'),
      ],
      tone: 'neutral',
      opens: { chart: 'compute', meter: 'memory_mib_seconds', subjectId: machine.machineId },
      dismiss: awakeName(machine.machineId),
    })),
    more: Math.max(0, (machines?.length ?? 0) - MOST),
    empty:
      machines === undefined || missing.length > 0
        ? l10n.t('None so far, but not everything is loaded.')
        : l10n.t('No machine was awake for long at a low duty.'),
  };
}

function dutyDetail(machine: IdleMachine, formats: Formats, provenance: string): string {
  const { usedMillicoreSeconds, requestedMillicoreSeconds } = machine;
  return [
    l10n.t(
      'Used {0} of the {1} that were available',
      formats.exact(usedMillicoreSeconds, 'cpu_millicore_seconds'),
      formats.exact(requestedMillicoreSeconds, 'cpu_millicore_seconds'),
    ),
    provenance,
  ].join(' · ');
}

function storageTable({ storage, missing }: Found, input: ReportInput, formats: Formats): ReportTable {
  return {
    caption: l10n.t('Storage on machines that are gone or were not awake'),
    columns: [
      column(l10n.t('Machine')),
      column(l10n.t('Storage'), 'number'),
      column(l10n.t('Why it is listed')),
    ],
    rows: (storage ?? []).slice(0, MOST).map(({ machineId, storageMibSeconds, reason }): ReportRow => ({
      cells: [
        { text: subjectLabel(input.capabilities, input.account, machineId), detail: machineId },
        figureCell(storageMibSeconds, 'storage_mib_seconds', formats, provenanceOf(input, formats)),
        { text: reasonWords(reason) },
      ],
      tone: 'neutral',
      opens: { chart: 'storage', meter: 'storage_mib_seconds', subjectId: machineId },
      dismiss: storageName(machineId),
    })),
    more: Math.max(0, (storage?.length ?? 0) - MOST),
    empty:
      storage === undefined || missing.length > 0
        ? l10n.t('None so far, but not everything is loaded.')
        : l10n.t('No storage on machines that are gone or were not awake.'),
  };
}

function provenanceOf(input: ReportInput, formats: Formats): string {
  const days = daysShown(input);
  const [first, last] = [days[0], days.at(-1)];
  const span =
    first === undefined || last === undefined ? '' : formats.days(startOfDay(first), startOfDay(last) + 1);
  const { account, usage } = input;
  return `${span} · ${provenanceText({ kind: 'metered', account, askedAt: asOf(usage) }, formats)}`;
}

function reasonWords(reason: LeftStorage['reason']): string {
  switch (reason) {
    case 'gone':
      return l10n.t('The vendor lists the machine as gone.');
    case 'notListed':
      return l10n.t('The vendor no longer lists the machine.');
    case 'notAwake':
      return l10n.t('The machine was not awake in this period; it may only be asleep.');
  }
}
