import type { Amount } from '../../usage/amount';
import type { MeterId } from '../../usage/meter';
import type { Period } from '../../usage/time';

/** What can be wrong with rows, in the order on screen. */
export const FINDING_KINDS = [
  'lostDay',
  'overlap',
  'negative',
  'tooLong',
  'overDuty',
  'gap',
  'offHour',
  'unlisted',
  'reshaped',
] as const;

/**
 * `lostDay`: no row of any machine on a whole day between two days that have some.
 * `overlap`: two rows of one machine and shape share time, so that usage may count twice.
 * `negative`: an amount below zero.
 * `tooLong`: a machine was awake longer than the bucket lasts, over all its shapes.
 * `overDuty`: more vCPU-time used than the requested vCPUs have while the machine was awake.
 * `gap`: a bucket is missing between two others.
 * `offHour`: a bucket begins or ends within an hour.
 * `unlisted`: usage of a machine that the vendor does not list. Machines that are gone leave the list.
 * `reshaped`: two shapes within an hour, as a resize leaves them.
 */
export type FindingKind = (typeof FINDING_KINDS)[number];

/** `remark`: worth knowing, and usual. `attention`: to be looked at. `trouble`: cannot be right. */
export const SEVERITIES = ['remark', 'attention', 'trouble'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Something about rows of usage. The period is the row's; for a gap, a lost day or an overlap it is the time in question. */
export interface Finding extends Period {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly usage: 'compute' | 'storage';
  /** Undefined where it is about all machines. */
  readonly subjectId: string | undefined;
  /** The wrong amount, in the unit of `meter`; for `gap` and `reshaped`, the number of buckets or shapes. */
  readonly found?: Amount;
  readonly meter?: MeterId;
  /** The most that it could be, in the same unit. */
  readonly limit?: Amount;
  /** The two rows that overlap. */
  readonly rows?: readonly [Period, Period];
}

/** The findings of one kind. */
export interface FindingGroup {
  readonly kind: FindingKind;
  /** The worst of them. */
  readonly severity: Severity;
  /** The number of all findings. */
  readonly count: number;
  /** How many of those are more than a remark. */
  readonly serious: number;
  /** Some of them, the first {@link MOST_KEPT}. */
  readonly findings: readonly Finding[];
}

/** Limits the memory used when every row of a fleet is wrong. */
export const MOST_KEPT = 200;

/** Collects findings: keeps some of each kind, and the number of all. */
export class FindingList {
  readonly #groups = new Map<FindingKind, Omit<Mutable<FindingGroup>, 'kind'>>();

  add(finding: Finding): void {
    const { kind, severity } = finding;
    const serious = severity === 'remark' ? 0 : 1;
    this.#take({ kind, severity, count: 1, serious, findings: [finding] });
  }

  addAll(groups: readonly FindingGroup[]): void {
    for (const group of groups) {
      this.#take(group);
    }
  }

  /** In the order of {@link FINDING_KINDS}. */
  groups(): FindingGroup[] {
    return FINDING_KINDS.flatMap((kind) => {
      const group = this.#groups.get(kind);
      return group === undefined ? [] : [{ kind, ...group }];
    });
  }

  #take({ kind, severity, count, serious, findings }: FindingGroup): void {
    const group = this.#groups.get(kind) ?? { severity, count: 0, serious: 0, findings: [] };
    group.severity = worse(group.severity, severity);
    group.count += count;
    group.serious += serious;
    if (group.findings.length < MOST_KEPT) {
      group.findings = [...group.findings, ...findings].slice(0, MOST_KEPT);
    }
    this.#groups.set(kind, group);
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

export function worse(a: Severity, b: Severity): Severity {
  return SEVERITIES.indexOf(b) > SEVERITIES.indexOf(a) ? b : a;
}
