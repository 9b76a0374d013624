import type { BucketTrail, TrailFlag } from '../../insights/trail/bucketTrails';
import type { UsualLag } from '../../insights/trail/usualLag';
import { l10n } from '../../platform/l10n';
import type { MeterEventId, UsageBucket } from '../../usage/bucket';
import type { Formats } from '../../usage/format';
import { DAY, type EpochMs, HOUR, MINUTE } from '../../usage/time';
import { meterName } from './usageWords';

/** What became of metering buckets, in words: the same in the tree and on the dashboard. */

export function kindWords(kind: UsageBucket['kind']): string {
  return kind === 'storage' ? l10n.t('storage') : l10n.t('compute');
}

export function machineCountWords(count: number, formats: Formats): string {
  return count === 1 ? l10n.t('1 machine') : l10n.t('{0} machines', formats.count(count));
}

export function emittedWords({ emitted }: Pick<BucketTrail, 'emitted'>): string {
  return emitted ? l10n.t('emitted') : l10n.t('not emitted');
}

/** A flag in a word or two. */
export function flagLabel({ kind }: TrailFlag): string {
  switch (kind) {
    case 'late':
      return l10n.t('late');
    case 'severalIdentifiers':
      return l10n.t('several identifiers');
    case 'sharedIdentifier':
      return l10n.t('shared identifier');
    case 'repeatedIdentifier':
      return l10n.t('repeated identifier');
  }
}

/** Each kind of flag once. */
export function flagLabels({ flags }: Pick<BucketTrail, 'flags'>): string[] {
  return [...new Set(flags.map(flagLabel))];
}

/** What stands out, as far as the rows tell, in a sentence. */
export function flagSentence(flag: TrailFlag, { usualLag }: Pick<BucketTrail, 'usualLag'>): string {
  switch (flag.kind) {
    case 'late':
      return l10n.t(
        'Late: it ended {0} before it was loaded, and no meter event was emitted. The usual lag is up to {1}.',
        durationWords(flag.age),
        durationWords(usualLag.ms),
      );
    case 'severalIdentifiers':
      return flag.bucketIds.length === 1
        ? l10n.t(
            '{0} identifiers for {1} instead of the usual one: {2}',
            flag.identifiers.length,
            meterName(flag.meter),
            listed(flag.identifiers),
          )
        : l10n.t(
            '{0} identifiers for {1}, although the rows name {2} buckets: {3}',
            flag.identifiers.length,
            meterName(flag.meter),
            flag.bucketIds.length,
            listed(flag.identifiers),
          );
    case 'sharedIdentifier':
      return l10n.t(
        'The identifier {0} is under {1} buckets: {2}',
        flag.identifier,
        flag.bucketIds.length,
        listed(flag.bucketIds),
      );
    case 'repeatedIdentifier':
      return l10n.t('The identifier {0} is listed twice for {1}.', flag.identifier, meterName(flag.meter));
  }
}

/** Whether a meter event was emitted, and when. An identifier shows that one was, even without a time. */
export function emissionWords(
  { emitted, emittedAt }: { readonly emitted: boolean; readonly emittedAt: EpochMs | undefined },
  formats: Formats,
): string {
  if (emittedAt !== undefined) {
    return l10n.t('Latest meter event emitted {0}', formats.instant(emittedAt));
  }
  return emitted
    ? l10n.t('A meter event was emitted; the vendor does not say when')
    : l10n.t('No meter event emitted yet');
}

/** When it was emitted and how long after its end, beside what is usual. */
export function emissionSentence(bucket: BucketTrail, formats: Formats): string {
  const { emitted, emittedAt, lag, usualLag } = bucket;
  const when = emissionWords({ emitted, emittedAt }, formats);
  if (emittedAt === undefined || lag === undefined) {
    return when;
  }
  const after =
    lag < 0
      ? l10n.t('That was {0} before the bucket’s end.', durationWords(-lag))
      : l10n.t(
          'That was {0} after the bucket’s end; the usual lag is up to {1}.',
          durationWords(lag),
          durationWords(usualLag.ms),
        );
  return `${when}. ${after}`;
}

/** How the usual lag came about. */
export function usualLagSentence(
  kind: UsageBucket['kind'],
  { ms, emittedCount, isMeasured }: UsualLag,
): string {
  return isMeasured
    ? l10n.t(
        'Usual lag of {0}: up to {1}. This is the time within which 95 % of the day’s {2} emitted buckets were emitted, plus an hour.',
        kindWords(kind),
        durationWords(ms),
        emittedCount,
      )
    : l10n.t(
        'Usual lag of {0}: not known, so a day is allowed. A measured lag needs five emitted buckets on the day, and there are {1}.',
        kindWords(kind),
        emittedCount,
      );
}

/** A bucket has one per meter; nobody reads more than this. */
const MOST_IDENTIFIERS = 20;

/** Label and value: the meter, and the identifier under which its usage was emitted. */
export function identifierRows(meterEvents: readonly MeterEventId[]): [string, string][] {
  const rows = meterEvents
    .slice(0, MOST_IDENTIFIERS)
    .map(({ meter, id }): [string, string] => [meterName(meter), id]);
  const hidden = meterEvents.length - rows.length;
  return hidden === 0 ? rows : [...rows, ['…', l10n.t('{0} more', hidden)]];
}

/** `65 min`, `3 h 5 min`, `2 d 4 h`: milliseconds, rounded down. */
export function durationWords(ms: number): string {
  if (ms < 2 * HOUR) {
    return l10n.t('{0} min', Math.floor(ms / MINUTE));
  }
  if (ms < 2 * DAY) {
    const minutes = Math.floor((ms % HOUR) / MINUTE);
    return minutes === 0
      ? l10n.t('{0} h', Math.floor(ms / HOUR))
      : l10n.t('{0} h {1} min', Math.floor(ms / HOUR), minutes);
  }
  return l10n.t('{0} d {1} h', Math.floor(ms / DAY), Math.floor((ms % DAY) / HOUR));
}

/** Maximum ids listed: more are hard to read, so the rest is counted. */
const LISTED = 4;

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, LISTED).join(', ');
  return ids.length <= LISTED ? shown : l10n.t('{0} and {1} more', shown, ids.length - LISTED);
}
