import { l10n } from '../../../platform/l10n';
import type { AccountsOverview, OverviewTotal } from '../../../protocol/overview';
import type { ProviderCapabilities } from '../../../providers/capabilities';
import { PROVIDERS } from '../../../providers/registry';
import type { Formats } from '../../../usage/format';
import { type KnownSum, knownSum } from '../../../usage/knownSum';
import { isMoneyKind, type MeterId } from '../../../usage/meter';
import { exactSumWords } from '../../words/knownSumWords';
import { headlineWords } from '../../words/monthWords';
import { meterName } from '../../words/usageWords';
import type { AccountMonth } from './accountMonth';

/** An account's known part of a total. */
interface Part {
  readonly meter: MeterId;
  readonly sum: KnownSum;
}

/**
 * A sum for each meter, of what was billed or of what was metered, in the order of the accounts. It lacks an account whose
 * headline figure belongs in it and is not known. Sample data never count beside real ones.
 */
export function overviewTotals(
  months: readonly AccountMonth[],
  formats: Formats,
): Pick<AccountsOverview, 'totals' | 'notes'> {
  const real = months.filter(({ account }) => PROVIDERS[account.provider].key !== undefined);
  const counted = (real.length > 0 ? real : months).map((month) => ({
    capabilities: PROVIDERS[month.account.provider].capabilities,
    part: partOf(month),
  }));
  const kinds = new Map<string, Pick<(typeof counted)[number], 'capabilities'> & { readonly part: Part }>();
  for (const { capabilities, part } of counted) {
    const kind = `${part?.meter} ${capabilities.tellsBilled}`;
    if (part !== undefined && !kinds.has(kind)) {
      kinds.set(kind, { capabilities, part });
    }
  }
  return {
    totals: [...kinds.values()].map(({ capabilities: { tellsBilled }, part: { meter } }): OverviewTotal => {
      const same = counted.filter((own) => own.capabilities.tellsBilled === tellsBilled);
      const known = same.flatMap(({ part }) => (part?.meter === meter ? part.sum : []));
      const lacking = same.filter(
        ({ capabilities, part }) =>
          isHeadline(capabilities, meter) && !(part && isHeadline(capabilities, part.meter)),
      );
      const sum = knownSum([...known, ...lacking.map(() => undefined)]);
      return {
        label: l10n.t('Total: {0}', meterName(meter)),
        figure: {
          text: headlineWords({ meter, sum }, { tellsBilled }, formats),
          detail: exactSumWords(sum, meter, formats),
        },
        accounts: l10n.t(
          'Accounts: {0} of {1}',
          formats.count(known.length),
          formats.count(known.length + lacking.length),
        ),
      };
    }),
    notes:
      real.length > 0 && real.length < months.length
        ? [l10n.t('Sample data does not count towards the totals.')]
        : [],
  };
}

/** Undefined if unknown, or if its month is over. */
function partOf({ headline, isOver }: AccountMonth): Part | undefined {
  return headline?.sum === undefined || isOver ? undefined : { meter: headline.meter, sum: headline.sum };
}

/** Whether it is the vendor's headline figure: the meter itself, or its kind of money in any unit. */
function isHeadline({ headline }: ProviderCapabilities, meter: MeterId): boolean {
  return isMoneyKind(headline) ? meter.startsWith(`${headline}.`) : headline === meter;
}
