import type { ChangeLine, MeterChange } from '../../../insights/changes/changesBetween';
import {
  changeWants,
  type ComparedPeriods,
  comparedPeriods,
  periodChanges,
} from '../../../insights/changes/periodChanges';
import type { ChangeCause } from '../../../insights/changes/split';
import { l10n } from '../../../platform/l10n';
import type { ReportBody, ReportCell, ReportRow, ReportTable } from '../../../protocol/report';
import { asOf } from '../../../store/accountUsage';
import type { DayCache } from '../../../store/dayCache';
import { compareAmounts } from '../../../usage/amount';
import type { Formats } from '../../../usage/format';
import { lengthsWords } from '../../words/periodWords';
import { provenanceText } from '../../words/provenance';
import { subjectLabel } from '../../words/subjectWords';
import { meterName } from '../../words/usageWords';
import { givesHours } from '../charts/chartSource';
import { shownPeriod } from '../charts/shownPeriod';
import { changeText, chartOf, column, differenceCell, figureCell, signed } from './figures';
import { memoizeLast } from './memoizeLast';
import type { ReportHead, ReportInput, ReportMaker } from './report';

/** Maximum machines named in a line. */
const NAMED = 3;

/** What changed against the same elapsed part of the period before, and why. */
export function changesReport(formats: Formats): ReportMaker {
  const changesOf = memoizeLast(
    ({ dayCache, now, before }: Compared) => [
      ...[dayCache, dayCache.version],
      ...[now.start, now.end, before.start, before.end],
    ],
    ({ dayCache, ...periods }) => periodChanges(dayCache, periods),
  );
  const made = (input: ReportInput): Made | undefined => {
    const periods = periodsOf(input);
    return periods && { periods, changes: changesOf({ dayCache: input.dayCache, ...periods }) };
  };
  return {
    id: 'changes',
    applies: ({ subject }) => subject === 'machine',
    wants: (input, open) => {
      // The figures need the month before in any case.
      const periods = open || input.choices.range.kind === 'thisMonth' ? periodsOf(input) : undefined;
      return periods === undefined ? [] : changeWants(periods);
    },
    head: (input) => head(made(input), formats),
    body: (input) => body(made(input), input, formats),
  };
}

interface Compared extends ComparedPeriods {
  readonly dayCache: DayCache;
}

interface Made {
  readonly periods: ComparedPeriods;
  readonly changes: readonly MeterChange[];
}

/** The zoomed part of the range, as in the charts, with the same part of the previous range. */
function periodsOf({ capabilities, usage, choices, now }: ReportInput): ComparedPeriods | undefined {
  const { period, previous, range } = shownPeriod(choices, now, givesHours(capabilities));
  const isZoomed = period.start !== range.period.start || period.end !== range.period.end;
  return comparedPeriods(usage, isZoomed ? { period, previous } : range);
}

function head(made: Made | undefined, formats: Formats): ReportHead {
  const title = l10n.t('What changed?');
  const [first] = made?.changes ?? [];
  if (made === undefined || first === undefined) {
    const summary = l10n.t('The period before is not known.');
    return { title, short: l10n.t('Change unknown'), summary, tone: 'neutral' };
  }
  const { now, before } = made.periods;
  const total = l10n.t(
    '{0} {1} against {2}',
    meterName(first.meter),
    signed(first.difference, first.meter, formats),
    periodText(before, formats),
  );
  const parts = [total, lengthsWords(now, before, formats), mostWords(first, formats)];
  return {
    title,
    short: l10n.t('Change {0}', signed(first.difference, first.meter, formats)),
    summary: parts.filter((part) => part !== undefined).join('; '),
    tone: 'neutral',
  };
}

/** The largest cause with the same sign as the whole change; undefined if nothing changed. */
function mostWords({ lines, difference, meter }: MeterChange, formats: Formats): string | undefined {
  const way = compareAmounts(difference, 0);
  const line = lines.find(({ amount }) => way !== 0 && compareAmounts(amount, 0) === way);
  return line && l10n.t('mostly {0} ({1})', causeWords(line.cause), signed(line.amount, meter, formats));
}

function body(made: Made | undefined, input: ReportInput, formats: Formats): ReportBody {
  if (made === undefined) {
    return { tables: [], notes: [l10n.t('Nothing of this period has been metered yet.')], actions: [] };
  }
  const { periods, changes } = made;
  return {
    tables: [
      totalsTable(made, input, formats),
      ...changes
        .filter(({ lines }) => lines.length > 0)
        .map((change) => causesTable(change, input, periods, formats)),
    ],
    notes: [
      l10n.t(
        '{0} compared with {1} (UTC). Metered by the vendor. The parts of a meter add up to its difference exactly.',
        periodText(periods.now, formats),
        periodText(periods.before, formats),
      ),
      l10n.t(
        'The difference is split in this order: hours, at the earlier shape and duty; then the shape, at the earlier duty; then the duty.',
      ),
      ...untoldNotes(changes, formats),
    ],
    actions: [],
  };
}

