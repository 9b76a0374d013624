import { l10n } from 'vscode';
import type { Badge } from '../../insights/checks/badge';
import type { Finding, FindingKind } from '../../insights/checks/finding';
import type { SumCheck } from '../../insights/checks/sumCheck';
import type { Amount } from '../../usage/amount';
import type { Formats } from '../../usage/format';
import type { Restatement } from '../../usage/restatement';
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
      return l10n.t('Nothing was used yet');
    case 'match':
      return l10n.t('Billed and metered match');
    case 'rounding':
      return l10n.t('Billed and metered match, but for rounding');
    case 'open':
      return openSentence(verdict.buckets, difference, formats);
    case 'mayBeOpen':
      return l10n.t('{0}: open buckets may explain it', difference);
    case 'stale':
      return l10n.t('{0} differs by {1}: usage was read before the bill; read it again', name, change);
    case 'unexplained':
      return l10n.t('{0} differs by {1}: nothing explains it', name, change);
    case 'unknown':
      return l10n.t('Not everything was read');
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
      return l10n.t('nothing used');
    case 'match':
      return l10n.t('match');
    case 'rounding':
      return l10n.t('match but for rounding');
    case 'open':
      return openWords(verdict.buckets, formats);
    case 'mayBeOpen':
      return l10n.t('may be open');
    case 'stale':
      return verdict.days === 1
        ? l10n.t('usage of 1 day was read before the bill')
        : l10n.t('usage of {0} days was read before the bill', formats.count(verdict.days));
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
      return l10n.t('Nothing is metered this month so far, and nothing is billed.');
    case 'match':
      return l10n.t('All that is metered is billed.');
    case 'rounding':
      return l10n.t(
        'The difference is no larger than rounding makes it: vendors count whole seconds, and each row may be one off.',
      );
    case 'open':
      return l10n.t(
        'Up to {0} everything adds up; what came later is used, and not billed yet.',
        formats.instant(verdict.since),
      );
    case 'mayBeOpen':
      return l10n.t(
        'The difference is no larger than the usage of days that may still be open. The dashboard reads the hours that can tell.',
      );
    case 'stale':
      return verdict.days === 1
        ? l10n.t(
            'Usage of 1 day was read before the bill, and may have been restated. “Read the Month Again” on the dashboard reads it again.',
          )
        : l10n.t(
            'Usage of {0} days was read before the bill, and may have been restated. “Read the Month Again” on the dashboard reads it again.',
            formats.count(verdict.days),
          );
    case 'unexplained':
      return l10n.t('Neither open buckets nor usage that was read before the bill explain the difference.');
    case 'unknown':
      return l10n.t('One of the two could not be read, or they were not read together.');
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
      return l10n.t('Awake longer than the bucket');
    case 'overDuty':
      return l10n.t('More vCPU-time than requested');
    case 'gap':
      return l10n.t('Missing buckets');
    case 'offHour':
      return l10n.t('Buckets off the hour');
    case 'unlisted':
      return l10n.t('Machines that are not listed');
    case 'reshaped':
      return l10n.t('Two shapes in an hour');
  }
}

/** What a kind of finding means, and what is usual about it. */
export function findingKindSentence(kind: FindingKind): string {
  switch (kind) {
    case 'lostDay':
      return l10n.t(
        'No machine has a row on a whole day between two days with rows. For compute this is only a remark where all machines may have slept.',
      );
    case 'overlap':
      return l10n.t('Two rows of one machine and shape share time, so that usage may count twice.');
    case 'negative':
      return l10n.t('Usage cannot be less than nothing.');
    case 'tooLong':
      return l10n.t('Over all its shapes a machine was awake longer than the bucket lasts.');
    case 'overDuty':
      return l10n.t('More vCPU-time was used than the requested vCPUs have while the machine was awake.');
    case 'gap':
      return l10n.t(
        'Storage is measured all the time, so its buckets follow one another. An hour of compute counts as missing only between two hours that the machine was awake throughout.',
      );
    case 'offHour':
      return l10n.t('Buckets are expected to begin and end on the hour, in UTC.');
    case 'unlisted':
      return l10n.t(
        'The vendor does not list these machines. Machines that are gone leave the list; only one that is used in the very hour of reading is more than a remark.',
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

export function usageKindWords(kind: Restatement['kind']): string {
  switch (kind) {
    case 'compute':
      return l10n.t('compute');
    case 'storage':
      return l10n.t('storage');
    case 'usage':
      return l10n.t('usage');
    case 'billed':
      return l10n.t('billed of the month');
  }
}

/** `1,200 s → 1,500 s` */
export function restatedWords({ before, after, meter }: Restatement, formats: Formats): string {
  const words = (amount: Amount | undefined): string =>
    amount === undefined ? l10n.t('no row') : formats.exact(amount, meter);
  return `${words(before)} → ${words(after)}`;
}
