import { ThemeColor, ThemeIcon, type TreeItem } from 'vscode';
import type { Badge } from '../../../insights/checks/badge';
import type { Severity } from '../../../insights/checks/finding';
import { l10n } from '../../../platform/l10n';
import { Tooltip } from '../../tooltip';
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
  whenWords,
} from '../../words/checkWords';
import { accountWords, meteredText, provenanceText } from '../../words/provenance';
import { subjectLabel } from '../../words/subjectWords';
import { meterLabel, meterName } from '../../words/usageWords';
import { capabilitiesOf } from '../context';
import type { TreeNode } from '../nodes';
import { type ItemContext, row, showFigure } from '../row';
import { MOST_CHECK_ROWS } from './children';
import type {
  ChecksNode,
  CheckSumNode,
  FindingNode,
  FindingsNode,
  RestatementNode,
  RestatementsNode,
} from './nodes';

/** The badge of an account: whether billed, metered and rows agree. */
export function checksItem({ account }: ChecksNode, { store, checks, formats }: ItemContext): TreeItem {
  const item = row(l10n.t('Checks'), true);
  const check = checks.result(account.id);
  const { summary, compute, storage } = store.known(account.id)?.usage ?? {};
  const tooltip = new Tooltip(l10n.t('Checks'));
  if (check !== undefined) {
    showFigure(item, badgeShort(check.badge, formats), badgeWords(check.badge, formats));
  }
  item.iconPath = check === undefined ? new ThemeIcon('checklist') : badgeIcon(check.badge.tone);
  tooltip
    .line(check === undefined ? undefined : badgeWords(check.badge, formats))
    .line(
      l10n.t(
        'Compares what the vendor has billed this month, from closed buckets, with what it has metered on all machines, and checks the rows.',
      ),
    );
  for (const [words, reading] of [
    [l10n.t('Billed'), summary],
    [l10n.t('Compute, metered'), compute],
    [l10n.t('Storage, metered'), storage],
  ] as const) {
    tooltip.line(
      reading?.asOf === undefined
        ? undefined
        : l10n.t('{0}: as of {1}', words, formats.instant(reading.asOf)),
    );
  }
  item.tooltip = tooltip.line(accountWords(account)).toMarkdown();
  return item;
}

/** An expected difference looks calm. */
function badgeIcon(tone: Badge['tone']): ThemeIcon {
  switch (tone) {
    case 'good':
      return new ThemeIcon('pass', new ThemeColor('charts.green'));
    case 'neutral':
      return new ThemeIcon('info', new ThemeColor('charts.blue'));
    case 'attention':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
    case 'trouble':
      return new ThemeIcon('error', new ThemeColor('list.errorForeground'));
  }
}

export function checkSumItem({ sum, account }: CheckSumNode, { store, formats }: ItemContext): TreeItem {
  const { meter, verdict, metered, billed, difference } = sum;
  const usage = store.known(account.id)?.usage;
  const rows = meter === 'storage_mib_seconds' ? usage?.storage : usage?.compute;
  const item = row(meterLabel(meter), false);
  const apart =
    difference === undefined || difference === 0
      ? undefined
      : l10n.t('{0} apart', formats.rounded(difference, meter));
  const words = verdictWords(sum, formats);
  showFigure(item, apart ?? words, apart && words);
  item.iconPath = badgeIcon(verdictTone(verdict.kind));
  item.tooltip = new Tooltip(meterName(meter))
    .table(
      (
        [
          [l10n.t('Metered (all machines)'), metered],
          [l10n.t('Billed (closed buckets)'), billed],
          [l10n.t('Difference'), difference],
        ] as const
      ).map(([label, amount]): [string, string, string] =>
        amount === undefined
          ? [label, l10n.t('unknown'), '']
          : [label, formats.exact(amount, meter), formats.rounded(amount, meter)],
      ),
    )
    .line(verdictSentence(sum, formats))
    .line(provenanceText({ kind: 'billed', account, askedAt: usage?.summary.asOf }, formats))
    .line(meteredText(account, rows?.asOf, formats))
    .toMarkdown();
  return item;
}