function totalsTable({ periods, changes }: Made, input: ReportInput, formats: Formats): ReportTable {
  const [nowText, beforeText] = [periodText(periods.now, formats), periodText(periods.before, formats)];
  return {
    caption: l10n.t('In total'),
    columns: [
      column(l10n.t('Meter')),
      column(l10n.t('Before'), 'number'),
      column(l10n.t('Now'), 'number'),
      column(l10n.t('Difference'), 'number'),
      column('%', 'number'),
    ],
    rows: changes.map(({ meter, now, before, difference }) => ({
      cells: [
        { text: meterName(meter) },
        figureCell(before, meter, formats, metered(beforeText, input, formats)),
        figureCell(now, meter, formats, metered(nowText, input, formats)),
        differenceCell(difference, meter, formats, metered(`${nowText} − ${beforeText}`, input, formats)),
        {
          text: changeText(now, before, formats),
          detail: metered(`${nowText} − ${beforeText}`, input, formats),
        },
      ],
      tone: 'neutral',
      opens: { chart: chartOf(meter), meter },
    })),
    more: 0,
    empty: l10n.t('Rows of one of the two periods are missing, or still loading.'),
  };
}

/** What a figure is of, and where it comes from. */
function metered(of: string, { account, usage }: ReportInput, formats: Formats): string {
  return `${of} · ${provenanceText({ kind: 'metered', account, askedAt: asOf(usage) }, formats)}`;
}

function causesTable(
  change: MeterChange,
  input: ReportInput,
  periods: ComparedPeriods,
  formats: Formats,
): ReportTable {
  const { meter, difference, lines } = change;
  return {
    caption: `${meterName(meter)}: ${signed(difference, meter, formats)}`,
    columns: [column(l10n.t('Because')), column(l10n.t('Difference'), 'number'), column(l10n.t('Machines'))],
    rows: lines.map((line) => causeRow(line, change, { input, periods }, formats)),
    more: 0,
    empty: '',
  };
}

function causeRow(
  line: ChangeLine,
  { meter }: MeterChange,
  { input, periods }: { readonly input: ReportInput; readonly periods: ComparedPeriods },
  formats: Formats,
): ReportRow {
  const [largest] = line.machines;
  const against = `${periodText(periods.now, formats)} − ${periodText(periods.before, formats)}`;
  return {
    cells: [
      { text: causeWords(line.cause) },
      differenceCell(line.amount, meter, formats, metered(against, input, formats)),
      machinesCell(line, meter, input, formats),
    ],
    tone: 'neutral',
    opens: {
      chart: chartOf(meter),
      meter,
      ...(largest === undefined ? {} : { subjectId: largest.machineId }),
    },
  };
}

function machinesCell(
  { machines }: ChangeLine,
  meter: MeterChange['meter'],
  { account, capabilities }: ReportInput,
  formats: Formats,
): ReportCell {
  const texts = machines.map(
    ({ machineId, amount }) =>
      `${subjectLabel(capabilities, account, machineId)} ${signed(amount, meter, formats)}`,
  );
  const named = texts.slice(0, NAMED).join(', ');
  const others = texts.length - NAMED;
  return {
    text: others > 0 ? l10n.t('{0} and {1} more', named, formats.count(others)) : named,
    ...(others > 0 ? { detail: texts.slice(0, MOST_IN_DETAIL).join(' · ') } : {}),
  };
}

const MOST_IN_DETAIL = 20;

function untoldNotes(changes: readonly MeterChange[], formats: Formats): string[] {
  return changes.flatMap(({ meter, untold }) =>
    untold.length === 0
      ? []
      : [
          l10n.t(
            '{0}: machines left out, because some of their rows do not report it: {1}.',
            meterName(meter),
            formats.count(untold.length),
          ),
        ],
  );
}

/** `1–20 Nov 2026`, with the hour where it ends within a day. */
function periodText(
  { start, end }: { readonly start: number; readonly end: number },
  formats: Formats,
): string {
  const days = formats.days(start, end);
  const clock = formats.clock(end).replace(' UTC', '');
  return clock === '00:00' ? days : l10n.t('{0}, until {1}', days, clock);
}

function causeWords(cause: ChangeCause): string {
  switch (cause) {
    case 'started':
      return l10n.t('machines started');
    case 'stopped':
      return l10n.t('machines stopped');
    case 'moreHours':
      return l10n.t('more awake hours');
    case 'fewerHours':
      return l10n.t('fewer awake hours');
    case 'resized':
      return l10n.t('machines resized');
    case 'busier':
      return l10n.t('busier machines');
    case 'idler':
      return l10n.t('less busy machines');
    case 'moreStored':
      return l10n.t('more stored');
    case 'lessStored':
      return l10n.t('less stored');
    case 'unexplained':
      return l10n.t('not explained by rows');
  }
}
