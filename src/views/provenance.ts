import { l10n } from 'vscode';
import { PROVIDERS } from '../providers/registry';
import type { Account } from '../usage/account';
import type { Formats } from '../usage/format';
import type { EpochMs } from '../usage/time';

/** What a figure is: four things that are never mixed. */
export type FigureKind = 'billed' | 'metered' | 'estimated' | 'unknown';

/** Where a figure comes from. */
export interface Provenance {
  readonly kind: FigureKind;
  readonly account: Pick<Account, 'label' | 'provider'>;
  /** When the vendor was asked for it: it is true up to then. Undefined when it was never read. */
  readonly askedAt: EpochMs | undefined;
  /** The end of what the vendor had measured by then, where it tells that. */
  readonly dataThrough?: EpochMs | undefined;
}

/** `Metered, data through 2026-11-20 14:00 UTC; asked for 2026-11-20 14:02 UTC; account Acme (Dedalus).` */
export function provenanceText(
  { kind, account, askedAt, dataThrough }: Provenance,
  formats: Formats,
): string {
  const { name, key } = PROVIDERS[account.provider];
  const parts = [
    dataThrough === undefined
      ? kindWords(kind)
      : l10n.t('{0}, data through {1}', kindWords(kind), formats.instant(dataThrough)),
    askedAt === undefined ? l10n.t('not read yet') : l10n.t('as of {0}', formats.instant(askedAt)),
    key === undefined || name === account.label
      ? l10n.t('account {0}', account.label)
      : l10n.t('account {0} ({1})', account.label, name),
  ];
  return `${parts.join('; ')}.`;
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