function verdictTone(kind: CheckSumNode['sum']['verdict']['kind']): Badge['tone'] {
  switch (kind) {
    case 'match':
    case 'rounding':
    case 'open':
      return 'good';
    case 'unused':
    case 'mayBeOpen':
    case 'unknown':
      return 'neutral';
    case 'stale':
      return 'attention';
    case 'unexplained':
      return 'trouble';
  }
}

function severityIcon(severity: Severity): ThemeIcon {
  return badgeIcon(severity === 'remark' ? 'neutral' : severity);
}

export function findingsItem({ group }: FindingsNode, { formats }: ItemContext): TreeItem {
  const item = row(findingKindWords(group.kind), true);
  const shown = Math.min(group.findings.length, MOST_CHECK_ROWS);
  const some = shown < group.count ? l10n.t('{0} shown', formats.count(shown)) : undefined;
  showFigure(item, formats.count(group.count), some);
  item.iconPath = severityIcon(group.severity);
  item.tooltip = new Tooltip(findingKindWords(group.kind))
    .line(findingKindSentence(group.kind))
    .line(some)
    .toMarkdown();
  return item;
}

export function findingItem(node: FindingNode, { store, formats }: ItemContext): TreeItem {
  const { finding, account } = node;
  const item = row(machineLabel(node, finding.subjectId), false);
  const numbers = findingNumbers(finding, formats);
  showFigure(
    item,
    whenWords(finding, formats),
    usageKindWords(finding.usage),
    formats.period(finding.start, finding.end),
    numbers,
  );
  item.iconPath = severityIcon(finding.severity);
  item.tooltip = new Tooltip(findingKindWords(finding.kind))
    .line(machineLabel(node, finding.subjectId))
    .line(
      `${usageKindWords(finding.usage)} · ${formats.instant(finding.start)} – ${formats.instant(finding.end)}`,
    )
    .line(numbers)
    .line(findingKindSentence(finding.kind))
    .line(meteredText(account, store.known(account.id)?.usage[finding.usage].asOf, formats))
    .toMarkdown();
  return item;
}

export function restatementsItem({ restatements }: RestatementsNode, { formats }: ItemContext): TreeItem {
  const count = restatements.length;
  const item = row(l10n.t('Restatements'), count > 0);
  const some =
    count > MOST_CHECK_ROWS ? l10n.t('the newest {0} shown', formats.count(MOST_CHECK_ROWS)) : undefined;
  showFigure(item, formats.count(count), some);
  item.iconPath = new ThemeIcon('history');
  item.tooltip = new Tooltip(l10n.t('Restatements'))
    .line(
      l10n.t(
        'Closed buckets whose value the vendor changed after it was loaded. Days are loaded again one, three and seven days after their end.',
      ),
    )
    .line(some)
    .toMarkdown();
  return item;
}

export function restatementItem(node: RestatementNode, { formats }: ItemContext): TreeItem {
  const { restatement, account } = node;
  const { machineId, meter, kind, start, end, beforeAsOf, afterAsOf } = restatement;
  const machine = machineLabel(node, kind === 'billed' ? undefined : machineId);
  const item = row(machine, false);
  showFigure(
    item,
    whenWords(restatement, formats),
    formats.period(restatement.start, restatement.end),
    meterName(meter),
    restatedWords(restatement, formats),
  );
  item.iconPath = new ThemeIcon('edit');
  item.tooltip = new Tooltip(machine)
    .line(`${usageKindWords(kind)} · ${formats.instant(start)} – ${formats.instant(end)}`)
    .line(`${meterName(meter)}: ${restatedWords(restatement, formats)}`)
    .line(l10n.t('Loaded {0}, and again {1}', formats.instant(beforeAsOf), formats.instant(afterAsOf)))
    .line(meteredText(account, afterAsOf, formats))
    .toMarkdown();
  return item;
}

function machineLabel(node: TreeNode, machineId: string | undefined): string {
  return machineId === undefined
    ? l10n.t('All machines')
    : subjectLabel(capabilitiesOf(node), node.account, machineId);
}
