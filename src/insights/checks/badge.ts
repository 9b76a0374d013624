import type { MeterId } from '../../usage/meter';
import { type FindingGroup, SEVERITIES, type Severity, worse } from './finding';
import { shareOf, type SumCheck, type Verdict } from './sumCheck';

/** The summary of an account's checks. */
export interface Badge {
  /** The worst verdict, and its meter: of several, the one that differs most. */
  readonly verdict: Verdict;
  readonly meter: MeterId | undefined;
  /** The difference between metered and billed as a share of metered, 0 to 1; negative when more is billed. */
  readonly share: number;
  /** Whether nothing of that meter is on the bill so far. */
  readonly isUnbilled: boolean;
  /** Number of findings in rows, without remarks. */
  readonly findings: number;
  /** The worst of those; undefined when there are none. */
  readonly severity: Exclude<Severity, 'remark'> | undefined;
  /** In order: all is well; all is as expected; there is something to look at; something is wrong. */
  readonly tone: 'good' | 'neutral' | 'attention' | 'trouble';
}

/** From the least to the most in need of attention. */
const VERDICTS: readonly Verdict['kind'][] = [
  'unused',
  'match',
  'rounding',
  'open',
  'mayBeOpen',
  'unknown',
  'stale',
  'unexplained',
];

export function badgeOf(sums: readonly SumCheck[], groups: readonly FindingGroup[]): Badge {
  const place = ({ verdict }: SumCheck): number => VERDICTS.indexOf(verdict.kind);
  const [worst] = [...sums].sort(
    (a, b) => place(b) - place(a) || Math.abs(shareOf(b)) - Math.abs(shareOf(a)),
  );
  const verdict: Verdict = worst?.verdict ?? { kind: 'unknown' };
  const isUnbilled = worst?.billed === 0;
  const severity = groups.map((group) => group.severity).reduce(worse, SEVERITIES[0]);
  const found = severity === 'remark' ? undefined : severity;
  return {
    verdict,
    meter: worst?.meter,
    share: worst === undefined ? 0 : shareOf(worst),
    isUnbilled,
    findings: groups.reduce((count, { serious }) => count + serious, 0),
    severity: found,
    tone: toneOf(verdict, found, isUnbilled),
  };
}

function toneOf({ kind }: Verdict, severity: Badge['severity'], isUnbilled: boolean): Badge['tone'] {
  if (kind === 'unexplained' || severity === 'trouble') {
    return 'trouble';
  }
  if (kind === 'stale' || severity === 'attention') {
    return 'attention';
  }
  // While nothing is on the bill, it is too early to say that all is well.
  return kind === 'unknown' || kind === 'mayBeOpen' || isUnbilled ? 'neutral' : 'good';
}
