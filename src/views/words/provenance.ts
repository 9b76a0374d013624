import { l10n } from '../../platform/l10n';
import { PROVIDERS } from '../../providers/registry';
import type { Account } from '../../usage/account';
import type { Formats } from '../../usage/format';
import type { EpochMs } from '../../usage/time';

/** What a figure is: four things that are never mixed. */
export type FigureKind = 'billed' | 'metered' | 'estimated' | 'unknown';

/** Where a figure comes from. */
export interface Provenance {
  readonly kind: FigureKind;
  readonly account: Pick<Account, 'label' | 'provider'>;
  /** When the vendor was asked, and until when it is true. Undefined if it was never read. */
  readonly askedAt: EpochMs | undefined;
}

/** `Metered; as of 2026-11-20 14:02 UTC; account Acme (Dedalus).` */
export function provenanceText({ kind, account, askedAt }: Provenance, formats: Formats): string {
  const parts = [
    kindWords(kind),
    askedAt === undefined ? l10n.t('not loaded yet') : l10n.t('as of {0}', formats.instant(askedAt)),
    accountWords(account),
  ];
  return `${parts.join('; ')}.`;
}

/** The same for a metered figure, which most rows show. */
export function meteredText(
  account: Provenance['account'],
  askedAt: EpochMs | undefined,
  formats: Formats,
): string {
  return provenanceText({ kind: 'metered', account, askedAt }, formats);
}

/** `account Acme (Dedalus)` */
export function accountWords({ label, provider }: Provenance['account']): string {
  const { name, key } = PROVIDERS[provider];
  return key === undefined || name === label
    ? l10n.t('account {0}', label)
    : l10n.t('account {0} ({1})', label, name);
}

export function kindWords(kind: FigureKind): string {
  switch (kind) {
    case 'billed':
      return l10n.t('Billed');
    case 'metered':
      return l10n.t('Metered');
    case 'estimated':
      return l10n.t('Estimated');
    case 'unknown':
      return l10n.t('Unknown');
  }
}
