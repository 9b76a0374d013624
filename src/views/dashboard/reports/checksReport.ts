import type { Finding, FindingGroup } from '../../../insights/checks/finding';
import type { SumCheck } from '../../../insights/checks/sumCheck';
import type { KnownChecks } from '../../../insights/checks/usageChecks';
import { l10n } from '../../../platform/l10n';
import type { ReportBody, ReportCell, ReportRow, ReportTable, Tone } from '../../../protocol/report';
import type { Account } from '../../../usage/account';
import type { Amount } from '../../../usage/amount';
import type { Formats } from '../../../usage/format';
import type { MeterId } from '../../../usage/meter';
import type { Restatement } from '../../../usage/restatement';
import {
  badgeShort,
  badgeWords,
  findingKindSentence,
  findingKindWords,
  findingNumbers,
  restatedWords,
  usageKindWords,
  verdictSentence,
  verdictWords,
} from '../../words/checkWords';
import { provenanceText } from '../../words/provenance';
import { meterName } from '../../words/usageWords';
import { column, figureCell } from './figures';
import type { ReportInput, ReportMaker } from './report';

/** Lookups for the checks of an account. */
export interface CheckSources {
  readonly checks: KnownChecks;
  readonly machineName: (account: Account, machineId: string) => string;
}

const MOST_ROWS = 200;

/** Whether billed, metered and rows agree; and what the vendor has restated. */
export function checksReport(formats: Formats, sources: CheckSources): ReportMaker {
  return {
    id: 'checks',
    applies: ({ tellsBilled }) => tellsBilled,
    wants: () => [], // checks only what the figures and charts read
    head: ({ account }) => {
      const badge = sources.checks.result(account.id)?.badge;
      return {
        title: l10n.t('Do the figures agree?'),
        short: badge === undefined ? l10n.t('Not checked yet') : badgeShort(badge, formats),
        summary: badge === undefined ? l10n.t('Not checked yet.') : badgeWords(badge, formats),
        tone: badge?.tone ?? 'neutral',
      };
    },
    body: (input) => body(input, formats, sources),
  };
}

function body(input: ReportInput, formats: Formats, sources: CheckSources): ReportBody {
  const { account, usage } = input;
  const { sums = [], findings = [] } = sources.checks.result(account.id) ?? {};
  const name = (machineId: string | undefined): string =>
    machineId === undefined ? l10n.t('All machines') : sources.machineName(account, machineId);
  const isStale = sums.some(({ verdict }) => verdict.kind === 'stale');
  const { asOf } = usage.summary;
  return {
    tables: [
      sumTable(sums, input, formats),
      findingTable(findings, name, input, formats),
      restatementTable(sources.checks.restatements(account.id), name, input, formats),
    ],
    notes: [
      l10n.t(
        'The vendor bills only closed buckets of the organisation, so it is normal that more is metered than billed.',
      ),
      ...(asOf === undefined ? [] : [l10n.t('Billed as of {0}', formats.instant(asOf))]),
      ...new Set(sums.map((sum) => verdictSentence(sum, formats))),
      ...findings.map(({ kind }) => `${findingKindWords(kind)}: ${findingKindSentence(kind)}`),
      l10n.t('The rows of all days of the month are checked, and the hours of compute that are loaded.'),
    ],
    actions: isStale ? [{ label: l10n.t('Reload This Month'), intent: 'readAgain' }] : [],
  };
}

function sumTable(sums: readonly SumCheck[], { account, usage }: ReportInput, formats: Formats): ReportTable {
  const billedText = provenanceText({ kind: 'billed', account, askedAt: usage.summary.asOf }, formats);
  return {
    caption: l10n.t('Metered against billed'),
    columns: [
      column(l10n.t('Meter')),
      column(l10n.t('Metered'), 'number'),
      column(l10n.t('Billed'), 'number'),
      column(l10n.t('Difference'), 'number'),
      column(l10n.t('Result')),
    ],
    rows: sums.map((sum): ReportRow => {
      const { meter, metered, billed, difference, verdict } = sum;
      const askedAt = usage[meter === 'storage_mib_seconds' ? 'storage' : 'compute'].asOf;
      const meteredText = provenanceText({ kind: 'metered', account, askedAt }, formats);
      return {
        cells: [
          { text: meterName(meter) },
          amountCell(metered, meter, meteredText, formats),
          amountCell(billed, meter, billedText, formats),
          amountCell(difference, meter, `${meteredText} − ${billedText}`, formats),
          { text: verdictWords(sum, formats), detail: verdictSentence(sum, formats) },
        ],
        tone: verdict.kind === 'unexplained' ? 'trouble' : verdict.kind === 'stale' ? 'attention' : 'neutral',
      };
    }),
    more: 0,
    empty: l10n.t('Not checked yet.'),
  };
}

