import type { Badge } from '../../insights/checks/badge';
import type { Finding, FindingKind } from '../../insights/checks/finding';
import type { SumCheck } from '../../insights/checks/sumCheck';
import { l10n } from '../../platform/l10n';
import type { Amount } from '../../usage/amount';
import type { Formats } from '../../usage/format';
import type { Restatement } from '../../usage/restatement';
import { DAY, type Period, utcDay } from '../../usage/time';
import { meterName } from './usageWords';

/** What the checks of an account found, in words: the same in the tree and on the dashboard. */

/** `Differs by 1.2 %: 2 open buckets explain it · 3 findings` */
export function badgeWords(badge: Badge, formats: Formats): string {
  const { findings } = badge;
  const sums = sumSentence(badge, formats);
  const found =
    findings === 0
      ? undefined
      : findings === 1
        ? l10n.t('1 finding')
        : l10n.t('{0} findings', formats.count(findings));
  return found === undefined ? sums : `${sums} · ${found}`;
}

/** The same in two or three words: `Figures agree`. */
export function badgeShort({ verdict, share, isUnbilled, findings }: Badge, formats: Formats): string {
  switch (verdict.kind) {
    case 'unused':
      return l10n.t('Nothing used yet');
    case 'match':
    case 'rounding':
    case 'open':
      return findings > 0 ? l10n.t('Findings: {0}', formats.count(findings)) : l10n.t('Figures agree');
    case 'mayBeOpen':
    case 'stale':
    case 'unexplained':
      return isUnbilled ? l10n.t('Not billed yet') : l10n.t('Differs by {0}', shareWords(share, formats));
    case 'unknown':
      return l10n.t('Agreement unknown');
  }
}

/** Signed, since less and more than billed mean different things; never `0 %` for a real difference. */
function shareWords(share: number, formats: Formats): string {
  const size = Math.abs(share);
  return size >= 0.0005 || size === 0
    ? formats.change(share)
    : `${share < 0 ? '-' : '+'}${formats.percent(size)}`;
}

function sumSentence({ verdict, meter, share, isUnbilled }: Badge, formats: Formats): string {
  const name = meter === undefined ? '' : meterName(meter);
  const change = shareWords(share, formats);
  const difference = isUnbilled ? l10n.t('{0} is not billed yet', name) : l10n.t('Differs by {0}', change);
  switch (verdict.kind) {
    case 'unused':
      return l10n.t('No usage yet');
    case 'match':
      return l10n.t('Billed and metered match');
    case 'rounding':
      return l10n.t('Billed and metered match, apart from rounding');
    case 'open':
      return openSentence(verdict.buckets, difference, formats);
    case 'mayBeOpen':
      return l10n.t('{0}: open buckets may explain it', difference);
    case 'stale':
      return l10n.t('{0} differs by {1}: usage was loaded before the bill; reload this month', name, change);
    case 'unexplained':
      return l10n.t('{0} differs by {1}: nothing explains it', name, change);
    case 'unknown':
      return l10n.t('Not everything is loaded');
  }
}

function openSentence(buckets: number | undefined, difference: string, formats: Formats): string {
  if (buckets === undefined) {
    return l10n.t('{0}: open buckets explain it', difference);
  }
  return buckets === 1
    ? l10n.t('{0}: 1 open bucket explains it', difference)
    : l10n.t('{0}: {1} open buckets explain it', difference, formats.count(buckets));
}

/** The verdict on one meter, in a few words. */
export function verdictWords({ verdict }: SumCheck, formats: Formats): string {
  switch (verdict.kind) {
    case 'unused':
      return l10n.t('no usage');
    case 'match':
      return l10n.t('match');
    case 'rounding':
      return l10n.t('match, apart from rounding');
    case 'open':
      return openWords(verdict.buckets, formats);
    case 'mayBeOpen':
      return l10n.t('may be open');
    case 'stale':
      return verdict.days === 1
        ? l10n.t('usage of 1 day was loaded before the bill')
        : l10n.t('usage of {0} days was loaded before the bill', formats.count(verdict.days));
    case 'unexplained':
      return l10n.t('unexplained');
    case 'unknown':
      return l10n.t('unknown');
  }
}

function openWords(buckets: number | undefined, formats: Formats): string {
  if (buckets === undefined) {
    return l10n.t('open buckets');
  }
  return buckets === 1 ? l10n.t('1 open bucket') : l10n.t('{0} open buckets', formats.count(buckets));
}

