import { l10n } from '../../platform/l10n';
import type { TypedNumber } from '../../usage/typedNumber';

/** What to write instead of an ambiguous number; undefined for any other. */
export function unclearWords(typed: TypedNumber): string | undefined {
  if (typed.kind !== 'unclear') {
    return undefined;
  }
  const [first = '', second] = typed.readings;
  return second === undefined
    ? l10n.t('This number is ambiguous. Write {0} if that is what you mean.', first)
    : l10n.t('This can be read in two ways. Write {0} or {1}.', first, second);
}
