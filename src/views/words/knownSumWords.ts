import { l10n } from '../../platform/l10n';
import type { Formats } from '../../usage/format';
import { type KnownSum, marked } from '../../usage/knownSum';
import type { MeterId } from '../../usage/meter';
import type { UtcDay } from '../../usage/time';

/** Words for sums that may lack a part; the same in every view. */

/** `41 h`, `≥ 41 h`, `unknown` */
export function sumWords(sum: KnownSum | undefined, meter: MeterId, formats: Formats): string {
  return sum === undefined ? l10n.t('unknown') : marked(formats.rounded(sum.amount, meter), sum, meter);
}

/** The same, exactly. */
export function exactSumWords(sum: KnownSum | undefined, meter: MeterId, formats: Formats): string {
  return sum === undefined ? l10n.t('unknown') : marked(formats.exact(sum.amount, meter), sum, meter);
}

/** Which days a sum lacks; undefined where it lacks none. */
export function missingWords(missing: readonly UtcDay[], formats: Formats): string | undefined {
  const [first, ...others] = missing;
  const last = others.at(-1);
  if (first === undefined) {
    return undefined;
  }
  return last === undefined
    ? l10n.t('Usage is not fully known for one day: {0}.', formats.day(first))
    : l10n.t(
        'Usage is not fully known for {0} days, between {1} and {2}.',
        formats.count(missing.length),
        formats.day(first),
        formats.day(last),
      );
}