/** The same as a sentence, with what to do, if anything. */
export function verdictSentence({ verdict }: SumCheck, formats: Formats): string {
  switch (verdict.kind) {
    case 'unused':
      return l10n.t('Nothing is metered or billed this month so far.');
    case 'match':
      return l10n.t('All metered usage is billed.');
    case 'rounding':
      return l10n.t(
        'The difference is no larger than rounding can cause: vendors count whole seconds, so each row may be off by one.',
      );
    case 'open':
      return l10n.t(
        'Everything adds up until {0}. Later usage is not billed yet.',
        formats.instant(verdict.since),
      );
    case 'mayBeOpen':
      return l10n.t(
        'The difference is no larger than the usage of days that may still be open. The dashboard loads the hours that show whether they are.',
      );
    case 'stale':
      return verdict.days === 1
        ? l10n.t(
            'Usage of 1 day was loaded before the bill, and may have been restated. “Reload This Month” on the dashboard loads it again.',
          )
        : l10n.t(
            'Usage of {0} days was loaded before the bill, and may have been restated. “Reload This Month” on the dashboard loads it again.',
            formats.count(verdict.days),
          );
    case 'unexplained':
      return l10n.t(
        'Nothing explains the difference: neither open buckets, nor usage that was loaded before the bill.',
      );
    case 'unknown':
      return l10n.t('Billed or metered usage could not be loaded, or they were not loaded together.');
  }
}

/** A kind of finding, as the heading of several. */
export function findingKindWords(kind: FindingKind): string {
  switch (kind) {
    case 'lostDay':
      return l10n.t('Days without any row');
    case 'overlap':
      return l10n.t('Overlapping buckets');
    case 'negative':
      return l10n.t('Amounts below zero');
    case 'tooLong':
      return l10n.t('Awake for too long');
    case 'overDuty':
      return l10n.t('Too much vCPU-time');
    case 'gap':
      return l10n.t('Missing buckets');
    case 'offHour':
      return l10n.t('Buckets off the hour');
    case 'unlisted':
      return l10n.t('Machines not listed');
    case 'reshaped':
      return l10n.t('Two shapes in an hour');
  }
}

/** What a kind of finding means, and what is usual about it. */
export function findingKindSentence(kind: FindingKind): string {
  switch (kind) {
    case 'lostDay':
      return l10n.t(
        'No machine has a row on a whole day between two days with rows. For compute, this is only a remark if all machines may have been asleep.',
      );
    case 'overlap':
      return l10n.t('Two rows of one machine and shape overlap in time, so usage may count twice.');
    case 'negative':
      return l10n.t('Usage cannot be less than nothing.');
    case 'tooLong':
      return l10n.t('A machine was awake for longer than the bucket lasts, all its shapes together.');
    case 'overDuty':
      return l10n.t('A machine used more vCPU-time than its requested vCPUs can supply while it is awake.');
    case 'gap':
      return l10n.t(
        'Storage is measured all the time, so there is no gap between its buckets. An hour of compute counts as missing only between two hours in which the machine was awake throughout.',
      );
    case 'offHour':
      return l10n.t('Buckets are expected to begin and end on the hour, in UTC.');
    case 'unlisted':
      return l10n.t(
        'The vendor does not list these machines. Deleted machines leave the list, so this is only a remark, unless the machine was used in the hour of loading.',
      );
    case 'reshaped':
      return l10n.t('A resize leaves two rows of one machine in an hour; both count.');
  }
}

/** The numbers of a finding; empty if its period says it all. */
export function findingNumbers({ kind, found, limit, meter, rows }: Finding, formats: Formats): string {
  if (rows !== undefined) {
    return l10n.t('{0} and {1}', ...rows.map(({ start, end }) => formats.period(start, end)));
  }
  if (found === undefined) {
    return '';
  }
  if (meter === undefined) {
    return countWords(kind, found, formats);
  }
  return limit === undefined
    ? formats.exact(found, meter)
    : l10n.t('{0} of at most {1}', formats.exact(found, meter), formats.exact(limit, meter));
}

function countWords(kind: FindingKind, found: Amount, formats: Formats): string {
  const count = formats.count(Number(found));
  if (kind === 'reshaped') {
    return l10n.t('{0} shapes', count);
  }
  return found === 1 ? l10n.t('1 bucket missing') : l10n.t('{0} buckets missing', count);
}

/** `Fri 20`, `Fri 20 14:00`: when a bucket begins, in the month that the context shows. */
export function whenWords({ start, end }: Period, formats: Formats): string {
  const day = formats.dayInMonth(utcDay(start));
  return end - start >= DAY ? day : `${day} ${formats.clock(start).replace(' UTC', '')}`;
}

export function usageKindWords(kind: Restatement['kind']): string {
  switch (kind) {
    case 'compute':
      return l10n.t('compute');
    case 'storage':
      return l10n.t('storage');
    case 'usage':
      return l10n.t('usage');
    case 'billed':
      return l10n.t('billed in the month');
  }
}

/** `1,200 s → 1,500 s` */
export function restatedWords({ before, after, meter }: Restatement, formats: Formats): string {
  const words = (amount: Amount | undefined): string =>
    amount === undefined ? l10n.t('no row') : formats.exact(amount, meter);
  return `${words(before)} → ${words(after)}`;
}