function amountCell(
  amount: Amount | undefined,
  meter: MeterId,
  provenance: string,
  formats: Formats,
): ReportCell {
  return amount === undefined ? { text: l10n.t('unknown') } : figureCell(amount, meter, formats, provenance);
}

type Name = (machineId: string | undefined) => string;

function findingTable(
  groups: readonly FindingGroup[],
  name: Name,
  input: ReportInput,
  formats: Formats,
): ReportTable {
  const findings = groups.flatMap((group) => group.findings);
  const rank = ({ severity }: Finding): number => SEVERITY_ORDER.indexOf(severity);
  const shown = findings.sort((a, b) => rank(a) - rank(b)).slice(0, MOST_ROWS);
  return {
    caption: l10n.t('Findings in rows'),
    columns: [
      column(l10n.t('Finding')),
      column(l10n.t('Machine')),
      column(l10n.t('Usage')),
      column(l10n.t('When (UTC)')),
      column(l10n.t('Numbers')),
    ],
    rows: shown.map((finding) => findingRow(finding, name, input, formats)),
    more: groups.reduce((count, group) => count + group.count, 0) - shown.length,
    empty: l10n.t('Nothing was found in the rows.'),
  };
}

const SEVERITY_ORDER: readonly Finding['severity'][] = ['trouble', 'attention', 'remark'];

function findingRow(
  finding: Finding,
  name: Name,
  { account, usage: read }: ReportInput,
  formats: Formats,
): ReportRow {
  const { kind, subjectId: machineId, usage, severity, meter } = finding;
  const tone: Tone = severity === 'remark' ? 'neutral' : severity;
  const chartMeter = meter ?? (usage === 'storage' ? 'storage_mib_seconds' : 'awake_seconds');
  return {
    cells: [
      { text: findingKindWords(kind), detail: findingKindSentence(kind) },
      { text: name(machineId) },
      { text: usageKindWords(usage) },
      { text: formats.period(finding.start, finding.end) },
      {
        text: findingNumbers(finding, formats),
        detail: provenanceText({ kind: 'metered', account, askedAt: read[usage].asOf }, formats),
      },
    ],
    tone,
    opens: { chart: usage, meter: chartMeter, ...(machineId === undefined ? {} : { subjectId: machineId }) },
  };
}

function restatementTable(
  restatements: readonly Restatement[],
  name: Name,
  { account }: ReportInput,
  formats: Formats,
): ReportTable {
  const shown = restatements.slice(0, MOST_ROWS);
  return {
    caption: l10n.t('Restatements'),
    columns: [
      column(l10n.t('Machine')),
      column(l10n.t('Bucket (UTC)')),
      column(l10n.t('Meter')),
      column(l10n.t('Before → after'), 'number'),
      column(l10n.t('Loaded')),
      column(l10n.t('Loaded again')),
    ],
    rows: shown.map((restatement): ReportRow => ({
      cells: [
        { text: name(restatement.kind === 'billed' ? undefined : restatement.machineId) },
        {
          text: formats.period(restatement.start, restatement.end),
          detail: usageKindWords(restatement.kind),
        },
        { text: meterName(restatement.meter) },
        {
          text: restatedWords(restatement, formats),
          detail: provenanceText(
            {
              kind: restatement.kind === 'billed' ? 'billed' : 'metered',
              account,
              askedAt: restatement.afterAsOf,
            },
            formats,
          ),
        },
        { text: formats.instant(restatement.beforeAsOf) },
        { text: formats.instant(restatement.afterAsOf) },
      ],
      tone: 'neutral',
    })),
    more: restatements.length - shown.length,
    empty: l10n.t('No closed bucket has changed since it was loaded.'),
  };
}
